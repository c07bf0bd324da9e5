import { ALARMS } from '../alarms.ts';
import type { Tier, VitalRule } from '../profile.ts';
import { compareRanks } from '../tier-ranks.ts';
import { type Millisecond, millisecond, SECOND } from '../units.ts';

/** What a limit waits for at least, where it waits at all (ms): a single odd sample is never a verdict. */
const SHORTEST = 3 * SECOND;

/**
 * How long a value must have been past a tier before the tier counts (ms). A tier that pauses: its own delay, or 3 s once a
 * vital of another sensor `agreed`; one that asks for a repeat keeps its delay. A tier that only calls somebody: its own
 * delay at the limit itself, in a straight line down to 3 s at the next more severe limit, so that a deep value is called
 * out before it pauses.
 */
export function delayOf(rule: VitalRule, tier: Tier, value: number, agreed: boolean): Millisecond {
  if (tier.repeat === true) return tier.delay;
  const shortest = Math.min(SHORTEST, tier.delay);
  if (ALARMS[tier.alarm].action === 'pause') return agreed ? millisecond(shortest) : tier.delay;
  return millisecond(Math.round(tier.delay - (tier.delay - shortest) * depthOf(rule, tier, value)));
}

/** 0 at the limit and inside it, 1 at the next more severe one and past it; 0 where nothing is more severe. */
function depthOf({ tiers }: VitalRule, tier: Tier, value: number): number {
  const severer = tiers.filter((other) => compareRanks(other, tier) > 0).toSorted(compareRanks);
  const below = nearest(
    tier.below,
    severer.map((other) => other.below),
  );
  const above = nearest(
    tier.above,
    severer.map((other) => other.above),
  );
  return Math.max(share(below, value), share(above, value));
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** From a limit to the next that exists, the milder ones first. */
function nearest(from: number | null, severer: readonly (number | null)[]): Span | null {
  const to = severer.find((limit) => limit !== null) ?? null;
  return from === null || to === null || from === to ? null : { from, to };
}

/** How far `value` has gone from one limit to the other, both included; never beyond. */
function share(span: Span | null, value: number): number {
  return span === null ? 0 : Math.min(1, Math.max(0, (value - span.from) / (span.to - span.from)));
}
