import { idOf } from '../alarm-keys.ts';
import { ALARMS } from '../alarms.ts';
import type { Millisecond } from '../units.ts';
import { isComplete, volumeLeft } from './dose.ts';
import type { RefusalCode } from './effects.ts';
import { isActive, isDelivering, isForeignPump, isPumpFresh, pauseAlarms, presentAlarms, priorityOf } from './facts.ts';
import { isAbovePrediction } from './predictions.ts';
import type { EngineState, Phase } from './state.ts';
import { areVitalsFresh, isSteady } from './vital-facts.ts';

/** What must be true before a request is carried out, and what the operator is told when it is not. */
export interface Requirement {
  readonly code: RefusalCode;
  readonly detail: string;
  readonly met: (state: EngineState, at: Millisecond) => boolean;
}

/** The first requirement that is not met decides the answer. */
export function firstUnmet(requirements: readonly Requirement[], state: EngineState, at: Millisecond) {
  return requirements.find(({ met }) => !met(state, at));
}

export function inPhase(...phases: readonly Phase[]): Requirement {
  return {
    code: 'wrong-phase',
    detail: `possible only when ${phases.join(' or ')}`,
    met: ({ phase }) => phases.includes(phase),
  };
}

export function reasonGiven(reason: string): Requirement {
  return { code: 'reason-missing', detail: 'a reason is needed', met: () => reason.trim() !== '' };
}

/** the rate is confirmed anew, figure for figure. */
export function rateConfirmed(rate: number): Requirement {
  return {
    code: 'rate-not-confirmed',
    detail: 'the confirmed rate is not the planned rate',
    met: ({ session }) => session?.plan.rate === rate,
  };
}

const pumpConnected: Requirement = {
  code: 'no-pump',
  detail: 'no identified pump answers',
  met: ({ pump }) => pump.link === 'up' && pump.identity !== null,
};

const pumpAnswering: Requirement = {
  code: 'no-pump',
  detail: 'the pump was not read back recently',
  met: isPumpFresh,
};

const pumpBound: Requirement = {
  code: 'wrong-pump',
  detail: 'another pump than the one this session was armed with',
  met: (state) => !isForeignPump(state),
};

const pumpStopped: Requirement = {
  code: 'pump-not-stopped',
  detail: 'the pump has not been read back as stopped',
  met: (state) => !isDelivering(state) && state.stopping === null,
};

const outcomeKnown: Requirement = {
  code: 'outcome-unknown',
  detail: 'a command has no known outcome',
  met: (state) => !isActive(state, 'command-unknown'),
};

const noCommandPending: Requirement = {
  code: 'command-pending',
  detail: 'a command is under way',
  met: ({ pending }) => pending === null,
};

const noPauseCondition: Requirement = {
  code: 'alarm-active',
  detail: 'an alarm condition that pauses the infusion holds',
  met: (state) => !pauseAlarms(state).some((key) => isActive(state, key)),
};

const pausesAcknowledged: Requirement = {
  code: 'alarm-not-acknowledged',
  detail: 'an alarm that pauses the infusion has not been acknowledged',
  met: (state) =>
    presentAlarms(state).every(([key, alarm]) => ALARMS[idOf(key)].action !== 'pause' || alarm.acknowledgedBy !== null),
};

const highAcknowledged: Requirement = {
  code: 'alarm-not-acknowledged',
  detail: 'a high alarm has not been acknowledged',
  met: (state) =>
    presentAlarms(state).every(([key, alarm]) => priorityOf(key, alarm) !== 'high' || alarm.acknowledgedBy !== null),
};

const monitorConnected: Requirement = {
  code: 'no-monitor',
  detail: 'no monitor is connected',
  met: ({ monitorLink }) => monitorLink === 'up',
};

/** Without it, arming would only raise the alarm that nothing is measured. */
const vitalsMeasured: Requirement = {
  code: 'no-vitals',
  detail: 'the monitor gives no fresh vital signs',
  met: areVitalsFresh,
};

const vitalsSteady: Requirement = {
  code: 'vitals-not-steady',
  detail: 'vital signs have not been fresh and in limits for long enough',
  met: isSteady,
};

export const recordWorking: Requirement = {
  code: 'record-failed',
  detail: 'the record cannot be written',
  met: ({ recordHealthy }) => recordHealthy,
};

/** nothing begins while an alarm could not be heard. */
const soundProved: Requirement = {
  code: 'sound-not-proved',
  detail: 'no screen proves that its alarms can be heard',
  met: (state) => state.soundProved,
};

const libraryWorking: Requirement = {
  code: 'library-unusable',
  detail: 'the drug library may not be used',
  met: ({ libraryUsable }) => libraryUsable,
};

const stationReleased: Requirement = {
  code: 'station-held',
  detail: 'this station is held',
  met: ({ stationHeld }) => !stationHeld,
};

/** Arming and starting wait for the prediction as a running infusion is stopped by it. */
const belowPrediction: Requirement = {
  code: 'prediction-ceiling',
  detail: 'the predicted plasma concentration is above its ceiling',
  met: (state) => !isAbovePrediction(state),
};

const doseLeft: Requirement = {
  code: 'dose-reached',
  detail: 'the planned dose has been given',
  met: ({ session, pump }) =>
    session !== null && volumeLeft(session, pump.delivered) > 0 && !isComplete(session, pump.delivered),
};

/** A new session: nothing runs, nothing is left to be confirmed or acknowledged. */
export const TO_PLAN: readonly Requirement[] = [
  inPhase('idle', 'ended', 'interrupted'),
  pumpStopped,
  libraryWorking,
  highAcknowledged,
];

/** one known pump at rest, a monitor that measures, a record. */
export const TO_ARM: readonly Requirement[] = [
  inPhase('checked'),
  pumpConnected,
  pumpAnswering,
  pumpStopped,
  monitorConnected,
  vitalsMeasured,
  recordWorking,
  libraryWorking,
  stationReleased,
  belowPrediction,
  pausesAcknowledged,
];

/**
 * what start and resume have in common. The world may change between the request and the
 * bytes, so that all of it is asked again when each command is about to be sent and when the program is confirmed.
 */
export const TO_GO_ON: readonly Requirement[] = [
  pumpConnected,
  pumpBound,
  outcomeKnown,
  pumpAnswering,
  pumpStopped,
  monitorConnected,
  noPauseCondition,
  pausesAcknowledged,
  vitalsMeasured,
  vitalsSteady,
  recordWorking,
  soundProved,
  libraryWorking,
  stationReleased,
  belowPrediction,
  doseLeft,
];

/** At the request; one command is under way at a time. */
export const TO_RUN: readonly Requirement[] = [noCommandPending, ...TO_GO_ON];
