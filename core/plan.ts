import { orderFindings, predictionFindings, pumpFindings } from './limits.ts';
import type { InfusionOrder, InfusionPlan, LimitFinding, PlanOrder } from './order.ts';
import type { PumpCapability } from './pump.ts';
import { floorTo, HOUR, type MicrolitrePerHour, type Millisecond, volumeOf } from './units.ts';

/**
 * VTBI = dose / concentration, rate = VTBI / duration, each floored to what the pump can be set to, so that neither the
 * dose nor the dose rate ever exceeds the order. The real running time follows from the floored rate.
 */
export const planOrder: PlanOrder = (order, entry, pump) => {
  const malformed = malformedFigures(order);
  if (malformed.length > 0) return { kind: 'refused', findings: malformed };
  const { volume, rate } = programFor(order, pump);
  const limits = [...orderFindings(order, entry), ...pumpFindings(volume, rate, entry, pump)];
  // The prediction last, and only within the other limits: its work grows with the duration.
  const findings = isForbidden(limits) ? limits : [...limits, ...predictionFindings(order, entry)];
  if (isForbidden(findings)) return { kind: 'refused', findings };
  return { kind: 'plan', plan: { order, rate, volume, runningTime: runningTime(volume, rate) }, findings };
};

const isForbidden = (findings: readonly LimitFinding[]): boolean => findings.some(({ level }) => level === 'hard');

/** a figure that is not a whole number of at least one unit is blocked, never corrected. */
function malformedFigures(order: InfusionOrder): readonly LimitFinding[] {
  const figures: readonly Omit<LimitFinding, 'level' | 'side' | 'limit'>[] = [
    { what: 'concentration', value: order.concentration, unit: 'ug/mL' },
    { what: 'weight', value: order.weight, unit: 'g' },
    { what: 'session-dose', value: order.dose, unit: 'ug' },
    { what: 'duration', value: order.duration, unit: 'ms' },
  ];
  return figures
    .filter(({ value }) => !Number.isSafeInteger(value) || value < 1)
    .map(({ what, value, unit }) => ({ level: 'hard', what, side: 'below', value, limit: 1, unit }));
}

function programFor(order: InfusionOrder, pump: PumpCapability): Pick<InfusionPlan, 'volume' | 'rate'> {
  const volume = floorTo(volumeOf(order.dose, order.concentration), pump.volumeStep);
  const exact = volume * HOUR;
  // Subtracting the remainder first keeps the division exact.
  const rate = ((exact - (exact % order.duration)) / order.duration) as MicrolitrePerHour;
  return { volume, rate: floorTo(rate, pump.rateStep) };
}

/** Rounded up: the infusion is not over before the pump says so. */
function runningTime(volume: number, rate: number): Millisecond {
  return Math.ceil((volume * HOUR) / rate) as Millisecond;
}
