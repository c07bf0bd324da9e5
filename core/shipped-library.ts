import type { DoseWindow, DrugEntry, DrugLibrary, LimitRange, VitalBound } from './library.ts';
import {
  type Gram,
  gram,
  HOUR,
  MINUTE,
  type Microgram,
  microgram,
  microgramPerMillilitre,
  microlitrePerHour,
  type Millisecond,
  millisecond,
} from './units.ts';

/** From the lowest to the highest: hard, soft, soft, hard. */
function range<Q extends number>(hardMin: Q, softMin: Q, softMax: Q, hardMax: Q): LimitRange<Q> {
  return { hardMin, softMin, softMax, hardMax };
}

/** A total grows from nothing, so that it has no lower limit. */
const upTo = <Q extends number>(softMax: Q, hardMax: Q): LimitRange<Q> => ({
  hardMin: null,
  softMin: null,
  softMax,
  hardMax,
});

const mg = (milligrams: number): Microgram => microgram(milligrams * 1000);
const minutes = (count: number): Millisecond => millisecond(count * MINUTE);
const mLPerH = (millilitres: number) => microlitrePerHour(millilitres * 1000);
const mgPerMl = (milligrams: number) => microgramPerMillilitre(milligrams * 1000);

/** The station's own proposal; none of the sources gives a range. It catches pounds typed as grams and slipped digits. */
const WEIGHT: LimitRange<Gram> = range(gram(25_000), gram(40_000), gram(150_000), gram(250_000));
/** Label dilutions are 1 and 2 mg/mL; 0.5 and 5 mg/mL are in use elsewhere. */
const CONCENTRATION = range(mgPerMl(0.5), mgPerMl(1), mgPerMl(2), mgPerMl(5));
/** Ten seconds: below anything clinical, it catches a slipped unit. The label gives a bolus over a minute. */
const SHORTEST = millisecond(10_000);
/** General anaesthesia begins at about 1000 ng/mL. */
const PREDICTION_CEILING = 500;
/**
 * The station's own proposals. A baseline of 90 % brings the SpO2 pause to 86 % and never below the 85 % at which
 * everybody's infusion pauses; a slow heart and a high etCO2 at rest are followed as far, and no further.
 */
const VITAL_BOUNDS: readonly VitalBound[] = [
  { parameter: 'spo2', rank: 'pause', loosestBelow: 85, loosestAbove: null },
  { parameter: 'spo2', rank: 'advisory', loosestBelow: 87, loosestAbove: null },
  ...(['pulse', 'hr'] as const).flatMap((parameter): VitalBound[] => [
    { parameter, rank: 'pause', loosestBelow: 40, loosestAbove: null },
    { parameter, rank: 'advisory', loosestBelow: 42, loosestAbove: null },
  ]),
  { parameter: 'etco2', rank: 'advisory', loosestBelow: null, loosestAbove: 58 },
];
const PROPOSED =
  'weight, flow, lower and daily limits, the ceiling of the prediction and the bounds of vital limits are station proposals';

const day = (dose: LimitRange<Microgram>, dosePerWeight: LimitRange<number>): DoseWindow => ({
  over: millisecond(24 * HOUR),
  dose,
  dosePerWeight,
});

const MOOD: DrugEntry = {
  id: 'KETAMINE-MOOD-CLINIC',
  drug: 'ketamine',
  careArea: 'mood clinic',
  concentrations: [mgPerMl(1), mgPerMl(2)],
  concentration: CONCENTRATION,
  weight: WEIGHT,
  doseRate: range(100, 300, 750, 1000),
  absoluteRate: null,
  dosePerWeight: range(10, 150, 750, 1000),
  sessionDose: range(mg(1), mg(6), mg(112), mg(250)),
  duration: range(SHORTEST, minutes(30), minutes(60), minutes(240)),
  rate: range(mLPerH(1), mLPerH(5), mLPerH(120), mLPerH(250)),
  windows: [day(upTo(mg(112), mg(250)), upTo(750, 1000))],
  predictionCeiling: PREDICTION_CEILING,
  vitalBounds: VITAL_BOUNDS,
  source: `0.5 mg/kg over 40 min is 0.75 mg/kg/h; 1.0 mg/kg/h ceiling of ASRA and Pennsylvania; limits proposed; ${PROPOSED}`,
};

const PAIN: DrugEntry = {
  id: 'KETAMINE-PAIN-CLINIC',
  drug: 'ketamine',
  careArea: 'pain clinic',
  concentrations: [mgPerMl(1), mgPerMl(2)],
  concentration: CONCENTRATION,
  weight: WEIGHT,
  doseRate: range(10, 100, 500, 1000),
  absoluteRate: null,
  dosePerWeight: range(10, 50, 2000, 4000),
  sessionDose: range(mg(1), mg(3), mg(150), mg(200)),
  duration: range(SHORTEST, minutes(30), minutes(240), minutes(480)),
  rate: range(mLPerH(0.5), mLPerH(2), mLPerH(75), mLPerH(250)),
  windows: [
    day(upTo(mg(150), mg(200)), upTo(2000, 4000)),
    { over: millisecond(4 * HOUR), dose: upTo(mg(150), mg(200)), dosePerWeight: upTo(2000, 4000) },
  ],
  predictionCeiling: PREDICTION_CEILING,
  vitalBounds: VITAL_BOUNDS,
  source: `published ranges of 0.1-0.5 mg/kg/h, 200 mg in 4 h; limits proposed; no bolus is offered; ${PROPOSED}`,
};

const CRPS: DrugEntry = {
  id: 'KETAMINE-CRPS-OUTPT',
  drug: 'ketamine',
  careArea: 'complex regional pain syndrome, outpatient',
  concentrations: [mgPerMl(2)],
  concentration: CONCENTRATION,
  weight: WEIGHT,
  doseRate: null,
  absoluteRate: range(2_000, 10_000, 25_000, 50_000),
  dosePerWeight: range(10, 50, 2000, 4000),
  sessionDose: range(mg(1), mg(5), mg(150), mg(200)),
  duration: range(SHORTEST, minutes(30), minutes(240), minutes(480)),
  rate: range(mLPerH(1), mLPerH(5), mLPerH(12.5), mLPerH(25)),
  windows: [day(upTo(mg(150), mg(200)), upTo(2000, 4000))],
  predictionCeiling: PREDICTION_CEILING,
  vitalBounds: VITAL_BOUNDS,
  source: `published ranges of 10-25 mg/h, 200 mg a session; limits proposed; ${PROPOSED}`,
};

/** What the station ships with. Proposals for a site's clinician to check and replace, not a recommendation. */
export const SHIPPED_LIBRARY: DrugLibrary = { version: 'proposal-3', proposal: true, entries: [MOOD, PAIN, CRPS] };

/** The entry of that id, or null: an unknown drug stays stopped. */
export function findEntry(library: DrugLibrary, id: string): DrugEntry | null {
  return library.entries.find((entry) => entry.id === id) ?? null;
}
