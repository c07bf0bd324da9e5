import type { DrugEntry, LimitRange, VitalBound } from './library.ts';
import { rankOf } from './patient-limits.ts';
import { PROPOSED_VITALS } from './proposed-vitals.ts';
import { HOUR } from './units.ts';
import { isPossible, PARAMETERS } from './vitals.ts';

const DAY = 24 * HOUR;
/** A hundredth of a milligram in a millilitre, the finest figure that is taken where a label is read. */
const TYPED_STEP = 10;

/** What keeps a library from protecting anybody, one sentence each. Empty: nothing. */
export function libraryFaults(entries: readonly DrugEntry[]): readonly string[] {
  if (entries.length === 0) return ['The library has no entry.'];
  const ids = entries.map(({ id }) => id);
  const twice = ids.filter((id, index) => ids.indexOf(id) < index).map((id) => `${id}: the id is used twice.`);
  return [...twice, ...entries.flatMap((entry) => entryFaults(entry).map((fault) => `${entry.id}: ${fault}`))];
}

function entryFaults(entry: DrugEntry): readonly string[] {
  const { concentrations, doseRate, absoluteRate, dosePerWeight, windows, predictionCeiling } = entry;
  const both = {
    weight: entry.weight,
    concentration: entry.concentration,
    duration: entry.duration,
    rate: entry.rate,
    sessionDose: entry.sessionDose,
  };
  const optional = { doseRate, absoluteRate, dosePerWeight };
  const found = [
    ...Object.entries(both).flatMap(([name, range]) => [...missing(name, range), ...disorder(name, range)]),
    ...Object.entries(optional).flatMap(([name, range]) =>
      range === null ? [] : [...missing(name, range), ...disorder(name, range)],
    ),
    ...windows.flatMap(({ over, dose, dosePerWeight: byWeight }) => {
      const name = `window of ${over / HOUR} h`;
      const unlimited = dose.hardMax === null || byWeight.hardMax === null || dose.softMax === null;
      const gap = unlimited ? [`the ${name} has no hard and soft upper limit on the dose and the dose by weight.`] : [];
      return [...gap, ...disorder(name, dose), ...disorder(`${name} by weight`, byWeight)];
    }),
  ];
  if (doseRate === null && absoluteRate === null) found.push('there is no limit on the dose rate.');
  if (!windows.some(({ over }) => over === DAY)) found.push('there is no daily (24 h) total.');
  if (predictionCeiling !== null && predictionCeiling <= 0) found.push('the prediction ceiling is not above zero.');
  const outside = concentrations.filter((value) => isOutside(value, entry.concentration));
  if (concentrations.length === 0 || outside.length > 0) {
    found.push('concentrations: at least one, and none beyond the hard limits of concentration.');
  }
  if (concentrations.some((value) => value % TYPED_STEP !== 0)) {
    found.push('concentrations: at most two decimals of mg/mL, or nobody can enter what the label says.');
  }
  return [...found, ...boundFaults(entry.vitalBounds)];
}

function missing(name: string, { hardMin, softMin, softMax, hardMax }: LimitRange<number>): readonly string[] {
  const isWhole = hardMin !== null && softMin !== null && softMax !== null && hardMax !== null;
  return isWhole ? [] : [`${name}: needs hard and soft, low and high limits.`];
}

/** hardMin <= softMin <= softMax <= hardMax, whichever of them there are. */
function disorder(name: string, { hardMin, softMin, softMax, hardMax }: LimitRange<number>): readonly string[] {
  const there = [hardMin, softMin, softMax, hardMax].filter((limit) => limit !== null);
  const isOrdered = there.every((limit, index) => limit >= (there[index - 1] ?? limit));
  return isOrdered ? [] : [`${name}: the limits are not in the order hardMin, softMin, softMax, hardMax.`];
}

function isOutside(value: number, { hardMin, hardMax }: LimitRange<number>): boolean {
  return value < (hardMin ?? Number.NEGATIVE_INFINITY) || value > (hardMax ?? Number.POSITIVE_INFINITY);
}

function boundFaults(bounds: readonly VitalBound[]): readonly string[] {
  return bounds.flatMap((bound, index) => {
    const { parameter, rank, loosestBelow, loosestAbove } = bound;
    const name = `bounds of ${PARAMETERS[parameter].label} (${rank})`;
    const isTwice = bounds.slice(0, index).some((one) => one.parameter === parameter && one.rank === rank);
    const figures = [loosestBelow, loosestAbove].filter((figure) => figure !== null);
    const isOdd = !figures.every((figure) => isPossible(parameter, figure));
    return [
      ...(isTwice ? [`${name}: they stand there twice.`] : []),
      ...(isOdd ? [`${name}: no such value can be measured.`] : []),
      ...(isBeyondEverybody(bound) ? [`${name}: everybody's infusion pauses at once before that.`] : []),
    ];
  });
}

/** What pauses at once moves for nobody: a bound beyond it would promise what never holds. */
function isBeyondEverybody({ parameter, loosestBelow, loosestAbove }: VitalBound): boolean {
  const atOnce = PROPOSED_VITALS.filter((rule) => rule.parameter === parameter)
    .flatMap(({ tiers }) => tiers)
    .filter((tier) => rankOf(tier) === null);
  return atOnce.some(({ below, above }) => isLess(loosestBelow, below) || isLess(above, loosestAbove));
}

/** Nothing is less than what is not there. */
const isLess = (one: number | null, other: number | null): boolean =>
  one !== null && one < (other ?? Number.NEGATIVE_INFINITY);
