import { type AlarmKey, idOf, messageOf } from '../../core/alarm-keys.ts';
import { ALARMS, type AlarmPriority } from '../../core/alarms.ts';
import { massGiven } from '../../core/engine/dose.ts';
import type { RefusalCode } from '../../core/engine/effects.ts';
import { priorityOf } from '../../core/engine/facts.ts';
import type { AlarmState, EngineState, PauseCause, PumpWatch, SessionBinding } from '../../core/engine/state.ts';
import type { DrugEntry } from '../../core/library.ts';
import type { InfusionPlan } from '../../core/order.ts';
import { rulesOf } from '../../core/engine/vital-rules.ts';
import type { SafetyProfile, VitalRule } from '../../core/profile.ts';
import { TIER_RANKS } from '../../core/tier-ranks.ts';
import { microlitre, type Millisecond, MINUTE } from '../../core/units.ts';
import { PARAMETERS, type Parameter, perParameter } from '../../core/vitals.ts';
import type {
  AlarmView,
  ChairFrame,
  FindingView,
  PlanView,
  PredictionView,
  PumpView,
} from '../../preload/contract/frames.ts';
import type { SelfTestView } from '../../preload/contract/alarms.ts';
import type { ChairEquipment } from './equipment.ts';
import { SENTENCES } from './refusals.ts';
import { measuredView, patientFactorsView, vitalView } from './vital-view.ts';

/** What is shown of a session beyond what the engine decides by. */
export interface SessionDetails {
  readonly patientName: string;
  readonly clinician: string;
  /** Wall-clock time with zone. */
  readonly openedAt: string;
  readonly entry: Pick<DrugEntry, 'drug' | 'careArea'>;
  readonly overrides: readonly { readonly finding: FindingView; readonly reason: string }[];
}

export interface ChairFacts {
  readonly id: string;
  readonly name: string;
  readonly equipment: ChairEquipment;
  readonly details: SessionDetails | null;
  readonly pumpLinkDetail: string;
  readonly monitorLinkDetail: string;
  readonly pauseReason: string | null;
  readonly withdrawnBecause: RefusalCode | null;
  /** The lock comes from a row that cannot be read. */
  readonly arePausesUnread: boolean;
  readonly prediction: PredictionView | null;
  readonly selfTest: SelfTestView | null;
  readonly setUpIdle: boolean;
  readonly libraryProblem: string | null;
  readonly wallClock: Date;
}

const PRIORITY_ORDER: Readonly<Record<AlarmPriority, number>> = { high: 0, medium: 1, low: 2 };

/** Everything a screen shows of one chair, from the engine's state at `now`. Pure. */
export function chairFrame(state: EngineState, facts: ChairFacts, now: Millisecond): ChairFrame {
  const { profile, steadySince } = state;
  const rules = rulesOf(state);
  const ruleOf = (parameter: string) => rules.find((rule) => rule.parameter === parameter);
  return {
    id: facts.id,
    name: facts.name,
    epoch: state.session?.epoch ?? 0,
    phase: state.phase,
    session: sessionView(state, facts),
    pump: pumpView(state, facts, now),
    monitor: { link: state.monitorLink, linkDetail: facts.monitorLinkDetail, model: facts.equipment.monitorName },
    vitals: perParameter((parameter) => vitalView(state.vitals[parameter], ruleOf(parameter), now)),
    measured: measuredView(state, rules, facts.wallClock, now),
    limits: limitsView(rules, profile.vitals),
    alarms: alarmViews(state.alarms, now),
    audioPauseMs: state.audioPausedUntil === null ? null : Math.max(0, state.audioPausedUntil - now),
    selfTest: facts.selfTest,
    steadyMs: steadySince === null ? 0 : Math.max(0, now - steadySince),
    steadyNeededMs: profile.steadyBeforeRun,
    recordHealthy: state.recordHealthy,
    setUpIdle: facts.setUpIdle,
    libraryProblem: facts.libraryProblem,
  };
}

function sessionView({ session, pump, lockedBy, profile }: EngineState, facts: ChairFacts): ChairFrame['session'] {
  const { details, prediction, pauseReason, withdrawnBecause } = facts;
  if (session === null || details === null) return null;
  return {
    id: session.sessionId,
    patientId: session.patientId,
    patientName: details.patientName,
    drugLot: session.drugLot,
    clinician: details.clinician,
    openedAt: details.openedAt,
    plan: planView(session.plan, details.entry),
    deliveredUl: pump.delivered,
    deliveredUg: massGiven(session, pump.delivered),
    doseNotKnown: doseNotKnown(session, pump),
    doseCeilingUg: session.doseCeiling,
    predictionCeilingNgPerMl: session.predictionCeiling,
    prediction,
    overrides: [...details.overrides],
    pauseReason,
    withdrawnBecause: withdrawnBecause && SENTENCES[withdrawnBecause],
    lockedBecause: lockSentence(lockedBy, facts.arePausesUnread, profile),
    patientFactors: session.patient && patientFactorsView(session.patient),
  };
}

