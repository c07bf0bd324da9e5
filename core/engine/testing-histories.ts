import * as fc from 'fast-check';
import type { BoundedPatient } from '../patient-limits.ts';
import { PROPOSED_PROFILE } from '../profile.ts';
import type { Outcome, PumpState } from '../pump.ts';
import type { Microlitre, MicrolitrePerHour, Millisecond } from '../units.ts';
import type { Effect } from './effects.ts';
import type { EngineEvent } from './events.ts';
import type { EngineState } from './state.ts';
import { BINDING, Chair, IDENTITY, drawnIn, justBefore, type TestEvent } from './testing.ts';
import { PARAMETER_NAMES } from '../vitals.ts';

// Random histories of a chair for tests, not part of the product. Noise alone never gets an infusion going, so whole
// stretches of normal work are mixed with single events of every kind.

/** An event that may depend on how the chair stands, and the time that passes before it. */
interface Move {
  readonly after: number;
  readonly make: (chair: Chair) => TestEvent;
}
export type History = readonly (readonly Move[])[];

/** One step of a history as it happened. */
export interface Taken {
  readonly before: EngineState;
  readonly event: EngineEvent;
  readonly after: EngineState;
  readonly effects: readonly Effect[];
}

/** Steady after three seconds, so that histories stay short. */
const ARMED = new Chair({ ...PROPOSED_PROFILE, steadyBeforeRun: 3000 as Millisecond }).arm();

export function play(history: History): readonly Taken[] {
  const chair = new Chair();
  chair.state = ARMED.state;
  chair.now = ARMED.now;
  return history.flat().map(({ after: milliseconds, make }): Taken => {
    chair.now += milliseconds;
    const what = make(chair);
    const before = chair.state;
    const effects = chair.send(what);
    return { before, event: { ...what, at: chair.now as Millisecond }, after: chair.state, effects };
  });
}

/** Breath is required of this patient and SpO2 held to other limits. */
const SENSITIVE: BoundedPatient = {
  comorbidities: ['copd', 'sedatives-today'],
  baseline: { spo2: 90 },
  reason: 'x',
  bounds: [{ parameter: 'spo2', rank: 'pause', loosestBelow: 85, loosestAbove: null }],
};

const now = (what: TestEvent): Move => ({ after: 0, make: () => what });
const by = 'anna';

function reading(chair: Chair, state: PumpState, counter: number, rate: number): TestEvent {
  const figures = { counter: counter as Microlitre, rate: rate as MicrolitrePerHour, at: chair.now as Millisecond };
  return { kind: 'pump-read', reading: { state, alarm: null, ...figures }, afterStop: justBefore(figures.at) };
}

/** A pump that does what it was told: it runs after a start, until a stop or its volume. */
function honest(chair: Chair): TestEvent {
  const left = chair.state.pump.delivered < BINDING.plan.volume;
  const runs = left && (chair.state.phase === 'infusing' || chair.state.pending?.kind === 'start');
  if (runs) chair.counter += 2;
  return reading(chair, runs ? 'infusing' : 'stopped', chair.counter, 26_200);
}

const well = (chair: Chair): TestEvent => ({
  kind: 'vitals',
  samples: [chair.sample('spo2', 98), chair.sample('pulse', 70)],
});

function outcome(what: Outcome, late = 0): Move {
  return {
    after: 0,
    make: (chair) => ({ kind: 'outcome', commandId: (chair.state.pending?.id ?? 1) - late, outcome: what }),
  };
}

const SECOND_OF_PEACE: readonly Move[] = [
  ...[250, 250, 250, 250].flatMap((after): Move[] => [{ after, make: honest }, now({ kind: 'tick' })]),
  { after: 0, make: well },
];
const peace = (seconds: number): readonly Move[] => Array.from({ length: seconds }, () => SECOND_OF_PEACE).flat();
const ACKNOWLEDGE: Move = {
  after: 0,
  make: ({ state }) => ({ kind: 'acknowledge', by, alarms: drawnIn(state) }),
};
const QUIET: Move = {
  after: 0,
  make: ({ state }) => ({
    kind: 'audio-pause',
    by: null,
    alarms: drawnIn(state),
    duration: 60_000 as Millisecond,
  }),
};
const REPAIR: readonly Move[] = [
  now({ kind: 'link', device: 'pump', state: 'up', detail: '' }),
  now({ kind: 'pump-identified', identity: IDENTITY }),
  now({ kind: 'link', device: 'monitor', state: 'up', detail: '' }),
  now({ kind: 'record', healthy: true }),
  now({ kind: 'library', usable: true }),
  now({ kind: 'hold', held: false }),
  now({ kind: 'prediction', maxNgPerMl: 500 }),
  ...peace(2),
  now({ kind: 'sound', proved: true }),
  ACKNOWLEDGE,
  ...peace(4),
];
const START = now({ kind: 'start', by });
const RESUME = now({ kind: 'resume', by, reason: 'well', confirmedRate: 26_200 });
const SIGNED = now({ kind: 'resume', by, reason: 'well', confirmedRate: 26_200, second: 'boris' });
const WRITTEN: Move = { after: 5, make: (chair) => ({ kind: 'written', commandId: chair.state.pending?.id ?? 1 }) };
const CONFIRMED = [WRITTEN, outcome({ kind: 'confirmed' })];
const CHAIN = [...CONFIRMED, ...CONFIRMED, { after: 50, make: honest }];
const REPLAN = [now({ kind: 'plan', by, binding: BINDING }), now({ kind: 'check', by }), now({ kind: 'arm', by })];
/** The pump reads back as having given all of its volume and as stopped. */
const FINISH: Move = {
  after: 250,
  make: (chair) => {
    chair.counter += Math.max(0, BINDING.plan.volume - chair.state.pump.delivered);
    return reading(chair, 'stopped', chair.counter, 26_200);
  },
};

