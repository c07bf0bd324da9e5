import { setTimeout as pause } from 'node:timers/promises';
import { MACHINE_SLACK, STOP_BOUNDS, type StopCause } from './bounds.ts';
import type { Scene } from './scene.ts';
import type { World } from './world.ts';

/** A fault of the whole station. */
export interface StationFault {
  readonly name: string;
  /** Whether every chair is to be free of other faults while it lasts. */
  readonly alone: boolean;
  run(world: World, scenes: readonly Scene[]): Promise<void>;
}

const ANSWER_COMES_WITHIN = 20_000;
const REFILL_EVERY = 500;
const FULL_FOR = 8000;
const HOUR = 3_600_000;
const TEN_YEARS = 10 * 365 * 24 * HOUR;
const STEP_LASTS = 3000;

async function during(cause: StopCause, scenes: readonly Scene[], begin: () => unknown): Promise<void> {
  for (const scene of scenes) scene.due(cause, true);
  await begin();
  await pause(STOP_BOUNDS[cause] + MACHINE_SLACK + 500);
}

const over = (cause: StopCause, scenes: readonly Scene[]): void => scenes.forEach((scene) => scene.over(cause));

const mainHung: StationFault = {
  name: 'main-hung',
  alone: true,
  async run(world, scenes) {
    await during('main-gone', scenes, () => world.signalMain('SIGSTOP'));
    over('main-gone', scenes);
    world.signalMain('SIGCONT');
  },
};

const mainKilled: StationFault = {
  name: 'main-killed',
  alone: true,
  async run(world, scenes) {
    await during('main-gone', scenes, () => world.killMain());
    over('main-gone', scenes);
    await world.startMain();
  },
};

/** The worst moment for the record: a person was just told that it is done. */
const mainKilledAtAnswer: StationFault = {
  name: 'main-killed-at-answer',
  alone: true,
  async run(world, scenes) {
    await world.killMainAtAnswer(ANSWER_COMES_WITHIN);
    await during('main-gone', scenes, () => {});
    over('main-gone', scenes);
    await world.startMain();
  },
};

const swappedPumps: StationFault = {
  name: 'swap-pumps',
  alone: true,
  async run({ demonstration }, scenes) {
    const [first, second] = scenes;
    if (!first || !second) return;
    const cables = [
      { chair: first.chair, device: 'pump' },
      { chair: second.chair, device: 'pump' },
    ] as const;
    await during('watchdog', [first, second], () => demonstration.exchange(...cables));
    over('watchdog', [first, second]);
    demonstration.exchange(...cables);
  },
};

/** Bears no stop of its own: the run goes on, stops still work, starts are refused. */
const diskFull: StationFault = {
  name: 'disk-full',
  alone: true,
  async run({ disk }) {
    for (let passed = 0; passed < FULL_FOR; passed += REFILL_EVERY) {
      disk.fill();
      await pause(REFILL_EVERY);
    }
    disk.free();
  },
};

/** An hour and ten years, forth and back: decides nothing, so whatever has its bound keeps it. */
const clockStep: StationFault = {
  name: 'clock-step',
  alone: false,
  async run(world) {
    for (const step of [HOUR, -HOUR, TEN_YEARS, -TEN_YEARS]) {
      world.moveClock(step);
      await pause(STEP_LASTS);
    }
    world.moveClock(0);
  },
};

/** Those that leave the infusions running come first: afterwards the chairs need half a minute to run again. */
export function stationFaults(world: World): readonly StationFault[] {
  const full = world.disk.isMounted ? [diskFull] : [];
  return [clockStep, ...full, swappedPumps, mainKilledAtAnswer, mainHung, mainKilled];
}
