import { z } from 'zod';

/** In every frame: that somebody works under break-glass concerns everybody, above all the supervisor. */
export const accessFrameSchema = z.strictObject({
  emergencies: z.array(z.strictObject({ person: z.string(), leftMs: z.number().int().nonnegative() })),
  awaitingReview: z.number().int().nonnegative(),
});
