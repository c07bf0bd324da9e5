import { z } from 'zod';
import type { HoldRow } from '../../db/hold-rows.ts';
import { restoredSchema, restoredSentences } from '../restore/restored-facts.ts';
import type { Hold } from './holds.ts';

const acceptedSchema = z.object({ restored: z.int() });

const acceptedRow = ({ act, facts }: HoldRow): number | null =>
  act === 'record.restore-accepted' ? (acceptedSchema.safeParse(facts).data?.restored ?? null) : null;

/** A hold for each time that a copy was put in the place of the record and nobody has signed for it yet. */
export function restoreHolds(rows: readonly HoldRow[]): readonly Hold[] {
  const accepted = new Set(rows.map(acceptedRow));
  return rows.filter(({ act, seq }) => act === 'record.restored' && !accepted.has(seq)).map(holdFor);
}

function holdFor({ seq, facts }: HoldRow): Hold {
  const restored = restoredSchema.safeParse(facts).data;
  return {
    id: `restored-${seq}`,
    title: 'An older copy was put in the place of the record.',
    details: restored === undefined ? [`Row ${seq} does not say which.`] : restoredSentences(restored),
    lifted: { act: 'record.restore-accepted', ref: seq, new: { restored: seq } },
  };
}