const PAUSE = now({ kind: 'pause', by, reason: 'x' });
const END = now({ kind: 'end', by, reason: 'x' });

const normal = fc.constantFrom<readonly Move[]>(
  [...REPAIR, START, ...CHAIN],
  [...REPAIR, RESUME, ...CHAIN],
  [PAUSE, ...REPAIR, RESUME, ...CHAIN],
  [PAUSE, ...REPAIR, SIGNED, ...CHAIN],
  [END, ...REPAIR, ...REPLAN, ...peace(4), START, ...CHAIN],
  [FINISH],
  REPAIR,
  [START],
  [RESUME],
  CHAIN,
  peace(1),
);

const asked = fc
  .constantFrom<TestEvent>(
    { kind: 'pause', by, reason: 'x' },
    { kind: 'stop', by: null, reason: 'x' },
    { kind: 'end', by, reason: 'x' },
    { kind: 'plan', by, binding: BINDING },
    { kind: 'plan', by, binding: { ...BINDING, patient: SENSITIVE } },
    { kind: 'interrupted', binding: BINDING, delivered: 100 },
    { kind: 'resume', by, reason: '', confirmedRate: 1 },
  )
  .map((what) => [now(what)]);

const answered = fc.constantFrom([ACKNOWLEDGE], [QUIET]);

const faults = fc
  .constantFrom<TestEvent>(
    { kind: 'guard', reason: 'expired' },
    { kind: 'record', healthy: false },
    { kind: 'sound', proved: false },
    { kind: 'library', usable: false },
    { kind: 'hold', held: true },
    { kind: 'prediction', maxNgPerMl: 501 },
    { kind: 'prediction', maxNgPerMl: Number.NaN },
    { kind: 'link', device: 'pump', state: 'down', detail: '' },
    { kind: 'link', device: 'monitor', state: 'wrong-device', detail: '' },
    { kind: 'monitor-alarm', alarm: 'low-battery', active: true },
    { kind: 'monitor-alarm', alarm: 'low-battery', active: false },
    { kind: 'pump-identified', identity: { ...IDENTITY, serial: 'other' } },
  )
  .map((what) => [now(what)]);

const silences = fc
  .constantFrom(10, 900, 2500, 6000)
  .map((after) => [{ after, make: (): TestEvent => ({ kind: 'tick' }) }]);

const outcomes = fc
  .tuple(
    fc.constantFrom<Outcome>({ kind: 'confirmed' }, { kind: 'refused', code: 'x' }, { kind: 'unknown', detail: 'x' }),
    fc.nat(1),
  )
  .map(([what, late]) => (late === 0 ? [WRITTEN, outcome(what)] : [outcome(what, late)]));

const readings = fc
  .tuple(
    fc.constantFrom<PumpState>('infusing', 'stopped', 'paused', 'waiting', 'purging', 'withdrawing', 'alarm'),
    fc.nat(20_000),
    fc.constantFrom(26_200, 26_100, 99_000),
  )
  .map(([state, counter, rate]) => [{ after: 50, make: (chair: Chair) => reading(chair, state, counter, rate) }]);

const samples = fc
  .tuple(
    fc.constantFrom(...PARAMETER_NAMES),
    fc.constantFrom(98, 93, 89, 84, 39, 151, 190, 500, 4, 0, Number.NaN, -1, null),
    fc.constantFrom('good' as const, 'poor' as const, 'invalid' as const),
  )
  .map(([parameter, value, quality]) => [
    {
      after: 50,
      make: (chair: Chair): TestEvent => ({ kind: 'vitals', samples: [chair.sample(parameter, value, quality)] }),
    },
  ]);

export const histories: fc.Arbitrary<History> = fc.array(
  fc.oneof({ weight: 8, arbitrary: normal }, asked, answered, faults, silences, outcomes, readings, samples),
  { maxLength: 25 },
);
