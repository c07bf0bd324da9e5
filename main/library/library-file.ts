import { z } from 'zod';
import type { DrugEntry, DrugLibrary, LimitRange } from '../../core/library.ts';
import {
  gram,
  microgram,
  microgramPerMillilitre,
  microlitrePerHour,
  type Millisecond,
  millisecond,
} from '../../core/units.ts';
import { parameterSchema } from '../../preload/contract/vital-frames.ts';

/** Form of the file; a later one that means something else gets another name. */
export const LIBRARY_FORMAT = 'chairside-library-2';

const whole = z.int().nonnegative();
const text = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .refine((value) => value.isWellFormed(), 'contains a damaged character');
const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`), `is ${bytes} bytes in hex`);
export const keySchema = hex(32);
const date = z.iso.date();
const range = z.strictObject({
  hardMin: whole.nullable(),
  softMin: whole.nullable(),
  softMax: whole.nullable(),
  hardMax: whole.nullable(),
});

/** Figures in the unit of the sign (core/vitals.ts). */
export const vitalBoundSchema = z.strictObject({
  parameter: parameterSchema,
  rank: z.enum(['pause', 'advisory']),
  loosestBelow: whole.nullable(),
  loosestAbove: whole.nullable(),
});

const entrySchema = z.strictObject({
  id: z.string().regex(/^[A-Z0-9][A-Z0-9-]{0,59}$/, 'use capital letters, digits and hyphens'),
  drug: text,
  careArea: text,
  concentrationsUgPerMl: z.array(whole.positive()),
  concentrationUgPerMl: range,
  weightG: range,
  doseRateUgPerKgH: range.nullable(),
  absoluteRateUgPerH: range.nullable(),
  dosePerWeightUgPerKg: range.nullable(),
  sessionDoseUg: range,
  durationMs: range,
  rateUlPerH: range,
  windows: z.array(z.strictObject({ overMs: whole.positive(), doseUg: range, dosePerWeightUgPerKg: range })),
  predictionCeilingNgPerMl: whole.nullable(),
  vitalBounds: z.array(vitalBoundSchema),
  source: text,
});
type EntryFile = z.infer<typeof entrySchema>;

/** What is signed: all of it, in canonical form (RFC 8785). Every quantity is whole, its key names the unit. */
export const contentSchema = z.strictObject({
  format: z.literal(LIBRARY_FORMAT),
  version: text.max(60),
  /** A change of the library takes two persons, each with a key of their own. */
  approvedBy: z.array(z.strictObject({ name: text, key: keySchema })).min(2, 'needs two approvers'),
  /** Days in UTC: usable from the first on, no more on the second. */
  effectiveFrom: date,
  expiresOn: date,
  entries: z.array(entrySchema),
});
export type LibraryContent = z.infer<typeof contentSchema>;

export const fileSchema = z.strictObject({
  library: z.looseObject({}),
  signatures: z.array(z.strictObject({ key: keySchema, signature: hex(64) })),
});
export type LibraryFile = z.infer<typeof fileSchema>;

function rangeOf<Q extends number>(limits: z.infer<typeof range>, make: (value: number) => Q): LimitRange<Q> {
  const limit = (value: number | null): Q | null => (value === null ? null : make(value));
  const { hardMin, softMin, softMax, hardMax } = limits;
  return { hardMin: limit(hardMin), softMin: limit(softMin), softMax: limit(softMax), hardMax: limit(hardMax) };
}

const plain = (value: number): number => value;

function entryOf(entry: EntryFile): DrugEntry {
  const perWeight = entry.dosePerWeightUgPerKg;
  return {
    id: entry.id,
    drug: entry.drug,
    careArea: entry.careArea,
    concentrations: entry.concentrationsUgPerMl.map(microgramPerMillilitre),
    concentration: rangeOf(entry.concentrationUgPerMl, microgramPerMillilitre),
    weight: rangeOf(entry.weightG, gram),
    doseRate: entry.doseRateUgPerKgH && rangeOf(entry.doseRateUgPerKgH, plain),
    absoluteRate: entry.absoluteRateUgPerH && rangeOf(entry.absoluteRateUgPerH, plain),
    dosePerWeight: perWeight && rangeOf(perWeight, plain),
    sessionDose: rangeOf(entry.sessionDoseUg, microgram),
    duration: rangeOf(entry.durationMs, millisecond),
    rate: rangeOf(entry.rateUlPerH, microlitrePerHour),
    windows: entry.windows.map(({ overMs, doseUg, dosePerWeightUgPerKg }) => ({
      over: overMs as Millisecond,
      dose: rangeOf(doseUg, microgram),
      dosePerWeight: rangeOf(dosePerWeightUgPerKg, plain),
    })),
    predictionCeiling: entry.predictionCeilingNgPerMl,
    vitalBounds: entry.vitalBounds,
    source: entry.source,
  };
}

export function libraryOf({ version, entries }: LibraryContent): DrugLibrary {
  return { version, proposal: false, entries: entries.map(entryOf) };
}

/** The same entry as a file has it. */
export function entryFile(entry: DrugEntry): EntryFile {
  return {
    id: entry.id,
    drug: entry.drug,
    careArea: entry.careArea,
    concentrationsUgPerMl: [...entry.concentrations],
    concentrationUgPerMl: entry.concentration,
    weightG: entry.weight,
    doseRateUgPerKgH: entry.doseRate,
    absoluteRateUgPerH: entry.absoluteRate,
    dosePerWeightUgPerKg: entry.dosePerWeight,
    sessionDoseUg: entry.sessionDose,
    durationMs: entry.duration,
    rateUlPerH: entry.rate,
    windows: entry.windows.map(({ over, dose, dosePerWeight }) => ({
      overMs: over,
      doseUg: dose,
      dosePerWeightUgPerKg: dosePerWeight,
    })),
    predictionCeilingNgPerMl: entry.predictionCeiling,
    vitalBounds: [...entry.vitalBounds],
    source: entry.source,
  };
}
