import { z } from 'zod';

/** Why nothing can be armed, started or resumed at the whole station; in every frame, also before sign-in. */
export const holdSchema = z.strictObject({
  /** Names exactly what holds: another change has another id. */
  id: z.string(),
  title: z.string(),
  /** What is signed for, or what to do and what was found: one sentence or one changed place of the configuration each. */
  details: z.array(z.string()).readonly(),
  /** `signatures`: two persons sign (`station.liftHold`). `restart`: nobody can; the station is started anew. */
  endsBy: z.enum(['signatures', 'restart']),
});
export type HoldView = z.infer<typeof holdSchema>;
