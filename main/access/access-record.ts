import { z } from 'zod';
import { ROLES } from '../../preload/contract/leaf.ts';

/** A person as the record keeps them. */
export const personRecordSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  active: z.boolean(),
  /** Ten wrong secrets in a row: two persons have to unlock. */
  locked: z.boolean(),
  /** PHC-style scrypt string of the PIN or password. */
  secret: z.string(),
  /** Keyed hash of the badge number; null without a badge. */
  badge: z.string().nullable(),
  /** Somebody else chose the secret: until its owner has changed it, it proves nobody but to do that. */
  chosenByOther: z.boolean().default(false),
});
export type PersonRecord = z.infer<typeof personRecordSchema>;

/** One break-glass: a person works as a clinician without being one, and answers for it afterwards. Times are ISO 8601. */
export const emergencyRecordSchema = z.strictObject({
  id: z.string(),
  personId: z.string(),
  startedAt: z.string(),
  /** Null while it lasts. */
  endedAt: z.string().nullable(),
  reason: z.string().nullable(),
  reasonGivenAt: z.string().nullable(),
  /** It came after the hour, by whichever clock says so; rows of before this was kept leave it to their times. */
  reasonLate: z.boolean().default(false),
  review: z.strictObject({ by: z.string(), at: z.string(), justified: z.boolean(), finding: z.string() }).nullable(),
});
export type EmergencyRecord = z.infer<typeof emergencyRecordSchema>;

/** One change, as a whole: what it names replaces what was there before under the same id. */
export const accessChangeSchema = z.strictObject({
  people: z.array(personRecordSchema),
  emergencies: z.array(emergencyRecordSchema),
  /** The string of a new recovery code. Null: the code stays. */
  recovery: z.string().nullable(),
});
