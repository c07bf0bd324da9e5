import { ALARMS } from './alarms.ts';
import type { MovableRank, VitalBound } from './library.ts';
import type { SafetyProfile, Tier, VitalRule } from './profile.ts';
import { isPossible, type Parameter } from './vitals.ts';

/** What makes this patient's limits differ from everybody's. */
export const COMORBIDITIES = {
  copd: 'COPD or emphysema',
  'coronary-disease': 'Coronary artery disease',
  hypertension: 'Hypertension',
  'sedatives-today': 'Opioid or benzodiazepine today',
} as const;

export type Comorbidity = keyof typeof COMORBIDITIES;

/** What is known of one patient before the session, with the reason for holding the patient to other limits. */
export interface PatientFactors {
  readonly comorbidities: readonly Comorbidity[];
  /** Values at rest before the drug, each in the unit of its parameter. */
  readonly baseline: Readonly<Partial<Record<Parameter, number>>>;
  /** Without one nothing is loosened. */
  readonly reason: string;
}

/** A patient, and how far the drug library of the session lets the limits follow. */
export interface BoundedPatient extends PatientFactors {
  readonly bounds: readonly VitalBound[];
}

type Side = 'below' | 'above';

/** How far from the patient's own baseline a limit may lie. */
interface FromBaseline {
  readonly rank: MovableRank;
  readonly side: Side;
  readonly distance: number;
  /** A change that counts as notable moves the limit nearer; otherwise a baseline near the limit moves it away. */
  readonly tightens: boolean;
}

const HEART: readonly FromBaseline[] = [
  { rank: 'advisory', side: 'below', distance: 5, tightens: false },
  { rank: 'pause', side: 'below', distance: 10, tightens: false },
  { rank: 'advisory', side: 'above', distance: 40, tightens: true },
];

/**
 * Proposals for a clinician to set. SpO2: 4 % below the baseline pauses. HR above: the wide relative set of a
 * defibrillator monitor. Pressure: the rises that trials of esketamine call notable. etCO2: a monitor's automatic limits.
 */
const FROM_BASELINE: Readonly<Partial<Record<Parameter, readonly FromBaseline[]>>> = {
  spo2: [
    { rank: 'advisory', side: 'below', distance: 2, tightens: false },
    { rank: 'pause', side: 'below', distance: 4, tightens: false },
  ],
  pulse: HEART,
  hr: HEART,
  etco2: [{ rank: 'advisory', side: 'above', distance: 6, tightens: false }],
  'nibp-sys': [{ rank: 'advisory', side: 'above', distance: 40, tightens: true }],
  'nibp-dia': [{ rank: 'advisory', side: 'above', distance: 25, tightens: true }],
};

interface Stricter {
  /** Nothing runs without these. */
  readonly required: readonly Parameter[];
  /** By how much every tier of the parameter moves inwards. */
  readonly inwards: Readonly<Partial<Record<Parameter, Partial<Record<Side, number>>>>>;
}

/** Comorbidities only ever tighten. Proposals for a clinician to set. */
const STRICTER: Readonly<Record<Comorbidity, Stricter>> = {
  copd: { required: ['rr', 'etco2'], inwards: {} },
  'coronary-disease': {
    required: [],
    inwards: { pulse: { above: 10 }, hr: { above: 10 }, 'nibp-sys': { above: 10 }, 'nibp-dia': { above: 5 } },
  },
  hypertension: { required: [], inwards: { 'nibp-sys': { above: 10 }, 'nibp-dia': { above: 5 } } },
  'sedatives-today': {
    required: ['rr', 'etco2'],
    inwards: { spo2: { below: 2 }, rr: { below: 2 }, etco2: { above: 5 } },
  },
};

/** The profile for one patient: as many tiers in the same order, none looser than its bound. Pure and total. */
export function profileFor(patient: BoundedPatient, profile: SafetyProfile): SafetyProfile {
  return { ...profile, vitals: profile.vitals.map((rule) => ruleFor(patient, rule)) };
}

/** Whether anything would be looser for this patient than for everybody, so that a reason is needed. */
export function isLoosened(patient: BoundedPatient, profile: SafetyProfile): boolean {
  const asked = { ...patient, reason: 'asked' };
  return profile.vitals.some(({ parameter, tiers }) =>
    tiers.some((tier) => {
      const own = tierFor(asked, parameter, tier);
      // No patient has a limit where the profile has none.
      return (own.below ?? 0) < (tier.below ?? 0) || (own.above ?? 0) > (tier.above ?? 0);
    }),
  );
}

function ruleFor(patient: BoundedPatient, rule: VitalRule): VitalRule {
  const required = patient.comorbidities.some((name) => STRICTER[name].required.includes(rule.parameter));
  const tiers = rule.tiers.map((tier) => tierFor(patient, rule.parameter, tier));
  return { ...rule, required: required ? 'always' : rule.required, tiers };
}

function tierFor(patient: BoundedPatient, parameter: Parameter, tier: Tier): Tier {
  const stricter = patient.comorbidities.map((name) => STRICTER[name]);
  const own = fromBaseline(patient, parameter, tier);
  return {
    ...tier,
    below: moved(own.below, stepIn(stricter, parameter, 'below')),
    above: moved(own.above, -stepIn(stricter, parameter, 'above')),
  };
}

/** The apnoea tier tells breathing from none: there is nothing to tighten. */
const moved = (limit: number | null, by: number): number | null =>
  // Stryker disable next-line ConditionalExpression: no limit counts as one of nothing.
  limit === null || limit <= 1 ? limit : limit + by;

/** Of several comorbidities the strictest counts, not their sum. */
const stepIn = (stricter: readonly Stricter[], parameter: Parameter, side: Side): number =>
  Math.max(0, ...stricter.map(({ inwards }) => inwards[parameter]?.[side] ?? 0));

function fromBaseline({ baseline, reason, bounds }: BoundedPatient, parameter: Parameter, tier: Tier): Tier {
  const value = baseline[parameter];
  // Stryker disable next-line ConditionalExpression: what is not known is not possible; only its type has to be told.
  if (value === undefined || !isPossible(parameter, value)) return tier;
  const own = rankOf(tier);
  // Stryker disable next-line ArrayDeclaration: what it puts there has no rank.
  const rules = (FROM_BASELINE[parameter] ?? []).filter(({ rank, tightens }) => {
    return rank === own && (tightens || reason.trim() !== '');
  });
  const bound = bounds.find((one) => one.parameter === parameter && one.rank === own);
  return rules.reduce((next, rule) => shifted(next, rule, value, bound), tier);
}

/** Null: a limit that pauses at once is for everybody. */
export function rankOf({ alarm, delay }: Tier): MovableRank | null {
  if (ALARMS[alarm].action === 'none') return 'advisory';
  return delay === 0 ? null : 'pause';
}

function shifted(tier: Tier, { side, distance, tightens }: FromBaseline, baseline: number, bound?: VitalBound): Tier {
  const limit = tier[side];
  if (limit === null) return tier;
  const [inner, outer] = side === 'below' ? [Math.max, Math.min] : [Math.min, Math.max];
  const wanted = side === 'below' ? baseline - distance : baseline + distance;
  const loosest = side === 'below' ? bound?.loosestBelow : bound?.loosestAbove;
  return { ...tier, [side]: tightens ? inner(limit, wanted) : outer(limit, inner(wanted, loosest ?? limit)) };
}
