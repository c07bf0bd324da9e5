import type { FindingView } from '../../../preload/contract/frames.ts';
import type { OrderDraft } from '../../app/app-store.ts';
import type { OrderInput, Preview } from '../../app/types.ts';
import { figure } from '../../ui/format.ts';
import { readFactors } from './factors-draft.ts';
import { parseDecimal, type TypedNumber } from '../../../preload/contract/parse-decimal.ts';

export interface ReadDraft {
  /** The order as typed, or null while anything is missing or malformed. Nothing is ever filled in. */
  readonly order: OrderInput | null;
  readonly errors: {
    readonly weightKg: string | null;
    readonly doseMg: string | null;
    readonly durationMin: string | null;
  };
}

const why = (typed: TypedNumber): string | null => (typed.kind === 'malformed' ? typed.why : null);

/** Reads the typed figures exactly: kg, mg and minutes with at most two decimals become g, ug and ms. */
export function readDraft(draft: OrderDraft): ReadDraft {
  const weight = parseDecimal(draft.weightKg);
  const dose = parseDecimal(draft.doseMg);
  const duration = parseDecimal(draft.durationMin);
  const errors = { weightKg: why(weight), doseMg: why(dose), durationMin: why(duration) };
  if (weight.kind !== 'value' || dose.kind !== 'value' || duration.kind !== 'value') return { order: null, errors };
  if (draft.entryId === '' || draft.concentrationUgPerMl === null) return { order: null, errors };
  return {
    errors,
    order: {
      entryId: draft.entryId,
      concentrationUgPerMl: draft.concentrationUgPerMl,
      weightG: weight.thousandths,
      doseUg: dose.thousandths,
      durationMs: duration.thousandths * 60,
    },
  };
}

/** Soft findings alone can be passed, with a reason; beside a hard one a reason would help nothing. */
export const needsReason = (preview: Preview | null): boolean =>
  preview !== null && preview.findings.length > 0 && preview.findings.every(({ level }) => level === 'soft');

/** What still stands against opening the session, in the order in which it is best put right. */
export function openIssues(draft: OrderDraft, preview: Preview | null): readonly string[] {
  const issues: string[] = [];
  if (draft.patientId.trim() === '') issues.push('patient id');
  if (draft.patientName.trim() === '') issues.push('patient name');
  if (draft.entryId === '') issues.push('drug entry');
  if (draft.concentrationUgPerMl === null) issues.push('concentration');
  if (draft.drugLot.trim() === '') issues.push('drug lot');
  const { errors } = readDraft(draft);
  if (draft.weightKg.trim() === '' || errors.weightKg !== null) issues.push('weight');
  if (draft.doseMg.trim() === '' || errors.doseMg !== null) issues.push('dose');
  if (draft.durationMin.trim() === '' || errors.durationMin !== null) issues.push('duration');
  if (Object.keys(readFactors(draft.factors).errors).length > 0) issues.push('values at rest');
  if (issues.length > 0) return issues;
  if (preview === null) return ['preview by the station'];
  if (preview.findings.some((finding) => finding.level === 'hard')) return ['order inside the hard limits'];
  if (needsReason(preview) && draft.overrideReason.trim().length < 3) return ['reason for the soft limits'];
  return preview.plan === null ? ['a plan by the station'] : [];
}

/** One limit that the order touches, in words and figures. */
export function findingText(finding: FindingView): string {
  const what = finding.what.replaceAll('-', ' ');
  const amount = `${figure(finding.value)} ${finding.unit}`;
  return `${what.charAt(0).toUpperCase()}${what.slice(1)} ${amount} is ${finding.side} the ${finding.level} limit of ${figure(finding.limit)} ${finding.unit}`;
}
