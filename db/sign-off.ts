import { z } from 'zod';
import type { DrugBody } from './drug-rows.ts';

/** What a signature stands for, in the words of 21 CFR 11.50. */
const MEANINGS = ['review', 'approval', 'responsibility'] as const;

export const SIGNED = 'session.signed';

const signedSchema = z.object({
  name: z.string(),
  meaning: z.enum(MEANINGS),
  /** Last row of the session that the signature covers, and that row's hash (21 CFR 11.70). */
  lastSeq: z.int(),
  lastHash: z.string(),
  /** Size and root of the whole trail at that moment. */
  size: z.int(),
  root: z.string(),
});

export interface SignOff extends z.infer<typeof signedSchema> {
  readonly seq: number;
  readonly time: string;
  readonly by: string | null;
  /** Null while the signature holds; else the first row that came after what was signed. */
  readonly changedBy: number | null;
}

/** Signatures under a session. One holds only as long as nothing but signatures was added to what it covers. */
export function signOffs(bodies: readonly DrugBody[]): SignOff[] {
  return bodies.flatMap(({ act, seq, ts, actor, new: figures }) => {
    const signed = act === SIGNED ? signedSchema.safeParse(figures).data : undefined;
    if (signed === undefined) return [];
    const later = bodies.find((row) => row.seq > signed.lastSeq && row.act !== SIGNED);
    return [{ ...signed, seq, time: ts, by: actor?.id ?? null, changedBy: later?.seq ?? null }];
  });
}
