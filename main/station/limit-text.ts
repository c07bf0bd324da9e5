import type { DrugEntry, LimitRange, VitalBound } from '../../core/library.ts';
import type { LimitFinding } from '../../core/order.ts';
import { HOUR, MINUTE } from '../../core/units.ts';
import { PARAMETERS } from '../../core/vitals.ts';

interface Scale {
  readonly per: number;
  readonly unit: string;
}

const NAMES: Readonly<Record<LimitFinding['what'], string>> = {
  weight: 'body weight',
  'dose-rate': 'dose rate by weight',
  'absolute-rate': 'dose rate',
  'dose-per-weight': 'dose by weight',
  'session-dose': 'dose of the session',
  duration: 'duration',
  rate: 'flow rate',
  concentration: 'concentration',
  'concentration-limit': 'concentration',
  'pump-rate': 'rate of the pump',
  'pump-volume': 'volume of the syringe',
  'window-dose': 'dose with what was given before',
  'window-dose-per-weight': 'dose by weight with what was given before',
  'predicted-concentration': 'predicted plasma concentration',
};

/** From the smallest units, in which findings are, to those of the bedside. */
const BEDSIDE: Readonly<Record<string, Scale>> = {
  g: { per: 1000, unit: 'kg' },
  ug: { per: 1000, unit: 'mg' },
  'ug/h': { per: 1000, unit: 'mg/h' },
  'ug/kg': { per: 1000, unit: 'mg/kg' },
  'ug/kg/h': { per: 1000, unit: 'mg/kg/h' },
  'ug/mL': { per: 1000, unit: 'mg/mL' },
  uL: { per: 1000, unit: 'mL' },
  'uL/h': { per: 1000, unit: 'mL/h' },
  ms: { per: MINUTE, unit: 'min' },
};

/** E.g. "dose rate by weight 0.9 mg/kg/h is above the hard limit of 0.75 mg/kg/h". */
export function findingText({ level, what, side, value, limit, unit }: LimitFinding): string {
  const scale = BEDSIDE[unit] ?? { per: 1, unit };
  const shown = (figure: number) => `${Number((figure / scale.per).toPrecision(4))} ${scale.unit}`;
  if (what === 'concentration') return `concentration ${shown(value)} is not one this drug is prepared in`;
  return `${NAMES[what]} ${shown(value)} is ${side} the ${level} limit of ${shown(limit)}`;
}

export function findingsText(findings: readonly LimitFinding[]): string {
  return findings.map(findingText).join('; ');
}

type Limited = readonly [string, LimitRange<number> | null, Scale];

/** One sentence for each limit that the entry has, in the units of the bedside. */
export function entryLimits(entry: DrugEntry): string[] {
  const rows: readonly Limited[] = [
    ['Body weight', entry.weight, { per: 1000, unit: 'kg' }],
    ['Dose rate by weight', entry.doseRate, { per: 1000, unit: 'mg/kg/h' }],
    ['Dose rate', entry.absoluteRate, { per: 1000, unit: 'mg/h' }],
    ['Dose by weight', entry.dosePerWeight, { per: 1000, unit: 'mg/kg' }],
    ['Dose of the session', entry.sessionDose, { per: 1000, unit: 'mg' }],
    ['Duration', entry.duration, { per: MINUTE, unit: 'min' }],
    ['Flow rate', entry.rate, { per: 1000, unit: 'mL/h' }],
    ['Concentration', entry.concentration, { per: 1000, unit: 'mg/mL' }],
    ...entry.windows.flatMap(({ over, dose, dosePerWeight }): Limited[] => [
      [`Dose within ${over / HOUR} h`, dose, { per: 1000, unit: 'mg' }],
      [`Dose by weight within ${over / HOUR} h`, dosePerWeight, { per: 1000, unit: 'mg/kg' }],
    ]),
    ['Predicted plasma concentration', upTo(entry.predictionCeiling), { per: 1, unit: 'ng/mL' }],
  ];
  return [
    ...rows.flatMap(([name, range, scale]) => (range === null ? [] : rangeSentences(name, range, scale))),
    ...entry.vitalBounds.flatMap(boundSentences),
  ];
}

/** how far the limits of a sign may follow one patient's own baseline. */
function boundSentences({ parameter, rank, loosestBelow, loosestAbove }: VitalBound): string[] {
  const { label, unit } = PARAMETERS[parameter];
  const name = `${label} at rest moves the limit that ${rank === 'pause' ? 'pauses' : 'only calls'}`;
  return [
    ...(loosestBelow === null ? [] : [`${name} no lower than ${loosestBelow} ${unit}`]),
    ...(loosestAbove === null ? [] : [`${name} no higher than ${loosestAbove} ${unit}`]),
  ];
}

const upTo = (hardMax: number | null): LimitRange<number> => ({ hardMin: null, softMin: null, softMax: null, hardMax });

function rangeSentences(name: string, range: LimitRange<number>, scale: Scale): string[] {
  const soft = bounds(range.softMin, range.softMax, scale);
  const hard = bounds(range.hardMin, range.hardMax, scale);
  return [
    ...(soft === null ? [] : [`${name} ${soft}, beyond it with a reason`]),
    ...(hard === null ? [] : [`${name} never outside: ${hard}`]),
  ];
}

function bounds(min: number | null, max: number | null, { per, unit }: Scale): string | null {
  if (min === null && max === null) return null;
  if (min === null) return `up to ${Number(max) / per} ${unit}`;
  if (max === null) return `from ${min / per} ${unit}`;
  return `${min / per} to ${max / per} ${unit}`;
}
