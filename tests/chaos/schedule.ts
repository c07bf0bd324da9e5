import { setTimeout as pause } from 'node:timers/promises';
import { type ChairFault, MONITOR_FAULTS, PUMP_FAULTS } from './fault-kinds.ts';
import type { Random } from './random.ts';
import type { Scene } from './scene.ts';
import { type StationFault, stationFaults } from './station-faults.ts';
import type { World } from './world.ts';

const LOOK = 200;
/** First infusions run when signs were steady for 30 s. */
const FIRST_STATION_FAULT = 45_000;

/** Draws faults until it is ended. Chairs have theirs side by side; a fault of the station has all chairs to itself. */
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
    for (const { name } of [...PUMP_FAULTS, ...MONITOR_FAULTS, ...stationFaults(world)]) this.counts.set(name, 0);
  }

  async run(): Promise<void> {
    await Promise.all([...this.#scenes.map((scene) => this.#chair(scene)), this.#station()]);
  }

  end(): void {
    this.#isEnded = true;
  }

  async #chair(scene: Scene): Promise<void> {
    let bag: ChairFault[] = [];
    while (!this.#isEnded) {
      if (bag.length === 0) bag = this.#draw(scene);
      const index = bag.findIndex(({ needs }) => !this.#stationTurn && fits(needs, scene));
      const [fault] = index < 0 ? [] : bag.splice(index, 1);
      if (fault) await this.#play(fault, scene);
      await pause(fault ? this.#random.between(500, 3000) : LOOK);
    }
  }

  /** After a fault that unsettles the signs a chair rests for 30 s, so only the last chair begins with those. */
  #draw(scene: Scene): ChairFault[] {
    const groups = [this.#random.shuffled(PUMP_FAULTS), this.#random.shuffled(MONITOR_FAULTS)];
    return (scene === this.#scenes.at(-1) ? groups.toReversed() : groups).flat();
  }

  async #play(fault: ChairFault, scene: Scene): Promise<void> {
    this.#count(fault.name);
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
    let bag: StationFault[] = [];
    while (!this.#isEnded) {
      if (bag.length === 0) bag = this.#random.shuffled(stationFaults(this.#world));
      const fault = bag.shift();
      if (fault) await this.#playAlone(fault);
      await this.#rest(this.#random.between(15_000, 35_000));
    }
  }

  async #playAlone(fault: StationFault): Promise<void> {
    this.#stationTurn = true;
    while (this.#scenes.some(({ isFaulty }) => isFaulty)) await pause(LOOK);
    // Worth most while something runs, but not waited for without end.
    for (let waited = 0; waited < 10_000 && !this.#scenes.some(isInfusing); waited += LOOK) await pause(LOOK);
    this.#count(fault.name);
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

  #count(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
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
