import { z } from 'zod';
import { SEDATION_LEVELS } from '../../core/sedation.ts';
import { command } from './leaf.ts';

const chairId = z.string().min(1).max(64);
/** How long ago it was taken, counted by whoever enters it. */
const takenAgoMs = z.number().int().nonnegative();

/** Readings that a person takes. Impossible figures are refused with VITALS_IMPOSSIBLE, never corrected. */
export const vitals = {
  /** A cuff pressure (mmHg) or a MOAA/S score, by the scale that the station names (`sedationScale`). */
  enter: command(
    ['clinician'],
    z.strictObject({
      chairId,
      takenAgoMs,
      reading: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('cuff'), systolicMmHg: z.number(), diastolicMmHg: z.number() }),
        z.strictObject({ kind: z.literal('sedation'), score: z.number(), scale: z.literal(SEDATION_LEVELS.id) }),
      ]),
    }),
    z.strictObject({}),
  ),
};
