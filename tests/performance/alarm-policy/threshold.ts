import { ALARMS } from '../../../core/alarms.ts';
import { staleAfter } from '../../../core/engine/vital-facts.ts';
import type { SafetyProfile, Tier } from '../../../core/profile.ts';
import type { Parameter } from '../../../core/vitals.ts';
import type { Reading, Second, Trace } from './trace.ts';

/**
 * Past which limit of the profile a second is: `critical` acts at once in the policy, `warning` after its delay, `cuff`
 * after its repeat.
 */
export type Crossing = 'critical' | 'warning' | 'cuff' | null;

const isPast = ({ below, above }: Tier, value: number): boolean =>
  (below !== null && value < below) || (above !== null && value > above);

/** The same limits without any delay, hysteresis, repeat or second witness. */
export function crossing(second: Second, { vitals }: SafetyProfile, alsoPoor: boolean): Crossing {
  const past = vitals.flatMap(({ parameter, tiers }) => {
    const reading = second[parameter];
    if (reading === undefined || reading.value === null) return [];
    const { value, quality } = reading;
    const counts = quality === 'good' || (alsoPoor && quality === 'poor');
    return counts ? tiers.filter((tier) => ALARMS[tier.alarm].action === 'pause' && isPast(tier, value)) : [];
  });
  if (past.length === 0) return null;
  if (past.some(({ delay }) => delay === 0)) return 'critical';
  return past.every(({ repeat }) => repeat === true) ? 'cuff' : 'warning';
}

/** Pauses of a threshold without delay, which resumes by the same rule as the policy: after a time inside all limits. */
export function pausesOfThreshold(
  seconds: readonly Second[],
  profile: SafetyProfile,
  alsoPoor: boolean,
): readonly number[] {
  const pauses: number[] = [];
  let running = true;
  let inside = 0;
  for (const [at, second] of seconds.entries()) {
    const past = crossing(second, profile, alsoPoor) !== null;
    inside = past ? 0 : inside + 1000;
    if (running && past) {
      pauses.push(at);
      running = false;
    } else if (inside >= profile.steadyBeforeRun) running = true;
  }
  return pauses;
}

/** A cuff pressure stands until the next one or until it expires. */
export function withCuffHeld({ seconds }: Trace, { vitals }: SafetyProfile): readonly Second[] {
  const cuff = vitals.filter(({ measured }) => measured === 'intermittent');
  const held = new Map<Parameter, { readonly reading: Reading; readonly until: number }>();
  return seconds.map((second, at) => {
    for (const rule of cuff) {
      const reading = second[rule.parameter];
      if (reading !== undefined) held.set(rule.parameter, { reading, until: at + staleAfter(rule) / 1000 });
    }
    const standing = [...held].flatMap(([parameter, { reading, until }]) => (at < until ? [[parameter, reading]] : []));
    return { ...second, ...Object.fromEntries(standing) };
  });
}
