import { type AlarmKey, idOf } from '../../core/alarm-keys.ts';
import type { AlarmId } from '../../core/alarms.ts';
import { presentAlarms, priorityOf } from '../../core/engine/facts.ts';
import type { AlarmState, EngineState, PumpWatch, VitalState, VolumeMark } from '../../core/engine/state.ts';
import { NEW_COMPARISON } from '../../core/engine/volume.ts';
import { HOUR, type Microlitre, type Millisecond } from '../../core/units.ts';
import { type Parameter, perParameter, type VitalSample } from '../../core/vitals.ts';
import type { Ghost } from './ghost.ts';
import { INSTANT } from './node.ts';
import { LONGEST_DELAY, PORTION, PREDICTION_CEILING, SMALL_PROFILE } from './small-world.ts';

// Time and volume abstraction: one representative for all states that the engine cannot tell apart.
//
// Exact (a bisimulation, so that what holds for the representative holds for every state it stands for):
// - Only differences of times are ever used, so that a state may be moved as a whole to one INSTANT.
// - An age is compared with fixed thresholds, so that beyond the largest of them every age is the same age. Two stored
//   times are compared with each other only where the cut keeps their order or a newer read-back decides: an incident
//   ends by a read-back younger than its raising, a poor signal keeps the verdict as it was at the last good sample.
// - Figures that are only shown (values of samples and alarms, reasons, when a mere condition was raised) decide nothing.
// - Command numbers are only compared for equality, and the newest is always one below the next.
// - Only the increments of the counter count, and a cleared counter here starts at one portion at most, so that a counter
//   of three portions stands for all higher ones. Beyond the plan and its tolerance all volumes given are "too much".
// `abstraction.test.ts` walks concrete and abstract states side by side and would find a cut that is not exact.
//
// It rests on the letters there are: samples arrive at once, read-backs at once or a second late, and a pump that is not
// the session's is never cleared. Another letter may need a wider cut.
//
// A sampling, not a proof, is the choice of letters (whole seconds, two vitals, two plans) and the wide search itself: it is
// complete to the depth it got to. The search with the letters of NORMAL_WORK comes to its end, after 1.95 million states.
// Times off the grid and long histories are the part of `histories.ts`.

const SECOND = 1000;
/** Largest thresholds of the engine that are not in the profile: outcome, delivery, renewal, poor signal shown. */
const OUTCOME_WITHIN = 5 * SECOND;
const DELIVERY_WITHIN = 3 * SECOND;
const RENEW_AFTER = SECOND;
const POOR_SHOWN_AFTER = 2 * SECOND;
/** A read-back may be a second old on arrival, so that "before it or not" needs two seconds. */
const ORDER = 2 * SECOND;
/** Just past a threshold that itself still counts as young. */
const PAST = SECOND;
const MOST_GIVEN = 6 * PORTION;
const MOST_COUNTED = 3 * PORTION;
/** Further behind than that the counter cannot come up again before the plan is exceeded. */
const MOST_BEHIND = 8 * PORTION;

/** Alarms that end by a later read-back; for the others it never matters when they were raised. */
const INCIDENTS: ReadonlySet<AlarmId> = new Set<AlarmId>([
  'pump-stopped',
  'pump-unexpected',
  'volume-deviation',
  'dose-ceiling',
  'command-unknown',
  'command-refused',
  'guard-tripped',
  'supervision-gap',
  'interrupted',
  'start-withdrawn',
  'infusion-complete',
]);

/** Moves times from `now` to INSTANT, and none further back than `most`. */
type Cut = <T extends Millisecond | null>(time: T, most: number) => T;

const cutAt =
  (now: Millisecond): Cut =>
  <T extends Millisecond | null>(time: T, most: number): T =>
    (time === null ? null : INSTANT - Math.min(now - time, most)) as T;

export function abstractVitals(vitals: EngineState['vitals'], now: Millisecond): EngineState['vitals'] {
  return perParameter((parameter) => abstractVital(vitals[parameter], now));
}

function abstractVital(vital: VitalState, now: Millisecond): VitalState {
  const cut = cutAt(now);
  const { latest, latestValue, latestGood } = vital;
  // Samples arrive at once, so that none is ever older than the latest.
  const good = latestGood && {
    ...sample(latestGood, cut(latestGood.at, LONGEST_DELAY)),
    value: SHOWN[latestGood.parameter],
  };
  const untilGood = cutAt(latestGood?.at ?? now);
  const back = INSTANT - (good?.at ?? INSTANT);
  return {
    latest: latest && sample(latest, INSTANT),
    latestValue: latestValue && sample(latestValue, cut(latestValue.at, SMALL_PROFILE.pauseOnLossAfter)),
    latestGood: good,
    poorSince: cut(vital.poorSince, Math.max(POOR_SHOWN_AFTER, SMALL_PROFILE.holdPoorSignal)),
    tierSince: vital.tierSince.map((since) => {
      const held = untilGood(since, LONGEST_DELAY);
      return held === null ? null : ((held - back) as Millisecond);
    }),
  };
}

function sample({ parameter, value, quality }: VitalSample, at: Millisecond): VitalSample {
  return { parameter, value: value === null ? null : SHOWN[parameter], quality, at };
}

const SHOWN: Readonly<Record<Parameter, number>> = {
  spo2: 98,
  pulse: 70,
  hr: 70,
  rr: 14,
  etco2: 38,
  'nibp-sys': 120,
  'nibp-dia': 75,
  sedation: 5,
};

