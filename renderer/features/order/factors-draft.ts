import type { Comorbidity } from '../../../core/patient-limits.ts';
import type { Parameter } from '../../../core/vitals.ts';
import type { PatientFactorsInput } from '../../app/types.ts';
import { readBaseline } from '../readings/reading-draft.ts';

/** What was typed of a patient whose limits may differ from everybody's, as typed. */
export interface FactorsDraft {
  readonly comorbidities: readonly Comorbidity[];
  readonly baseline: Readonly<Record<BaselineName, string>>;
  readonly reason: string;
}

/** Values at rest that limits follow from. */
export const BASELINES = ['spo2', 'pulse', 'nibp-sys', 'nibp-dia', 'etco2'] as const satisfies readonly Parameter[];
export type BaselineName = (typeof BASELINES)[number];

export const NO_FACTORS: FactorsDraft = {
  comorbidities: [],
  baseline: { spo2: '', pulse: '', 'nibp-sys': '', 'nibp-dia': '', etco2: '' },
  reason: '',
};

export interface ReadFactors {
  /** Null where nothing makes this patient different, or while a figure cannot be. */
  readonly factors: PatientFactorsInput;
  readonly errors: Readonly<Partial<Record<BaselineName, string>>>;
}

/** Reads the typed figures exactly; what is empty is not known and says nothing. */
export function readFactors({ comorbidities, baseline, reason }: FactorsDraft): ReadFactors {
  const errors: Partial<Record<BaselineName, string>> = {};
  const known: Partial<Record<BaselineName, number>> = {};
  for (const name of BASELINES) {
    const typed = readBaseline(baseline[name], name);
    if (typed.kind === 'wrong') errors[name] = typed.why;
    if (typed.kind === 'value') known[name] = typed.value;
  }
  const nothing = comorbidities.length === 0 && Object.keys(known).length === 0;
  const wrong = Object.keys(errors).length > 0;
  const factors =
    nothing || wrong ? null : { comorbidities: [...comorbidities], baseline: known, reason: reason.trim() };
  return { factors, errors };
}
