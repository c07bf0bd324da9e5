import { z } from 'zod';

/** Why nothing can be started at the whole station until two persons have signed; in every frame, also before sign-in. */
export const holdSchema = z.strictObject({
  /** Names exactly what is signed for: another change has another id. */
  id: z.string(),
  title: z.string(),
  /** What is signed for, one sentence or one changed place of the configuration each. */
  details: z.array(z.string()).readonly(),
});
export type HoldView = z.infer<typeof holdSchema>;
