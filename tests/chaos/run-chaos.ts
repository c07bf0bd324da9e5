import { setTimeout as pause } from 'node:timers/promises';
import { Clinician } from './clinician.ts';
import { Judge } from './judge.ts';
import { Random } from './random.ts';
import { checkRecord } from './record-check.ts';
import { Scene } from './scene.ts';
import { Schedule } from './schedule.ts';
import type { Violation } from './timeline.ts';
import { now, World } from './world.ts';

const CHAIRS = 8;
const SAMPLE_EVERY = 50;
/** After the last fault: whatever has to stop has stopped, and its rows are on their way. */
const SETTLE = 8000;

export interface ChaosOptions {
  readonly minutes: number;
  readonly seed: number;
  /** Hears every line of the timeline. */
  readonly tell?: (line: string) => void;
}

export interface Summary {
  readonly chaos: 'held' | 'broken';
  readonly minutes: number;
  readonly seed: number;
  readonly sessions: number;
  readonly runs: number;
  readonly rows: number;
  /** Every kind there is, with how often it was played. */
  readonly faults: Readonly<Record<string, number>>;
  /** Kinds that were played at least once. */
  readonly kinds: number;
  /** Cause of a stop -> how often, worst time to rest and bound, in ms. */
  readonly stops: Readonly<
    Record<string, { readonly count: number; readonly worstMs: number; readonly boundMs: number }>
  >;
  /** Volume given that the screen did not show, worst of all chairs; see `Judge`. */
  readonly understatedUl: { readonly running: number; readonly interrupted: number };
  readonly refusals: Readonly<Record<string, number>>;
  readonly violations: readonly Violation[];
}

/** Lets eight chairs run under faults for `minutes`; the same seed draws the same faults, though not at the same instants. */
export async function runChaos(options: ChaosOptions): Promise<Summary> {
  const world = new World(CHAIRS);
  try {
    return await runIn(world, options);
  } finally {
    world.dispose();
  }
}

async function runIn(world: World, { minutes, seed, tell }: ChaosOptions): Promise<Summary> {
  const judges = Array.from({ length: world.chairs }, (_, chair) => new Judge(chair, tell));
  const scenes = judges.map((judge, chair) => new Scene(world, chair, judge));
  world.onFrames((views) => views.forEach((view, chair) => scenes[chair]?.see(view)));
  await world.open();
  const clinicians = scenes.map((scene) => new Clinician(scene, new Random(seed + 1 + scene.chair)));
  const schedule = new Schedule(world, scenes, new Random(seed));
  const sampling = scenes.map((scene) => scene.watch(SAMPLE_EVERY));
  const working = clinicians.map((clinician) => clinician.work());
  const playing = schedule.run();

  const endsAt = now() + minutes * 60_000;
  // A part of the run that fails ends it at once.
  const parts = Promise.all([playing, ...working, ...sampling]);
  while (now() < endsAt && judges.every(({ violations }) => violations.length === 0)) {
    await Promise.race([pause(200), parts]);
  }
  schedule.end();
  await playing;
  for (const clinician of clinicians) clinician.end();
  await Promise.all(working);
  await pause(SETTLE);
  for (const scene of scenes) scene.end();
  await Promise.all(sampling);

  const code = await world.endStation();
  const record = await checkRecord(
    world.dataFolder,
    clinicians.flatMap(({ acknowledged }) => acknowledged),
  );
  const violations = [
    ...judges.flatMap((judge) => judge.violations),
    ...[...(record.damage === null ? [] : [`damaged: ${record.damage.detail}`]), ...record.missing].map(
      recordViolation,
    ),
    ...(code === 0 ? [] : [recordViolation(`the station ended with ${code}: ${world.stationOutput}`)]),
  ];
  return {
    chaos: violations.length === 0 ? 'held' : 'broken',
    minutes,
    seed,
    sessions: sum(clinicians.map(({ sessions }) => sessions)),
    runs: sum(clinicians.map(({ runs }) => runs)),
    rows: record.rows,
    faults: Object.fromEntries(schedule.counts),
    kinds: [...schedule.counts.values()].filter((count) => count > 0).length,
    stops: worstOf(judges),
    understatedUl: {
      running: Math.max(...judges.map(({ understatedUl }) => understatedUl.running)),
      interrupted: Math.max(...judges.map(({ understatedUl }) => understatedUl.interrupted)),
    },
    refusals: totals(clinicians.map(({ refusals }) => refusals)),
    violations,
  };
}

const sum = (figures: readonly number[]): number => figures.reduce((total, figure) => total + figure, 0);

function recordViolation(detail: string): Violation {
  return { chair: -1, at: now(), rule: 'record', detail, around: [] };
}

function worstOf(judges: readonly Judge[]): Summary['stops'] {
  const stops: Record<string, { count: number; worstMs: number; boundMs: number }> = {};
  for (const [cause, { count, worstMs, boundMs }] of judges.flatMap(({ measured }) => [...measured])) {
    const known = stops[cause] ?? { count: 0, worstMs: 0, boundMs };
    stops[cause] = { count: known.count + count, worstMs: Math.max(known.worstMs, worstMs), boundMs };
  }
  return stops;
}

function totals(counts: readonly ReadonlyMap<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const [what, count] of counts.flatMap((one) => [...one])) total[what] = (total[what] ?? 0) + count;
  return total;
}
