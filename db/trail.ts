/** What the rest of the station may ask of the record. The worker behind it is the only one to open the database. */

export interface Actor {
  readonly id: string;
  readonly role: string;
  /** How the person proved who they are, e.g. `pin`. */
  readonly auth: readonly string[];
}

export type AuditOutcome = 'ok' | 'denied' | 'failed' | 'unknown';
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** One event to be written down; the worker adds seq, prev, salt, wall clock, boot, station and version. */
export interface AuditInput {
  /** Dotted verb, e.g. `pump.start.intent`. */
  readonly act: string;
  /** Monotonic milliseconds at which it happened. */
  readonly mono: number;
  readonly chair: string | null;
  readonly session: string | null;
  /** Patient pseudonym; names never enter the trail. */
  readonly patient: string | null;
  readonly actor: Actor | null;
  readonly outcome: AuditOutcome;
  readonly old?: JsonValue;
  readonly new?: JsonValue;
  readonly reason?: string;
  /** seq of the intent this row resolves. */
  readonly ref?: number;
}

export interface AuditReceipt {
  readonly seq: number;
  /** Hex of the row hash, which is also the Merkle leaf. */
  readonly hash: string;
}

/** A row as stored; `body` is the canonical JSON that was hashed, to the byte. */
export interface AuditRow extends AuditReceipt {
  readonly body: string;
}

export interface SessionRecord {
  readonly id: string;
  readonly chairId: string;
  readonly patientId: string;
  /** Kept outside the trail; needed at the chair and by the supervisor. */
  readonly patientName: string;
  readonly clinician: string;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly state: 'open' | 'ended' | 'interrupted';
}

/** Up to one minute of one-second values; null is a gap and stays one. */
export interface TrendChunk {
  readonly session: string;
  readonly chair: string;
  /** Wall-clock time of the first value, ISO 8601 with Z. */
  readonly startedAt: string;
  readonly mono: number;
  readonly spo2: readonly (number | null)[];
  readonly pulse: readonly (number | null)[];
  readonly rateUlPerH: readonly (number | null)[];
  readonly deliveredUl: readonly (number | null)[];
  /** Every other parameter that had a value in this minute. Absent where none had, and in chunks from before there were any. */
  readonly signs?: Readonly<Record<string, readonly (number | null)[]>>;
}

/** What the engine of a chair was given, in the order of its steps. */
export interface EngineChunk {
  readonly session: string;
  readonly chair: string;
  /** Monotonic milliseconds of its first event. */
  readonly mono: number;
  /** Counts from 1 in one recording. A station that takes a session up after a restart begins a new recording. */
  readonly chunk: number;
  /** Number of its first event in the recording, from 1; with `events` a missing chunk shows. */
  readonly firstEvent: number;
  readonly events: number;
  /** Hex SHA-256 of the engine's state after its last event; see state-hash.ts. */
  readonly stateHash: string | null;
  /** JSON Lines, each ended: a header, then one line an event (docs/replay.md). */
  readonly text: string;
}

export interface DamageReport {
  readonly seq: number;
  readonly what:
    | 'row-hash'
    | 'chain'
    | 'seq'
    | 'not-canonical'
    | 'root'
    | 'checkpoint'
    | 'trend'
    | 'engine'
    | 'session'
    | 'head';
  readonly detail: string;
}

export interface Verification {
  readonly rows: number;
  readonly root: string;
  /** First damage, or null when everything fits. */
  readonly damage: DamageReport | null;
}

/** Everything an export of one session needs, read in one transaction. */
export interface SessionBundle {
  readonly session: SessionRecord;
  /** Hex; with the session it gives the seal in the opening row, which proves the name. */
  readonly sessionNonce: string;
  readonly rows: readonly AuditRow[];
  /** For each row its RFC 6962 inclusion proof against `checkpoint`, hex hashes from leaf to root. */
  readonly proofs: readonly (readonly string[])[];
  /** C2SP checkpoint (signed note) over the whole trail. */
  readonly checkpoint: string;
  /** Rows that name the keys (log.genesis, key.rotate) with their own proofs. */
  readonly keyRows: readonly AuditRow[];
  readonly keyProofs: readonly (readonly string[])[];
  /**
   * For each key row after the first: the checkpoint over it, signed by the outgoing key, and the row's proof against
   * that checkpoint. Without them nothing would tie the newest key to the enrolled root key.
   */
  readonly keyHandovers: readonly { readonly checkpoint: string; readonly proof: readonly string[] }[];
  readonly trends: readonly TrendChunk[];
  /** Text of each engine chunk, in the order of the rows that vouch for them. */
  readonly engineChunks: readonly string[];
}

/**
 * Resolving means durable. Rejections are AppErrors: RECORD_LOCKED, RECORD_FULL, RECORD_FAILED,
 * RECORD_DAMAGED; after one, nothing of that call is in the record and the next call may work again.
 */
export interface Trail {
  append(event: AuditInput): Promise<AuditReceipt>;
  openSession(
    session: Omit<SessionRecord, 'openedAt' | 'closedAt' | 'state'>,
    event: AuditInput,
  ): Promise<AuditReceipt>;
  /** Ends or interrupts; the row carries first and last seq and the row count of the session. */
  closeSession(sessionId: string, state: 'ended' | 'interrupted', event: AuditInput): Promise<AuditReceipt>;
  /** The chunk and an audit row with its SHA-256, in one transaction. */
  putTrend(chunk: TrendChunk): Promise<AuditReceipt>;
  /** The engine events and an audit row with their SHA-256, in one transaction. */
  putEngineChunk(chunk: EngineChunk): Promise<AuditReceipt>;
  sessions(): Promise<readonly SessionRecord[]>;
  sessionRows(sessionId: string): Promise<readonly AuditRow[]>;
  sessionTrends(sessionId: string): Promise<readonly TrendChunk[]>;
  bundle(sessionId: string): Promise<SessionBundle>;
  verify(onProgress?: (rowsDone: number, rowsTotal: number) => void): Promise<Verification>;
  /** Origin line of the checkpoints and fingerprint of the enrolled root key. */
  identity(): Promise<{ readonly origin: string; readonly rootFingerprint: string; readonly sealed: boolean }>;
  close(): Promise<void>;
}

export interface TrailOptions {
  /** Folder for the database and, in the browser host, the key file with owner-only rights. */
  readonly folder: string;
  readonly station: string;
  readonly appVersion: string;
}
