import { setTimeout as pause } from 'node:timers/promises';
import { type ChairFault, MONITOR_FAULTS, PUMP_FAULTS } from './fault-kinds.ts';
import type { Random } from './random.ts';
import type { Scene } from './scene.ts';
import { type StationFault, stationFaults } from './station-faults.ts';
import type { World } from './world.ts';

const LOOK = 200;
const CHAIR_FAULTS = [...PUMP_FAULTS, ...MONITOR_FAULTS];
/** First infusions run when signs were steady for 30 s. */
const FIRST_STATION_FAULT = 45_000;

/** Draws faults until it is ended. Chairs have theirs side by side; most faults of the station have all chairs to themselves. */
export class Schedule {
  readonly counts = new Map<string, number>();
  readonly #world: World;
  readonly #scenes: readonly Scene[];
  readonly #random: Random;
  #isEnded = false;
  #stationTurn = false;

  constructor(world: World, scenes: readonly Scene[], random: Random) {
    this.#world = world;
    this.#scenes = scenes;
    this.#random = random;
    for (const { name } of [...CHAIR_FAULTS, ...stationFaults(world)]) this.counts.set(name, 0);
  }

  async run(): Promise<void> {
    await Promise.all([...this.#scenes.map((scene) => this.#chair(scene)), this.#station()]);
  }

  end(): void {
    this.#isEnded = true;
  }

  async #chair(scene: Scene): Promise<void> {
    while (!this.#isEnded) {
      const fault = this.#next(scene);
      if (fault) await this.#play(fault, scene);
      await pause(fault ? this.#random.between(500, 3000) : LOOK);
    }
  }

  /**
   * By chance among the kinds that fit and were played least, so that few minutes show many kinds. A chair that does not
   * infuse is disturbed only by a kind that is behind: otherwise hardly any chair would come to infuse.
   */
  #next(scene: Scene): ChairFault | undefined {
    if (this.#stationTurn) return undefined;
    const most = Math.max(...CHAIR_FAULTS.map((fault) => this.#played(fault)));
    const [least] = this.#random
      .shuffled(CHAIR_FAULTS)
      .filter(({ needs }) => fits(needs, scene))
      .toSorted((a, b) => this.#played(a) - this.#played(b));
    return least && (isInfusing(scene) || this.#played(least) < most) ? least : undefined;
  }

  async #play(fault: ChairFault, scene: Scene): Promise<void> {
    this.#count(fault);
    scene.isFaulty = true;
    scene.say({ kind: 'note', text: `fault: ${fault.name}` });
    if (fault.cause !== null) scene.due(fault.cause, fault.standing);
    await fault.begin(scene);
    await pause(fault.holdMs);
    if (fault.cause !== null) scene.over(fault.cause);
    await fault.end(scene);
    scene.say({ kind: 'note', text: `fault over: ${fault.name}` });
    scene.isFaulty = false;
  }

  async #station(): Promise<void> {
    await this.#rest(FIRST_STATION_FAULT);
    let bag = [...stationFaults(this.#world)];
    while (!this.#isEnded) {
      const fault = bag.shift();
      if (fault) await (fault.alone ? this.#playAlone(fault) : this.#playBeside(fault));
      if (bag.length === 0) bag = this.#random.shuffled(stationFaults(this.#world));
      await this.#rest(this.#random.between(10_000, 20_000));
    }
  }

  async #playBeside(fault: StationFault): Promise<void> {
    this.#count(fault);
    for (const scene of this.#scenes) scene.say({ kind: 'note', text: `fault beside others: ${fault.name}` });
    await fault.run(this.#world, this.#scenes);
  }

  async #playAlone(fault: StationFault): Promise<void> {
    this.#stationTurn = true;
    while (this.#scenes.some(({ isFaulty }) => isFaulty)) await pause(LOOK);
    // Worth most while something runs, but not waited for without end.
    for (let waited = 0; waited < 10_000 && !this.#scenes.some(isInfusing); waited += LOOK) await pause(LOOK);
    this.#count(fault);
    for (const scene of this.#scenes) {
      scene.isFaulty = true;
      scene.say({ kind: 'note', text: `fault: ${fault.name}` });
    }
    await fault.run(this.#world, this.#scenes);
    for (const scene of this.#scenes) {
      scene.isFaulty = false;
      scene.say({ kind: 'note', text: `fault over: ${fault.name}` });
    }
    this.#stationTurn = false;
  }

  async #rest(milliseconds: number): Promise<void> {
    for (let waited = 0; waited < milliseconds && !this.#isEnded; waited += LOOK) await pause(LOOK);
  }

  #played({ name }: { readonly name: string }): number {
    return this.counts.get(name) ?? 0;
  }

  #count(fault: { readonly name: string }): void {
    this.counts.set(fault.name, this.#played(fault) + 1);
  }
}

const isInfusing = ({ view }: Scene): boolean => view?.phase === 'infusing' && view.pump.state === 'infusing';

function fits(needs: ChairFault['needs'], scene: Scene): boolean {
  if (needs === 'infusing') return isInfusing(scene);
  const { view } = scene;
  if (view === null || view.pump.link !== 'up') return false;
  if (needs === 'any') return true;
  return (view.phase === 'armed' || view.phase === 'paused') && !view.pump.stopPending && !view.pump.commandPending;
}
