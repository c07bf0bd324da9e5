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
    vitals: z.array(z.object({ parameter: z.string(), required: z.string().default(''), tiers: z.array(tier) })),
  }),
});

/** What the row `limit.patient` says of each limit of this patient. */
const ownSchema = z.object({
  limits: z.array(tier.omit({ delay: true }).extend({ parameter: z.string(), required: z.string() })),
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
  /** Everybody's figures, where this patient was held to others; else null. */
  readonly general: { readonly below: number | null; readonly above: number | null } | null;
  /** Nothing runs without this sign. */
  readonly required: boolean;
  /** Nobody of the site has set it yet. */
  readonly proposal: boolean;
}

/**
 * Limits that held in this session: in the engine's own state at its beginning, with what the row about this patient
 * put in their place. None where that was not recorded. @param patientRow figures of the row `limit.patient`
 */
export function limitsOf(firstChunk: string | undefined, patientRow: unknown): readonly LimitFact[] {
  const [header] = firstChunk?.split('\n', 1) ?? [];
  if (header === undefined) return [];
  const state = stateSchema.safeParse(engineHeader.safeParse(fromRecordText(header)).data?.state).data;
  if (state === undefined) return [];
  const { version, proposal, vitals } = state.profile;
  const own = ownSchema.safeParse(patientRow).data?.limits ?? [];
  return vitals.flatMap(({ parameter, required, tiers }) =>
    tiers.map(({ alarm, below, above, delay }) => {
      const held = own.find((limit) => limit.parameter === parameter && limit.alarm === alarm);
      const isOther = held !== undefined && (held.below !== below || held.above !== above);
      return {
        parameter,
        alarm,
        below: held === undefined ? below : held.below,
        above: held === undefined ? above : held.above,
        delay,
        profile: version,
        general: isOther ? { below, above } : null,
        required: (held?.required ?? required) === 'always',
        proposal,
      };
    }),
  );
}
