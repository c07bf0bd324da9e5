import { z } from 'zod';
import type { HoldRow } from '../../db/hold-rows.ts';
import { differences, digestOf, type HardPart } from '../configuration/hard-part.ts';
import type { Hold } from './holds.ts';
import type { Journal } from './journal.ts';

const ACCEPTED = 'configuration.accepted';

const acceptedSchema = z.object({ hard: z.record(z.string(), z.string()) });

/** The newest one of the record; null where none was ever accepted. */
export function acceptedIn(rows: readonly HoldRow[]): HardPart | null {
  const newest = rows.findLast(({ act }) => act === ACCEPTED);
  return acceptedSchema.safeParse(newest?.facts).data?.hard ?? null;
}

/** Holds a station whose configuration is another than the one that two persons accepted last, or whose record knows of none. */
export function configurationHold(hard: HardPart, accepted: HardPart | null): Hold | null {
  const digest = digestOf(hard);
  const before = accepted === null ? null : digestOf(accepted);
  if (digest === before) return null;
  const details = differences(accepted ?? {}, hard);
  const old = before === null ? {} : { old: { digest: before } };
  return {
    id: `configuration-${digest}`,
    title:
      before === null ? 'Nobody has accepted this configuration yet.' : 'The configuration of this station changed.',
    details,
    lifted: { act: ACCEPTED, ...old, new: { digest, hard, changes: details } },
  };
}

/** Founding a record accepts the configuration under which its first two persons enrolled themselves; `people` says who. */
export function acceptFounding(hard: HardPart, journal: Journal, people: readonly string[]): void {
  const reason = 'the first configuration of this record, taken with its first people';
  journal.note(ACCEPTED, { reason, new: { digest: digestOf(hard), hard, people } });
}
