import { setTimeout as pause } from 'node:timers/promises';
import type { StopCause } from './bounds.ts';
import type { Judge } from './judge.ts';
import type { Moment } from './timeline.ts';
import { type ChairView, now, type World } from './world.ts';

type Stamped<One> = One extends Moment ? Omit<One, 'at' | 'chair'> : never;

/** As the oximeter rounds them: SpO2 below 85 %, pulse below 40 or above 150. */
const isCritical = ({ spo2, pulse }: { readonly spo2: number; readonly pulse: number }): boolean =>
  Math.round(spo2) < 85 || Math.round(pulse) < 40 || Math.round(pulse) > 150;

/** One chair of the run: what happens there goes to its judge. */
export class Scene {
  readonly world: World;
  readonly chair: number;
  readonly judge: Judge;
  /** Newest frame; null while none is fresh. */
  view: ChairView | null = null;
  /** A fault is under way here, so that an operator's stop has no bound of its own. */
  isFaulty = false;
  #isEnded = false;

  constructor(world: World, chair: number, judge: Judge) {
    this.world = world;
    this.chair = chair;
    this.judge = judge;
  }

  get chairId(): string {
    return `chair-${this.chair + 1}`;
  }

  say(what: Stamped<Moment>): void {
    this.judge.take({ ...what, at: now(), chair: this.chair });
  }

  due(cause: StopCause, standing: boolean): void {
    this.say({ kind: 'stop-due', cause, standing });
  }

  over(cause: StopCause): void {
    this.say({ kind: 'over', cause });
  }

  see(view: ChairView): void {
    this.view = view;
    this.say({ kind: 'frame', frame: view });
  }

  /** Asks the simulators for the truth until `end`. */
  async watch(everyMs: number): Promise<void> {
    while (!this.#isEnded) {
      const { at, deliveredMicrolitres: delivered, rateMicrolitresPerHour: rate, delivering } = await this.#truth();
      this.judge.take({ kind: 'truth', at, chair: this.chair, delivered, rate, delivering });
      await pause(everyMs);
    }
  }

  end(): void {
    this.#isEnded = true;
  }

  /** False when the patient did not become critical in time. */
  async untilSignsCritical(withinMs: number): Promise<boolean> {
    const deadline = now() + withinMs;
    while (now() < deadline && !this.#isEnded) {
      if (isCritical((await this.#truth()).signs)) return true;
      await pause(50);
    }
    return false;
  }

  #truth() {
    return this.world.demonstration.truth(this.chair);
  }
}
