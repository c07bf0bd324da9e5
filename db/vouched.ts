import { z } from 'zod';
import type { RowFields } from './verify-row.ts';

/** Bytes of a session that are kept beside the trail; each piece is vouched for by the SHA-256 in its row. */
export type VouchedKind = 'trend' | 'engine';
/** All bytes that are kept so; those that belong to no session never leave the station. */
export type KeptKind = VouchedKind | 'access';

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

export const KEPT = {
  ...VOUCHED,
  access: { act: 'access.change', table: 'access_change', name: 'changes of access' },
} as const satisfies Record<KeptKind, Vouched>;

export const VOUCHED_KINDS = Object.keys(VOUCHED) as readonly VouchedKind[];
export const KEPT_KINDS = Object.keys(KEPT) as readonly KeptKind[];

/** What kind of bytes the row vouches for; null for every other row. */
export function keptKind({ act }: RowFields): KeptKind | null {
  return KEPT_KINDS.find((kind) => KEPT[kind].act === act) ?? null;
}

const hashSchema = z.object({ sha256: z.string() });

/** Hash that the row vouches for; null where it names none. */
export function vouchedHash(fields: RowFields): string | null {
  return hashSchema.safeParse(fields.new).data?.sha256 ?? null;
}
