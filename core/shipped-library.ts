import type { DrugEntry, DrugLibrary, LimitRange } from './library.ts';
import { type Gram, gram, MINUTE, type Microgram, microgram, microgramPerMillilitre, millisecond } from './units.ts';

const UNLIMITED = { hardMin: null, softMin: null, softMax: null, hardMax: null } as const;

const ONE_MG_PER_ML = microgramPerMillilitre(1000);
const TWO_MG_PER_ML = microgramPerMillilitre(2000);

/** The station's own proposal; none of the sources gives a range. It catches pounds typed as grams and slipped digits. */
const WEIGHT: LimitRange<Gram> = {
  hardMin: gram(25_000),
  softMin: gram(40_000),
  softMax: gram(150_000),
  hardMax: gram(250_000),
};
const WEIGHT_SOURCE = 'weight 40-150 kg soft, 25-250 kg hard: station proposal';

const MAX_200_MG: LimitRange<Microgram> = { ...UNLIMITED, hardMax: microgram(200_000) };

const MOOD: DrugEntry = {
  id: 'KETAMINE-MOOD-CLINIC',
  drug: 'ketamine',
  careArea: 'mood clinic',
  concentrations: [ONE_MG_PER_ML, TWO_MG_PER_ML],
  weight: WEIGHT,
  doseRate: { hardMin: null, softMin: 300, softMax: 750, hardMax: 1000 },
  absoluteRate: null,
  dosePerWeight: { ...UNLIMITED, hardMax: 1000 },
  sessionDose: UNLIMITED,
  duration: { ...UNLIMITED, softMin: millisecond(30 * MINUTE), softMax: millisecond(60 * MINUTE) },
  rate: UNLIMITED,
  source: `0.5 mg/kg over 40 min is 0.75 mg/kg/h; 1.0 mg/kg/h ceiling of ASRA and Pennsylvania; limits proposed; ${WEIGHT_SOURCE}`,
};

const PAIN: DrugEntry = {
  id: 'KETAMINE-PAIN-CLINIC',
  drug: 'ketamine',
  careArea: 'pain clinic',
  concentrations: [ONE_MG_PER_ML, TWO_MG_PER_ML],
  weight: WEIGHT,
  doseRate: { hardMin: null, softMin: 100, softMax: 500, hardMax: 1000 },
  absoluteRate: null,
  dosePerWeight: null,
  sessionDose: MAX_200_MG,
  duration: UNLIMITED,
  rate: UNLIMITED,
  source: `published ranges of 0.1-0.5 mg/kg/h, 200 mg in 4 h; limits proposed; no bolus is offered; ${WEIGHT_SOURCE}`,
};

const CRPS: DrugEntry = {
  id: 'KETAMINE-CRPS-OUTPT',
  drug: 'ketamine',
  careArea: 'complex regional pain syndrome, outpatient',
  concentrations: [TWO_MG_PER_ML],
  weight: WEIGHT,
  doseRate: null,
  absoluteRate: { hardMin: null, softMin: 10_000, softMax: 25_000, hardMax: 50_000 },
  dosePerWeight: null,
  sessionDose: MAX_200_MG,
  duration: UNLIMITED,
  rate: UNLIMITED,
  source: `published ranges of 10-25 mg/h, 200 mg a session; limits proposed; ${WEIGHT_SOURCE}`,
};

/** What the station ships with. Proposals for a site's clinician to check and replace, not a recommendation. */
export const SHIPPED_LIBRARY: DrugLibrary = { version: 'proposal-1', proposal: true, entries: [MOOD, PAIN, CRPS] };

/** The entry of that id, or null: an unknown drug stays stopped. */
export function findEntry(library: DrugLibrary, id: string): DrugEntry | null {
  return library.entries.find((entry) => entry.id === id) ?? null;
}
