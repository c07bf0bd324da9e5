import type { DoseWindow, DrugEntry, LimitRange } from './library.ts';
import type { InfusionOrder, LimitFinding } from './order.ts';
import { isModelled } from './pharmacokinetics/ketamine-models.ts';
import { advancePrediction, predictedBand, predictionWithoutDrug } from './pharmacokinetics/predicted-band.ts';
import type { PumpCapability } from './pump.ts';
import { HOUR, type Microlitre, type MicrolitrePerHour } from './units.ts';

type What = LimitFinding['what'];

/** A figure as a fraction: limits are compared by multiplying out, so that a value exactly at its limit passes. */
interface Fraction {
  readonly over: number;
  readonly under: number;
}

const whole = (value: number): Fraction => ({ over: value, under: 1 });

/** Every limit of the library entry that the order itself touches. */
export function orderFindings(order: InfusionOrder, entry: DrugEntry): readonly LimitFinding[] {
  const { concentration, weight, dose, duration } = order;
  // Grams and kilograms, milliseconds and hours: ug/kg = ug * 1000 / g, ug/h = ug * 3,600,000 / ms.
  const perHour: Fraction = { over: dose * HOUR, under: duration };
  const perKilogram: Fraction = { over: dose * 1000, under: weight };
  const perKilogramHour: Fraction = { over: dose * 1000 * HOUR, under: weight * duration };
  return [
    ...concentrationFindings(concentration, entry.concentrations),
    ...rangeFindings('concentration-limit', whole(concentration), entry.concentration, 'ug/mL'),
    ...rangeFindings('weight', whole(weight), entry.weight, 'g'),
    ...rangeFindings('dose-rate', perKilogramHour, entry.doseRate, 'ug/kg/h'),
    ...rangeFindings('absolute-rate', perHour, entry.absoluteRate, 'ug/h'),
    ...rangeFindings('dose-per-weight', perKilogram, entry.dosePerWeight, 'ug/kg'),
    ...rangeFindings('session-dose', whole(dose), entry.sessionDose, 'ug'),
    ...rangeFindings('duration', whole(duration), entry.duration, 'ms'),
  ];
}

/** Limits on what the pump would be given; what it cannot do is a hard limit. */
export function pumpFindings(
  volume: Microlitre,
  rate: MicrolitrePerHour,
  entry: DrugEntry,
  pump: PumpCapability,
): readonly LimitFinding[] {
  return [
    ...rangeFindings('rate', whole(rate), entry.rate, 'uL/h'),
    // A rate that floors to zero would never end, a volume of zero means endless to some pumps.
    ...rangeFindings('pump-rate', whole(rate), capability(Math.max(pump.minRate, 1), pump.maxRate), 'uL/h'),
    ...rangeFindings('pump-volume', whole(volume), capability(Math.max(pump.volumeStep, 1), pump.maxVolume), 'uL'),
  ];
}

function capability(hardMin: number, hardMax: number): LimitRange<number> {
  return { hardMin, softMin: null, softMax: null, hardMax };
}

/** a drug may be prepared only in the concentrations of its entry. The finding names the nearest of them. */
function concentrationFindings(value: number, allowed: readonly number[]): readonly LimitFinding[] {
  if (allowed.includes(value)) return [];
  const [nearest = 0] = allowed.toSorted((a, b) => Math.abs(a - value) - Math.abs(b - value));
  // Stryker disable next-line EqualityOperator: an allowed figure has returned before, so the two are never equal.
  const side = value < nearest ? 'below' : 'above';
  return [{ level: 'hard', what: 'concentration', side, value, limit: nearest, unit: 'ug/mL' }];
}

/** Limits on all that a patient gets within a window of time: this order and what was given before it. */
export function windowFindings(
  { dose, weight }: InfusionOrder,
  { dose: limits, dosePerWeight }: DoseWindow,
  earlier: number,
) {
  const total = dose + earlier;
  return [
    ...rangeFindings('window-dose', whole(total), limits, 'ug'),
    ...rangeFindings('window-dose-per-weight', { over: total * 1000, under: weight }, dosePerWeight, 'ug/kg'),
  ];
}

/**
 * The order itself, run without a pause, must stay below the ceiling of its entry in every model. At a constant rate the
 * concentration only rises, so that its highest is the one at the end. A drug that is not modelled has no prediction.
 */
export function predictionFindings({ weight, dose, duration }: InfusionOrder, entry: DrugEntry) {
  const limit = entry.predictionCeiling;
  // Stryker disable next-line ConditionalExpression: without a ceiling nothing is found either, only later.
  if (limit === null || !isModelled(entry.drug)) return [];
  const { max } = predictedBand(advancePrediction(predictionWithoutDrug(weight), duration, dose));
  const value = Math.ceil(max);
  const ceiling: LimitRange<number> = { hardMin: null, softMin: null, softMax: null, hardMax: limit };
  return rangeFindings('predicted-concentration', whole(value), ceiling, 'ng/mL');
}

/** The most severe limit touched, if any. Null stands for a limit that does not exist. */
function rangeFindings(
  what: What,
  { over, under }: Fraction,
  range: LimitRange<number> | null,
  unit: string,
): readonly LimitFinding[] {
  if (range === null) return [];
  const above = (limit: number | null): limit is number => limit !== null && over > limit * under;
  // Stryker disable next-line ConditionalExpression: null counts as zero here, and no figure is below that.
  const below = (limit: number | null): limit is number => limit !== null && over < limit * under;
  const finding = (level: LimitFinding['level'], side: LimitFinding['side'], limit: number): LimitFinding[] => [
    { level, what, side, value: over / under, limit, unit },
  ];
  if (above(range.hardMax)) return finding('hard', 'above', range.hardMax);
  if (below(range.hardMin)) return finding('hard', 'below', range.hardMin);
  if (above(range.softMax)) return finding('soft', 'above', range.softMax);
  return below(range.softMin) ? finding('soft', 'below', range.softMin) : [];
}
