import { z } from 'zod';
import { fromRecordText } from '../../../core/engine/record-text.ts';
import { engineHeader } from '../engine-events.ts';

const tier = z.object({
  alarm: z.string(),
  below: z.number().nullable(),
  above: z.number().nullable(),
  delay: z.number(),
});
const stateSchema = z.object({
  profile: z.object({
    version: z.string(),
    proposal: z.boolean(),
    vitals: z.array(z.object({ parameter: z.string(), tiers: z.array(tier) })),
  }),
});

/** One limit by which the station watched this session. */
export interface LimitFact {
  readonly parameter: string;
  /** Alarm it raises. */
  readonly alarm: string;
  readonly below: number | null;
  readonly above: number | null;
  /** How long the value has to be beyond it (ms). */
  readonly delay: number;
  readonly profile: string;
  /** Nobody of the site has set it yet. */
  readonly proposal: boolean;
}

/** Limits in the engine's own state at the beginning of the session; none where that was not recorded. */
export function limitsOf(firstChunk: string | undefined): readonly LimitFact[] {
  const [header] = firstChunk?.split('\n', 1) ?? [];
  if (header === undefined) return [];
  const state = stateSchema.safeParse(engineHeader.safeParse(fromRecordText(header)).data?.state).data;
  if (state === undefined) return [];
  const { version, proposal, vitals } = state.profile;
  return vitals.flatMap(({ parameter, tiers }) =>
    tiers.map((each) => ({ parameter, ...each, profile: version, proposal })),
  );
}
