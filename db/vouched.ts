import { z } from 'zod';
import type { RowFields } from './verify-row.ts';

/** Bytes that are kept beside the trail; each piece is vouched for by the SHA-256 in its row. */
export type VouchedKind = 'trend' | 'engine';

interface Vouched {
  /** Act of the rows that vouch for it. */
  readonly act: string;
  readonly table: string;
  /** As a report of damage calls it. */
  readonly name: string;
}

export const VOUCHED = {
  trend: { act: 'trend.chunk', table: 'trend_chunk', name: 'trend values' },
  engine: { act: 'engine.chunk', table: 'engine_chunk', name: 'engine events' },
} as const satisfies Record<VouchedKind, Vouched>;

export const VOUCHED_KINDS = Object.keys(VOUCHED) as readonly VouchedKind[];

/** What kind of bytes the row vouches for; null for every other row. */
export function vouchedKind({ act }: RowFields): VouchedKind | null {
  return VOUCHED_KINDS.find((kind) => VOUCHED[kind].act === act) ?? null;
}

const hashSchema = z.object({ sha256: z.string() });

/** Hash that the row vouches for; null where it names none. */
export function vouchedHash(fields: RowFields): string | null {
  return hashSchema.safeParse(fields.new).data?.sha256 ?? null;
}
