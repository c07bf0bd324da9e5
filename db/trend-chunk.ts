import { z } from 'zod';
import { AppError } from '../drivers/kit/app-error.ts';
import { canonicalValues } from './canonical.ts';
import { sha256 } from './hash.ts';
import type { AuditInput, TrendChunk } from './trail.ts';
import { VOUCHED } from './vouched.ts';

const MOST_VALUES = 60;

function lengthOf({ spo2, pulse, rateUlPerH, deliveredUl, signs = {} }: TrendChunk): number {
  const lengths = new Set(
    [spo2, pulse, rateUlPerH, deliveredUl, ...Object.values(signs)].map((values) => values.length),
  );
  const [length = 0, ...others] = lengths;
  if (others.length > 0 || length < 1 || length > MOST_VALUES) {
    throw new AppError('RECORD_FAILED', `A trend chunk holds 1 to ${MOST_VALUES} values of each sign, all as many.`);
  }
  return length;
}

/** The bytes to store, and the event that vouches for them. */
export function composeTrend(chunk: TrendChunk, patient: string | null): { bytes: Buffer; event: AuditInput } {
  const seconds = lengthOf(chunk);
  const bytes = Buffer.from(canonicalValues(chunk));
  const event: AuditInput = {
    act: VOUCHED.trend.act,
    mono: chunk.mono,
    chair: chunk.chair,
    session: chunk.session,
    patient,
    actor: null,
    outcome: 'ok',
    new: { sha256: sha256(bytes).toString('hex'), startedAt: chunk.startedAt, seconds },
  };
  return { bytes, event };
}

const values = z.array(z.number().nullable());
const chunkSchema = z.object({
  session: z.string(),
  chair: z.string(),
  startedAt: z.iso.datetime(),
  mono: z.number(),
  spo2: values,
  pulse: values,
  rateUlPerH: values,
  deliveredUl: values,
  signs: z.record(z.string(), values).exactOptional(),
});

/** A chunk as it is stored; null where its bytes were damaged so that they are none any more. */
export function parseTrend(text: string): TrendChunk | null {
  try {
    return chunkSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null; // Not JSON: verification names the damage.
  }
}
