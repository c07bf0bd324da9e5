import { profileFor } from '../patient-limits.ts';
import type { VitalRule } from '../profile.ts';
import { perParameter } from '../vitals.ts';
import { unseen } from './initial.ts';
import type { EngineState, Phase } from './state.ts';

/** A patient's own limits end with the session: nobody after this patient is held to them. */
const OVER: ReadonlySet<Phase> = new Set(['ended', 'interrupted']);

/** How each vital is watched now: by the limits of this patient while the session lasts, otherwise by the profile's. */
export function rulesOf({ profile, session, phase }: EngineState): readonly VitalRule[] {
  const patient = session?.patient ?? null;
  return patient === null || OVER.has(phase) ? profile.vitals : profileFor(patient, profile).vitals;
}

/** Those whose loss counts: always required, or measured since the session began. */
export function watchedRules(state: EngineState): readonly VitalRule[] {
  return rulesOf(state).filter(
    ({ parameter, required }) => required === 'always' || state.vitals[parameter].latestValue !== null,
  );
}

/** What was measured of the patient before says nothing of the next one and requires nothing of it. */
export function vitalsOfNextPatient({ profile, vitals }: EngineState): EngineState['vitals'] {
  const always = new Set(profile.vitals.filter(({ required }) => required === 'always').map((rule) => rule.parameter));
  return perParameter((parameter) => (always.has(parameter) ? vitals[parameter] : unseen(profile, parameter)));
}
