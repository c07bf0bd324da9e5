import { z } from 'zod';
import { COMORBIDITIES, type Comorbidity } from '../../core/patient-limits.ts';
import { PARAMETERS, type Parameter } from '../../core/vitals.ts';

const ageMs = z.number().int().nonnegative();
/** The name of a sign. */
export const parameterSchema = z.enum(Object.keys(PARAMETERS) as [Parameter, ...Parameter[]]);
const comorbidity = z.enum(Object.keys(COMORBIDITIES) as [Comorbidity, ...Comorbidity[]]);

/** One vital: a number with its age, or why there is none. A stale value is never a plain number. */
export const vitalSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('valid'), value: z.number(), ageMs }),
  z.strictObject({ state: z.literal('poor'), value: z.number(), ageMs }),
  z.strictObject({ state: z.literal('stale'), value: z.number(), ageMs }),
  z.strictObject({ state: z.literal('none') }),
]);

/** Every parameter, each in the unit of core/vitals.ts; `none` for one that nothing measures. */
export const vitalsSchema = z.record(parameterSchema, vitalSchema);

/** A limit that holds at this chair now. `own`: it is not everybody's, but this patient's. `required`: of its parameter. */
export const limitSchema = z.strictObject({
  parameter: parameterSchema,
  tier: z.enum(['critical', 'pause', 'advisory']),
  below: z.number().nullable(),
  above: z.number().nullable(),
  delayMs: ageMs,
  own: z.boolean(),
  required: z.boolean(),
});

/** Measured when, how old, and when the next is due; only of what is measured now and then. */
export const measurementSchema = z.partialRecord(
  parameterSchema,
  z.strictObject({ takenAt: z.string(), dueInMs: z.number().int() }),
);

/** Why a session holds its patient to other limits than everybody: comorbidities by name, the values at rest, the reason. */
export const patientFactorsSchema = z.strictObject({
  comorbidities: z.array(comorbidity),
  baseline: z.partialRecord(parameterSchema, z.number().int()),
  reason: z.string().trim().max(500),
});

/** One value a second of each parameter beside SpO2 and pulse; null is a gap and stays one. */
export const trendSignsSchema = z.partialRecord(parameterSchema, z.array(z.number().nullable()));
