import type { Tier } from '../profile.ts';

/**
 * T waves counted as beats double the rate, artefact goes further. Less than this beside the pulse may be a heart that
 * beats faster than it can fill, which the pulse does not follow whole, or a pulse that is averaged and still follows.
 */
const FAR_ABOVE_PULSE = 1.75;

/**
 * An ECG rate past a tier that a live pulse contradicts is an electrode, not a heart: too few beats beside a pulse of
 * enough, or far more than a pulse that is not too fast itself, while no other sensor `agreed` that the patient is unwell.
 * @param rate @param pulse beats per minute; a pulse of null is no witness
 */
export function isContradicted(
  { below, above }: Pick<Tier, 'below' | 'above'>,
  rate: number,
  pulse: number | null,
  agreed: boolean,
): boolean {
  if (pulse === null) return false;
  const low = below ?? Number.NEGATIVE_INFINITY;
  const high = above ?? Number.POSITIVE_INFINITY;
  if (rate < low) return pulse >= low;
  return rate > high && pulse <= high && rate >= FAR_ABOVE_PULSE * pulse && !agreed;
}
