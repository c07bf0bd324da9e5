import { randomBytes } from 'node:crypto';
import { canonicalBody } from './canonical.ts';
import type { AuditInput, ClockWord, JsonValue } from './trail.ts';

/** `prev` of the first row. */
export const NO_ROW = '0'.repeat(64);

/** Facts of this run of the station that every row carries as they are at that moment. */
export interface RunFacts {
  readonly station: string;
  readonly app: string;
  /** Names the run whose monotonic clock `mono` belongs to. */
  readonly boot: string;
  /** Changes while it runs. @default 'unsynced' */
  clk?: ClockWord;
}

/** First and last seq and number of rows of a session, in the row that closes it: makes an omission visible. */
export interface SessionSpan {
  readonly first: number;
  readonly last: number;
  readonly rows: number;
}

interface Place {
  readonly seq: number;
  /** Hex hash of the row before. */
  readonly prev: string;
}

export interface RowExtra {
  readonly span?: SessionSpan;
  /** In the row that opens a session: see session-seal.ts. */
  readonly seal?: string;
}

function optionalMembers({ old, new: now, reason, ref }: AuditInput): { readonly [name: string]: JsonValue } {
  return {
    ...(old === undefined ? {} : { old }),
    ...(now === undefined ? {} : { new: now }),
    ...(reason === undefined ? {} : { reason }),
    ...(ref === undefined ? {} : { ref }),
  };
}

/** The canonical JSON of one row, as it is hashed and stored. Throws RECORD_FAILED for what JSON cannot hold. */
export function composeBody(event: AuditInput, place: Place, run: RunFacts, extra: RowExtra): string {
  return canonicalBody({
    // 2: an export of this trail states its extent (session-extent.ts).
    v: 2,
    ...place,
    // Without a salt, the hash of a row that is not disclosed could be guessed: there are few drugs and few doses.
    salt: randomBytes(16).toString('hex'),
    ts: new Date().toISOString(),
    mono: Math.floor(event.mono),
    // The station cannot know whether its wall clock is right, so it claims nothing that the system has not said.
    clk: 'unsynced',
    ...run,
    act: event.act,
    chair: event.chair,
    session: event.session,
    patient: event.patient,
    actor: event.actor,
    outcome: event.outcome,
    ...optionalMembers(event),
    ...extra,
  });
}
