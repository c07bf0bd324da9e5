import type { SafetyProfile } from '../profile.ts';
import type { Microlitre, MicrolitrePerHour } from '../units.ts';
import { type Parameter, perParameter } from '../vitals.ts';
import type { EngineState, VitalState } from './state.ts';
import { NEW_COMPARISON } from './volume.ts';

/** A chair of which nothing is known yet: no links, no read-back, no session. */
export function initialState(profile: SafetyProfile): EngineState {
  return {
    profile,
    vitals: perParameter((parameter) => unseen(profile, parameter)),
    phase: 'idle',
    pausedSince: null,
    session: null,
    boundPump: null,
    pump: {
      link: 'down',
      identity: null,
      reading: null,
      delivered: 0 as Microlitre,
      counterAt: null,
      ...NEW_COMPARISON,
    },
    monitorLink: 'down',
    monitorAlarms: [],
    commandedRate: 0 as MicrolitrePerHour,
    pending: null,
    stopping: null,
    alarms: {},
    audioPausedUntil: null,
    soundProved: false,
    steadySince: null,
    permitAt: null,
    pauses: [],
    lockedBy: null,
    recordHealthy: true,
    libraryUsable: true,
    stationHeld: false,
    predicted: 0,
    nextCommandId: 1,
    lastTick: null,
  };
}

/** A vital of which nothing has come yet. */
export function unseen(profile: SafetyProfile, parameter: Parameter): VitalState {
  const tiers = profile.vitals.filter((rule) => rule.parameter === parameter).flatMap((rule) => rule.tiers);
  return { latest: null, latestValue: null, latestGood: null, poorSince: null, tierSince: tiers.map(() => null) };
}
