import { isPossible, PARAMETERS, type Parameter } from '../../../core/vitals.ts';
import type { ReadingInput } from '../../app/types.ts';

/** What was typed of a cuff pressure, as typed. */
export interface CuffDraft {
  readonly systolic: string;
  readonly diastolic: string;
}

export interface ReadCuff {
  /** Null while anything is missing or cannot be. Nothing is ever filled in or corrected. */
  readonly reading: ReadingInput | null;
  readonly errors: { readonly systolic: string | null; readonly diastolic: string | null };
}

type Typed =
  | { readonly kind: 'empty' }
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'wrong'; readonly why: string };

/** A whole number that the parameter can be, or why it is none. */
function readWhole(typed: string, parameter: Parameter): Typed {
  const text = typed.trim();
  const { min, max, unit } = PARAMETERS[parameter];
  if (text === '') return { kind: 'empty' };
  if (!/^\d+$/.test(text)) return { kind: 'wrong', why: 'Whole numbers only.' };
  if (/^0\d/.test(text)) return { kind: 'wrong', why: 'A number does not begin with an extra zero.' };
  const value = Number(text);
  return isPossible(parameter, value)
    ? { kind: 'value', value }
    : { kind: 'wrong', why: `Not possible: ${min} to ${max} ${unit}. Measure again.` };
}

const why = (typed: Typed): string | null => (typed.kind === 'wrong' ? typed.why : null);

export function readCuff(draft: CuffDraft): ReadCuff {
  const systolic = readWhole(draft.systolic, 'nibp-sys');
  const diastolic = readWhole(draft.diastolic, 'nibp-dia');
  const errors = { systolic: why(systolic), diastolic: why(diastolic) };
  if (systolic.kind !== 'value' || diastolic.kind !== 'value') return { reading: null, errors };
  if (diastolic.value >= systolic.value) {
    return { reading: null, errors: { ...errors, diastolic: 'Must be below the systolic pressure.' } };
  }
  return { errors, reading: { kind: 'cuff', systolicMmHg: systolic.value, diastolicMmHg: diastolic.value } };
}

/** A value at rest for the limits of one patient; empty means none is known. */
export const readBaseline = (typed: string, parameter: Parameter): Typed => readWhole(typed, parameter);
