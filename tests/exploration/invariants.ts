import { type AlarmKey, idOf } from '../../core/alarm-keys.ts';
import { ALARMS } from '../../core/alarms.ts';
import type { Effect } from '../../core/engine/effects.ts';
import type { EngineEvent } from '../../core/engine/events.ts';
import { presentAlarms } from '../../core/engine/facts.ts';
import type { EngineState, SessionBinding } from '../../core/engine/state.ts';
import { mayDeliver } from '../../core/pump.ts';
import type { VitalSample } from '../../core/vitals.ts';
import { ALARM_INVARIANTS, changed, type Invariant, keysOf, raisedKeys } from './alarm-invariants.ts';
import { counted } from './counted.ts';
import { has, observe, type Taken } from './ghost.ts';

const RENEWAL = 1000;
/** Below it nothing may run, by parameter. */
const CRITICAL_BELOW: ReadonlyMap<string, number> = new Map([
  ['spo2', 85],
  ['rr', 1],
]);
/** What a counter may be off a full plan: 1 % or 10 uL, the larger. */
const offPlan = ({ plan }: SessionBinding): number => Math.max(plan.volume / 100, 10);

const OPERATOR: ReadonlySet<EngineEvent['kind']> = new Set<EngineEvent['kind']>([
  'plan',
  'check',
  'arm',
  'start',
  'pause',
  'stop',
  'resume',
  'stopped-by-hand',
  'end',
  'acknowledge',
  'audio-pause',
  'interrupted',
]);

const implies = (condition: boolean, consequence: () => boolean): boolean => !condition || consequence();
const raises = (effects: readonly Effect[]): boolean =>
  has(effects, 'program') || has(effects, 'start') || has(effects, 'permit');
const accepted = (effects: readonly Effect[]): boolean =>
  effects.some((effect) => effect.kind === 'answer' && effect.accepted);
const delivers = ({ pump }: EngineState): boolean => pump.reading !== null && mayDeliver(pump.reading.state);
const isRequest = ({ kind }: EngineEvent): boolean => kind === 'start' || kind === 'resume';
const pauses = (key: AlarmKey): boolean => ALARMS[idOf(key)].action === 'pause';
const pauseAlarm = ({ alarms }: EngineState): boolean => keysOf(alarms).some(pauses);
const mayMove = (state: EngineState): boolean =>
  state.phase === 'infusing' || state.pending !== null || delivers(state);

/** A stop that went out earlier is repeated by its own rule until it is read back. */
const isStillOrStopping = (taken: Taken): boolean => !mayMove(taken.after) || observe(taken).stopSince !== null;

/** Volume up to which plan and dose ceiling allow delivery. */
const allowed = ({ plan, doseCeiling }: SessionBinding): number =>
  Math.min(plan.volume, Math.floor((doseCeiling * 1000) / plan.order.concentration));

const isStartConfirmed = ({ pending }: EngineState): boolean => pending !== null && pending.confirmedAt !== null;

const isConfirmed = ({ before, event }: Taken, kind: 'program' | 'start'): boolean =>
  event.kind === 'outcome' &&
  event.outcome.kind === 'confirmed' &&
  event.commandId === before.nextCommandId - 1 &&
  before.pending?.kind === kind;

/** Events that call for a stop whatever the state is, told apart without the engine's own rules. */
function callsForStop({ before, event, at }: Taken): boolean {
  switch (event.kind) {
    case 'stop':
    case 'pause':
    case 'end':
    case 'fault':
    case 'guard':
      return true;
    case 'vitals':
      return event.samples.some(isCritical);
    case 'link':
      return event.device === 'pump' && event.state !== 'up';
    case 'prediction':
      return event.maxNgPerMl > (before.session?.predictionCeiling ?? Number.POSITIVE_INFINITY);
    case 'pump-identified':
      return before.boundPump !== null && event.identity.serial !== before.boundPump.serial;
    case 'pump-read':
      return event.reading.alarm !== null;
    case 'tick':
      return before.lastTick !== null && at - before.lastTick > before.profile.supervisionGap;
    case 'acknowledge':
    case 'arm':
    case 'audio-pause':
    case 'check':
    case 'earlier-pauses':
    case 'hold':
    case 'interrupted':
    case 'library':
    case 'monitor-alarm':
    case 'outcome':
    case 'plan':
    case 'record':
    case 'resume':
    case 'sound':
    case 'start':
    case 'stopped-by-hand':
    case 'written':
      return false;
  }
}