export function abstractAlarms(state: EngineState, now: Millisecond): EngineState['alarms'] {
  const cut = cutAt(now);
  const present: [AlarmKey, AlarmState][] = [];
  for (const [key, alarm] of presentAlarms(state)) {
    const raisedAt = cut(alarm.raisedAt, raisingMatters(key, alarm));
    present.push([key, { ...alarm, raisedAt, value: null, limit: null }]);
  }
  return Object.fromEntries(present);
}

/** How far back it matters when an alarm was raised: to end by a later read-back, or to escalate. */
function raisingMatters(key: AlarmKey, alarm: AlarmState): number {
  if (alarm.active && INCIDENTS.has(idOf(key))) return ORDER;
  const mayEscalate = priorityOf(key, alarm) === 'medium' && alarm.acknowledgedBy === null;
  return mayEscalate ? SMALL_PROFILE.escalateAfter : 0;
}

export function abstractPump(pump: PumpWatch, now: Millisecond, mayGoOn: boolean): PumpWatch {
  const cut = cutAt(now);
  const { reading } = pump;
  const { counter, counterAt } = abstractCounter(pump);
  return {
    ...pump,
    counterAt,
    reading: reading && {
      ...reading,
      counter,
      at: cut(reading.at, SMALL_PROFILE.pumpSilentAfter + PAST),
    },
    delivered: Math.min(pump.delivered, MOST_GIVEN) as Microlitre,
    compared: mayGoOn ? abstractComparison(pump.compared) : NEW_COMPARISON.compared,
    marks: [],
    deviation: pump.deviation && {
      since: cut(pump.deviation.since, SMALL_PROFILE.deviationFor),
      counted: 0,
      expected: 0,
    },
  };
}

/**
 * Only how far counted and expected volume lie apart counts: 5 % are less than half a portion for as long as they may lie
 * together again. The first mark comes 30 portions after the beginning, when a session of three has long been off.
 */
function abstractComparison({ counted, expectedRateTime }: VolumeMark): VolumeMark {
  const ahead = Math.max(counted - expectedRateTime / HOUR, -MOST_BEHIND);
  return { counted: Math.max(ahead, 0) as Microlitre, expectedRateTime: Math.max(-ahead, 0) * HOUR };
}

/** The counter is never below where the next increment counts from: only a foreign pump's could be, and it is not cleared. */
function abstractCounter({ reading, counterAt, unseen }: PumpWatch): {
  counter: Microlitre;
  counterAt: Microlitre | null;
} {
  const counter = reading?.counter ?? counterAt ?? 0;
  // Until the pump that a restart left behind is heard, the whole of its counter counts.
  if (unseen?.accounting === 'awaited') return { counter: Math.min(counter, MOST_GIVEN) as Microlitre, counterAt };
  const from = counterAt ?? counter;
  const ahead = Math.min(counter - from, MOST_GIVEN);
  const base = Math.min(from, MOST_COUNTED);
  return { counter: (base + ahead) as Microlitre, counterAt: counterAt === null ? null : (base as Microlitre) };
}

type Rest = Omit<EngineState, 'profile' | 'vitals' | 'pump' | 'alarms' | 'session'>;

export function abstractRest(state: EngineState, now: Millisecond): Rest {
  const { profile: _profile, vitals: _vitals, pump: _pump, alarms: _alarms, session: _session, ...rest } = state;
  const cut = cutAt(now);
  const { pending, stopping } = rest;
  return {
    ...rest,
    pending: pending && {
      ...pending,
      id: NEXT_COMMAND - (state.nextCommandId - pending.id),
      since: pending.confirmedAt === null ? cut(pending.since, OUTCOME_WITHIN) : INSTANT,
      confirmedAt: cut(pending.confirmedAt, DELIVERY_WITHIN),
    },
    stopping: stopping && {
      since: cut(stopping.since, Math.max(SMALL_PROFILE.stopAlarmAfter, ORDER)),
      lastSent: cut(stopping.lastSent, SMALL_PROFILE.stopRepeat),
      reason: '',
      pump: stopping.pump,
    },
    pausedSince: cut(rest.pausedSince, SMALL_PROFILE.idleAfter),
    steadySince: cut(rest.steadySince, SMALL_PROFILE.steadyBeforeRun),
    permitAt: cut(rest.permitAt, RENEW_AFTER),
    // It lies ahead, by a second at most.
    audioPausedUntil: cut(rest.audioPausedUntil, 0),
    // Of the prediction only its side of the one ceiling that there is counts.
    predicted: rest.predicted > PREDICTION_CEILING ? PREDICTION_CEILING + 1 : 0,
    // What is too old to count is dropped at the next pause, so that it is as good as dropped now.
    pauses: rest.pauses.flatMap(({ cause, at }) =>
      now - at > SMALL_PROFILE.repeatedPausesWithin ? [] : [{ cause, at: cut(at, now) }],
    ),
    nextCommandId: NEXT_COMMAND,
    lastTick: cut(rest.lastTick, SMALL_PROFILE.supervisionGap + PAST),
  };
}

const NEXT_COMMAND = 10;

export function abstractGhost(seen: Ghost, now: Millisecond): Ghost {
  const cut = cutAt(now);
  return {
    chain: seen.chain,
    permitAt: cut(seen.permitAt, SMALL_PROFILE.permitLifetime + RENEW_AFTER + PAST),
    stopSince: cut(seen.stopSince, Math.max(SMALL_PROFILE.stopAlarmAfter, ORDER) + PAST),
    stopSent: cut(seen.stopSent, SMALL_PROFILE.stopRepeat),
    stopOwedBy: seen.stopOwedBy,
    cutShort: seen.cutShort.flatMap((then) =>
      now - then > SMALL_PROFILE.repeatedPausesWithin ? [] : [cut(then, now)],
    ),
    locked: seen.locked,
  };
}
