import { z } from 'zod';

/** How the record keeps itself; part of every station frame, because somebody must see it before it is needed. */
export const recordViewSchema = z.strictObject({
  /** Whether the signing key lies under the key store of the system; false also for a backend that keeps no secret. */
  sealed: z.boolean(),
  /** 1, and one more for each time the signing key was lost. */
  segment: z.number().int(),
  /** Of the newest segment. Empty until the record has answered for the first time. */
  rootFingerprint: z.string(),
  /** Whether two persons recorded that this fingerprint is the one on paper. */
  enrolled: z.boolean(),
  /** Technical alarms of medium priority about the record itself, each a sentence that says what to do. */
  concerns: z.array(z.string()),
});
export type RecordView = z.infer<typeof recordViewSchema>;