/** A claim of its own name, so that the pairs of state and event that show it can be asked for. */
export const STOPS_IN_EVERY_STATE =
  'what calls for a stop leads in every state to a stop, or leaves nothing that can move (R-2.1)';

const INVARIANTS: readonly Invariant[] = [
  ...ALARM_INVARIANTS,
  {
    name: 'infusing implies a permission that is not over, or withheld with an alarm (R-3.1)',
    holds: (taken) =>
      implies(taken.after.phase === 'infusing', () => {
        const { permitAt } = observe(taken);
        const { lastTick } = taken.before;
        // Between two ticks nothing can be decided; a gap above 2 s is an alarm of its own.
        const undecided = Math.max(RENEWAL, taken.at - (lastTick ?? taken.at));
        const isValid = permitAt !== null && taken.at - permitAt <= taken.after.profile.permitLifetime + undecided;
        // Withheld on purpose, so that the guard stops the pump: an alarm says why.
        const isWithheld = permitAt !== null && presentAlarms(taken.after).some(([, { active }]) => active);
        return isValid || isWithheld;
      }),
  },
  {
    name: 'infusing implies both lines up, the bound pump and its read-back as commanded, and signs, all of them recent',
    holds: ({ at, after }) => implies(after.phase === 'infusing', () => isSeenWell(after, at)),
  },
  {
    name: 'a critical value lets nothing run (R-2.1)',
    holds: ({ event, after }) => {
      const critical = event.kind === 'vitals' && event.samples.some(isCritical);
      return implies(critical, () => after.phase !== 'infusing' && after.pending === null);
    },
  },
  {
    name: STOPS_IN_EVERY_STATE,
    holds: (taken) => implies(callsForStop(taken), () => taken.effects[0]?.kind === 'stop' || isStillOrStopping(taken)),
  },
  {
    name: 'a program only by an accepted start or resume, with all it asks for (R-2.8)',
    holds: (taken) =>
      implies(
        has(taken.effects, 'program'),
        () => isRequest(taken.event) && accepted(taken.effects) && isReadyToRun(taken),
      ),
  },
  {
    name: 'after the same pause too often a program only with a second person (R-2.9)',
    holds: ({ before, seen, event, effects }) =>
      implies(
        has(effects, 'program') && (before.lockedBy !== null || seen.locked),
        () =>
          (event.kind === 'resume' || event.kind === 'start') &&
          event.second !== undefined &&
          event.second !== event.by,
      ),
  },
  {
    name: 'nothing runs above the ceiling of the prediction',
    holds: ({ event, after: { phase, pending, session, predicted } }) => {
      const ceiling = session?.predictionCeiling ?? 0;
      const isAbove = predicted > ceiling || (event.kind === 'prediction' && event.maxNgPerMl > ceiling);
      return !(isAbove && (phase === 'infusing' || pending !== null));
    },
  },
  {
    name: 'a start, and every command that goes out, only with all that a request asks for (R-4.2, R-4.7)',
    holds: ({ before, at, effects }) =>
      implies(has(effects, 'start') || has(effects, 'send'), () => isGroundThere(before, at)),
  },
  {
    name: 'a command goes out once, by its written intent (R-4.3)',
    holds: ({ before: { pending, nextCommandId }, event, effects }) =>
      implies(
        has(effects, 'send'),
        () => event.kind === 'written' && event.commandId === nextCommandId - 1 && pending?.sent === false,
      ),
  },
  {
    name: 'a start only by the confirmed program of the chain under way (R-4.2)',
    holds: (taken) =>
      implies(has(taken.effects, 'start'), () => taken.seen.chain === 'programmed' && isConfirmed(taken, 'program')),
  },
  {
    name: 'infusing begins only by a read-back after a confirmed start',
    holds: ({ before, seen, event, after }) =>
      implies(
        after.phase === 'infusing' && before.phase !== 'infusing',
        () => event.kind === 'pump-read' && seen.chain === 'started' && isStartConfirmed(before),
      ),
  },
  {
    name: 'a stop is first and alone, with nothing that raises beside it (R-2.3)',
    holds: ({ effects }) => !has(effects.slice(1), 'stop') && !(effects[0]?.kind === 'stop' && raises(effects)),
  },
  {
    name: 'nothing is raised beside an alarm that pauses, gone or not, nor beside an unconfirmed stop (R-6.6)',
    holds: (taken) =>
      implies(
        raises(taken.effects),
        () => !pauseAlarm(taken.before) && !pauseAlarm(taken.after) && observe(taken).stopSince === null,
      ),
  },
  {
    name: 'an alarm goes only by its acknowledgement where it latches (R-6.6)',
    holds: ({ before, after, effects }) =>
      keysOf(before.alarms).every((key) => {
        const alarm = before.alarms[key];
        if (alarm === undefined || after.alarms[key] !== undefined || !ALARMS[idOf(key)].latching) return true;
        return alarm.acknowledgedBy !== null || changed(effects, key, 'acknowledged');
      }),
  },
  {
    name: 'an acknowledgement comes only from a person, and a raised alarm is told (R-6.6)',
    holds: ({ before, event, after, effects }) =>
      keysOf(after.alarms).every((key) => {
        const now = after.alarms[key];
        if (now === undefined) return true;
        const was = before.alarms[key];
        if (was === undefined || (now.active && !was.active)) return changed(effects, key, 'raised');
        return (
          was.acknowledgedBy === now.acknowledgedBy || event.kind === 'acknowledge' || changed(effects, key, 'raised')
        );
      }),
  },
  {
    name: 'an unknown outcome raises nothing, and is an alarm (R-4.2)',
    holds: ({ before, event, after, effects }) => {
      const unknown =
        event.kind === 'outcome' &&
        event.outcome.kind === 'unknown' &&
        before.pending?.confirmedAt === null &&
        before.pending.id === event.commandId;
      return implies(unknown, () => !raises(effects) && after.alarms['command-unknown'] !== undefined);
    },
  },
  {
    name: 'a command has an outcome or is given up within 5 s, a start within 3 s more (R-4.2)',
    holds: ({ at, after: { pending } }) =>
      pending === null || (pending.confirmedAt === null ? at - pending.since < 5000 : at - pending.confirmedAt < 3000),
  },
  {
    name: 'no rate above the plan, no volume above what plan and ceiling leave (R-4.1, R-4.5)',
    holds: ({ before, after, effects }) =>
      effects.every((effect) => {
        const { session, pump } = after;
        if (effect.kind !== 'program' && effect.kind !== 'permit') return true;
        if (session === null) return false;
        const left = Math.max(0, allowed(session) - pump.delivered);
        if (effect.kind === 'program') {
          return effect.rate <= session.plan.rate && effect.volume > 0 && effect.volume <= left;
        }
        const top = (before.pump.reading?.counter ?? 0) + left;
        // The counter of this step's own read-back is the newer one.
        const within = effect.ceilingCounter <= Math.max(top, (pump.reading?.counter ?? 0) + left);
        return within && effect.ceilingRate <= session.plan.rate && effect.epoch === session.epoch;
      }),
  },
  {
    name: 'nothing runs past plan and dose ceiling (R-4.5)',
    holds: ({ after: { phase, pending, session, pump } }) =>
      implies(phase === 'infusing' || pending !== null, () => {
        if (session === null) return false;
        // A full plan that the pump still has to end by itself, unless the ceiling lies below it.
        const isFull = Math.abs(pump.delivered - session.plan.volume) <= offPlan(session);
        const mayBeFull = allowed(session) >= session.plan.volume - offPlan(session);
        return pump.delivered < allowed(session) || (isFull && mayBeFull);
      }),
  },
  {
    name: 'what the bound pump counts is given, no more and no less (R-4.5)',
    holds: ({ before, event, after }) => {
      if (event.kind === 'plan' || event.kind === 'interrupted') return true;
      return after.pump.delivered === before.pump.delivered + counted(before, event);
    },
  },
  {
    name: 'no drug moves beside an alarm that pauses without a stop under way (R-2.1)',
    holds: ({ after }) => implies(pauseAlarm(after) && mayMove(after), () => after.stopping !== null),
  },
  {
    name: 'an alarm that pauses, raised while drug may move, stops the pump in the same step (R-2.1)',
    holds: ({ before, event, after, effects }) => {
      const raised = raisedKeys(effects).some(pauses);
      const refused =
        before.pending?.kind === 'program' && event.kind === 'outcome' && event.outcome.kind === 'refused';
      const moves = before.phase === 'infusing' || (before.pending !== null && !refused) || delivers(after);
      return implies(raised && moves && before.stopping === null, () => effects[0]?.kind === 'stop');
    },
  },
  {
    name: 'a pump that moves drug without a run of ours is stopped (R-4.13)',
    holds: ({ after }) =>
      implies(
        delivers(after) && after.phase !== 'infusing' && after.pending?.kind !== 'start',
        () => after.stopping !== null,
      ),
  },
  {
    name: 'the operator stop always goes out (R-2.6)',
    holds: ({ event, effects }) =>
      implies(event.kind === 'stop', () => effects[0]?.kind === 'stop' && accepted(effects)),
  },
  {
    name: 'an unconfirmed stop is repeated (R-2.5)',
    holds: (taken) => {
      const { stopSent } = observe(taken);
      return stopSent === null || taken.at - stopSent < taken.after.profile.stopRepeat;
    },
  },
  {
    name: 'a stop is read back or alarmed in time (R-2.5)',
    holds: (taken) => {
      const { stopSince } = observe(taken);
      const overdue = stopSince !== null && taken.at - stopSince >= taken.after.profile.stopAlarmAfter;
      return implies(overdue, () => taken.after.alarms['stop-not-confirmed']?.active === true);
    },
  },
  {
    name: 'after a fault in main nothing runs nor is raised, and an alarm says so (R-3.1)',
    holds: ({ before, after, effects }) =>
      implies(after.faulty === true, () => {
        const { phase, pending, alarms } = after;
        const isStill = phase !== 'infusing' && pending === null && alarms['station-fault']?.active === true;
        return isStill && !(before.faulty === true && raises(effects));
      }),
  },
  {
    name: 'a person gets exactly one answer, the last effect, and nothing else gets any',
    holds: ({ event, effects }) => {
      const answers = effects.filter(({ kind }) => kind === 'answer').length;
      return OPERATOR.has(event.kind) ? answers === 1 && effects.at(-1)?.kind === 'answer' : answers === 0;
    },
  },
  {
    name: 'every change of the phase is told',
    holds: ({ before, after, effects }) => {
      let { phase } = before;
      for (const effect of effects) {
        if (effect.kind !== 'phase') continue;
        if (effect.from !== phase) return false;
        phase = effect.to;
      }
      return phase === after.phase;
    },
  },
  {
    name: 'what runs is bound to a session and to one pump (R-4.7)',
    holds: ({ after: { phase, pending, session, boundPump } }) =>
      implies(phase === 'infusing' || pending !== null, () => session !== null && boundPump !== null),
  },
];

