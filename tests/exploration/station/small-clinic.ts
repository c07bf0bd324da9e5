import { PROPOSED_PROFILE, type SafetyProfile } from '../../../core/profile.ts';
import type { DoseWindow, DrugEntry } from '../../../core/library.ts';
import { SHIPPED_LIBRARY } from '../../../core/shipped-library.ts';
import {
  gram,
  HOUR,
  microgram,
  microgramPerMillilitre,
  microlitrePerHour,
  MINUTE,
  millisecond,
  SECOND,
} from '../../../core/units.ts';
import { manifest } from '../../../drivers/new-era/manifest.ts';
import type { LoadedLibrary } from '../../../main/library/signed-library.ts';

// Two chairs and a drug with small figures. Only figures differ from the product, no rule does: a wait for steady signs
// is shorter, and two orders are given in seconds, so that a history of several days is played in milliseconds.

const EVERYTHING = { hardMin: null, softMin: null, softMax: null, hardMax: null };
const [base] = SHIPPED_LIBRARY.entries;
if (base === undefined) throw new Error('the shipped library has no entry');

const window = (hours: number, most: number): DoseWindow => ({
  over: millisecond(hours * HOUR),
  dose: { ...EVERYTHING, hardMax: microgram(most) },
  dosePerWeight: { ...EVERYTHING, hardMax: 100 },
});

/** At most 8 mg in 4 h, 10 mg and 0.1 mg/kg in a day. */
export const ENTRY: DrugEntry = {
  ...base,
  id: 'EXPLORED',
  // No model knows it, so that nothing but the windows limits what is given.
  drug: 'explored',
  concentrations: [microgramPerMillilitre(5000)],
  concentration: EVERYTHING,
  weight: EVERYTHING,
  doseRate: null,
  absoluteRate: null,
  dosePerWeight: null,
  sessionDose: EVERYTHING,
  duration: EVERYTHING,
  rate: EVERYTHING,
  windows: [window(24, 10_000), window(4, 8000)],
  predictionCeiling: null,
};

export const LIBRARY: LoadedLibrary = {
  library: { version: 'exploration', proposal: true, entries: [ENTRY] },
  digest: 'exploration',
  approvedBy: [],
  valid: null,
  fault: null,
};

/** The long one gives next to nothing while a history watches it, and all of it while nobody hears the pump for hours. */
export const ORDERS = {
  small: { doseUg: 4000, durationMs: 5 * SECOND, weightG: gram(80_000) },
  large: { doseUg: 6000, durationMs: 5 * SECOND, weightG: gram(110_000) },
  long: { doseUg: 6000, durationMs: 6 * HOUR, weightG: gram(110_000) },
} as const;
export type OrderName = keyof typeof ORDERS;

export const orderInput = (name: OrderName) => ({ entryId: ENTRY.id, concentrationUgPerMl: 5000, ...ORDERS[name] });

export const PROFILE: SafetyProfile = {
  ...PROPOSED_PROFILE,
  version: 'exploration',
  steadyBeforeRun: millisecond(SECOND),
  // What locks a chair or asks for somebody is explored with the engine.
  repeatedPauses: 1_000_000,
  idleAfter: millisecond(1000 * HOUR),
  escalateAfter: millisecond(1000 * HOUR),
};

export const CHAIRS = ['chair-1', 'chair-2'] as const;
export type ChairId = (typeof CHAIRS)[number];
/** Two patients; the first one's id is typed in either case. */
export const PATIENTS = ['P-1', 'p-1', 'P-2'] as const;
export type PatientId = (typeof PATIENTS)[number];

const line = { driver: manifest.id, port: 'serial:p', baudRate: null, address: 0, format: null };
const monitor = { driver: 'nonin', port: 'serial:m', baudRate: null, address: 0, format: null };
const syringe = Object.keys(manifest.syringes).at(-1) ?? '';

export const CONFIGURATION = {
  stationName: 'exploration',
  demonstration: false,
  people: [],
  chairs: CHAIRS.map((chairId) => ({ name: chairId, devices: { chairId, pump: line, syringe, monitor } })),
};

/** How long a machine is off that is started anew. */
export const OFF_FOR = 5 * MINUTE;
export const NO_RATE = microlitrePerHour(0);
