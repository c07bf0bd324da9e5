import { COMORBIDITIES } from '../../../core/patient-limits.ts';
import type { ChairFrame, VitalView } from '../../../preload/contract/frames.ts';
import type { ShownChair } from '../../app/shown.ts';
import { age, BLANK, figure } from '../../ui/format.ts';

export interface VitalDisplay {
  /** What stands in the large place: a number, or the mark for none. */
  readonly large: string;
  readonly tone: VitalView['state'];
  /** Says how far the number may be trusted; empty when fully. */
  readonly note: string;
}

/** A stale value leaves the large place empty and is told with its age; poor is never shown as normal. */
export function vitalView(vital: VitalView, unit: string): VitalDisplay {
  switch (vital.state) {
    case 'valid':
      return { large: figure(vital.value), tone: 'valid', note: '' };
    case 'poor':
      return { large: figure(vital.value), tone: 'poor', note: 'Poor signal - do not rely on it' };
    case 'stale':
      return {
        large: BLANK,
        tone: 'stale',
        note: `Stale: last ${figure(vital.value)} ${unit}, ${age(vital.ageMs)} ago`,
      };
    case 'none':
      return { large: BLANK, tone: 'none', note: 'No value' };
  }
}

/** Why limits of this patient differ from everybody's, in words; null: they do not, or the reader may not know. */
export function whyOwn({ session }: ShownChair): string | null {
  const factors = session?.patientFactors ?? null;
  if (factors === null) return null;
  const named = factors.comorbidities.map((name) => COMORBIDITIES[name]);
  return [...named, factors.reason].filter((part) => part !== '').join(', ');
}

export type LimitView = ChairFrame['limits'][number];

/** Limits of one parameter, the outermost first. */
export const limitsOf = (limits: readonly LimitView[], parameter: string): readonly LimitView[] =>
  limits.filter((limit) => limit.parameter.toLowerCase() === parameter);

/** One limit in words: "< 90" or "< 45 or > 130". */
export function limitText(limit: LimitView): string {
  const below = limit.below === null ? null : `< ${figure(limit.below)}`;
  const above = limit.above === null ? null : `> ${figure(limit.above)}`;
  return [below, above].filter((side) => side !== null).join('  ');
}