/** judged by what was known when the person asked. */
function isReadyToRun({ before, at, event }: Taken): boolean {
  const rate = before.session?.plan.rate;
  const resumed = event.kind !== 'resume' || (event.reason !== '' && event.confirmedRate === rate);
  return resumed && before.pending === null && isGroundThere(before, at);
}

/** what start and resume ask for, from the request until the last command of the run goes out. */
function isGroundThere({ session, boundPump, pump, profile, ...before }: EngineState, at: number): boolean {
  if (session === null || boundPump === null || pump.reading === null || before.steadySince === null) return false;
  const linked = pump.link === 'up' && before.monitorLink === 'up' && pump.identity?.serial === boundPump.serial;
  const rested = !mayDeliver(pump.reading.state) && before.stopping === null;
  const timely = at - pump.reading.at <= profile.pumpSilentAfter && at - before.steadySince >= profile.steadyBeforeRun;
  const station = before.recordHealthy && before.soundProved && before.libraryUsable && !before.stationHeld;
  return linked && rested && timely && station;
}

function isSeenWell({ pump, boundPump, monitorLink, session, profile, vitals }: EngineState, at: number): boolean {
  const { reading, identity, link } = pump;
  if (reading === null || identity === null || session === null) return false;
  const linked = link === 'up' && monitorLink === 'up' && identity.serial === boundPump?.serial;
  const runs = reading.state === 'infusing' || reading.state === 'waiting';
  const commanded = runs && reading.alarm === null && reading.rate === session.plan.rate;
  const recent = at - reading.at <= profile.pumpSilentAfter;
  const signs = [vitals.spo2.latestValue, vitals.rr.latestValue].filter((sign) => sign !== null);
  const seen = vitals.spo2.latestValue !== null && signs.every((sign) => at - sign.at < profile.pauseOnLossAfter);
  return linked && commanded && recent && seen;
}

const isCritical = ({ parameter, value, quality }: VitalSample): boolean =>
  quality === 'good' && value !== null && value < (CRITICAL_BELOW.get(parameter) ?? 0);

/** The first claim that the step breaks, if any. */
export function brokenBy(taken: Taken): string | null {
  return INVARIANTS.find(({ holds }) => !holds(taken))?.name ?? null;
}