function doseNotKnown(session: SessionBinding, { unseen, delivered }: PumpWatch) {
  if (unseen === undefined || unseen.accounting === 'counted') return null;
  const most = microlitre(delivered + unseen.most);
  return { accounting: unseen.accounting, mostUg: massGiven(session, most) };
}

const UNREAD_PAUSES =
  'A row of the record that may tell of earlier pauses cannot be read. Have the record checked. A second person has to sign.';

/** the screen says what locked the chair, and why one person is not enough. */
function lockSentence(lockedBy: PauseCause | null, isUnread: boolean, profile: SafetyProfile): string | null {
  if (lockedBy === null) return null;
  if (isUnread) return UNREAD_PAUSES;
  const { repeatedPauses, repeatedPausesWithin } = profile;
  const minutes = repeatedPausesWithin / MINUTE;
  return `${causeWords(lockedBy)}: ${repeatedPauses} pauses within ${minutes} min. A second person has to sign.`;
}

function causeWords(cause: PauseCause): string {
  if (cause === 'person') return 'Paused by hand again and again';
  if (cause === 'supervision') return 'Not ready again and again when it was to start';
  return isParameter(cause) ? `${PARAMETERS[cause].label} again and again` : ALARMS[cause].message;
}

const isParameter = (cause: Exclude<PauseCause, 'person' | 'supervision'>): cause is Parameter =>
  Object.hasOwn(PARAMETERS, cause);

export function planView(plan: InfusionPlan, entry: Pick<DrugEntry, 'drug' | 'careArea'>): PlanView {
  const { order } = plan;
  return {
    entryId: order.entryId,
    drug: entry.drug,
    careArea: entry.careArea,
    concentrationUgPerMl: order.concentration,
    weightG: order.weight,
    doseUg: order.dose,
    durationMs: order.duration,
    rateUlPerH: plan.rate,
    volumeUl: plan.volume,
    runningTimeMs: plan.runningTime,
  };
}

/** As read back, with its age. Without a link nobody knows what the pump does, whatever it said last. */
function pumpView(state: EngineState, facts: ChairFacts, now: Millisecond): PumpView {
  const { link, identity, reading } = state.pump;
  return {
    link,
    linkDetail: facts.pumpLinkDetail,
    model: identity?.model ?? null,
    state: reading === null || link !== 'up' ? 'unknown' : reading.state,
    rateUlPerH: reading?.rate ?? null,
    commandedRateUlPerH: state.commandedRate,
    ageMs: reading === null ? null : Math.max(0, now - reading.at),
    alarm: reading?.alarm ?? null,
    stopPending: state.stopping !== null,
    commandPending: state.pending !== null,
    onHostSilence: silenceSentence(facts.equipment.onHostSilence),
  };
}

/** what the pump does without the station stands on the screen. */
function silenceSentence(silence: ChairEquipment['onHostSilence']): string {
  return silence.kind === 'stops'
    ? `the pump stops within ${silence.after / 1000} s`
    : 'the pump keeps running, only the device process stops it';
}

function limitsView(rules: readonly VitalRule[], standard: readonly VitalRule[]): ChairFrame['limits'] {
  return rules.flatMap(({ parameter, required, tiers }, i) =>
    tiers.map((tier, j) => {
      const everybodys = standard[i]?.tiers[j];
      const own = tier.below !== everybodys?.below || tier.above !== everybodys.above;
      return {
        parameter,
        tier: TIER_RANKS[tier.alarm],
        below: tier.below,
        above: tier.above,
        delayMs: tier.delay,
        own,
        required: required === 'always',
      };
    }),
  );
}

function alarmViews(alarms: EngineState['alarms'], now: Millisecond): AlarmView[] {
  const raised = Object.entries(alarms) as [AlarmKey, AlarmState][];
  return raised
    .map(([key, alarm]) => ({
      key,
      id: idOf(key),
      priority: priorityOf(key, alarm),
      message: messageOf(key),
      active: alarm.active,
      acknowledged: alarm.acknowledgedBy !== null,
      escalated: alarm.escalated,
      silenced: alarm.silenced,
      raisedAtMs: alarm.raisedAt,
      ageMs: Math.max(0, now - alarm.raisedAt),
      value: alarm.value,
      limit: alarm.limit,
    }))
    .toSorted((one, other) => PRIORITY_ORDER[one.priority] - PRIORITY_ORDER[other.priority] || one.ageMs - other.ageMs);
}
