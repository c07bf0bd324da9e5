import type { MessagePort } from 'node:worker_threads';
import type { Backup } from './backup.ts';
import type { ClockStepRow } from './clock-steps.ts';
import type { RowRange } from './export-point.ts';
import type { HoldRow } from './hold-rows.ts';
import type { KeySeal } from './key-seal.ts';
import type { SessionPage, SessionSearch } from './session-search.ts';
import type { LastCheck, StationRowsAsked } from './station-rows.ts';

/** What the rest of the station may ask of the record. The worker behind it is the only one to open the database. */

export interface Actor {
  readonly id: string;
  readonly role: string;
  /** How the person proved who they are, e.g. `pin`. */
  readonly auth: readonly string[];
}

/** What a row says of the wall clock it was stamped by: the system says that a time source disciplines it, or nobody knows. */
export type ClockWord = 'ntp' | 'unsynced';

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

/** The end of a session in the trail at one moment. */
export interface SessionTip {
  /** Its last row so far, and that row's hash in hex. */
  readonly lastSeq: number;
  readonly lastHash: string;
  /** Rows of the whole trail and their root in hex. */
  readonly size: number;
  readonly root: string;
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

/** What changed about people, recovery code or emergency access; whole numbers and text only. Its shape is main's. */
export type AccessChange = { readonly [name: string]: JsonValue };

export interface DamageReport {
  readonly seq: number;
  readonly what:
    | 'row-hash'
    | 'chain'
    | 'seq'
    | 'extent'
    | 'not-canonical'
    | 'root'
    | 'checkpoint'
    | 'trend'
    | 'engine'
    | 'access'
    | 'session'
    | 'head'
    | 'pages'
    | 'schema'
    | 'anchor';
  readonly detail: string;
}

/** What one place outside the database proves about the trail. */
export interface AnchorFinding {
  readonly place: string;
  /** The first so many rows are those that were anchored there; 0 where it proves nothing. */
  readonly size: number;
  /** Anchors that were compared. */
  readonly anchors: number;
  /** Files or lines that are no anchors, or that the key store cannot open. */
  readonly unreadable: number;
}

/** `newest`: what came since the last check; `whole`: every row; `file`: every row, then every page of the file. */
export type VerifyScope = 'newest' | 'whole' | 'file';

/** Rows are checked, then the file is copied, then the pages of that copy are checked; both in pages. */
export type CheckPart = 'rows' | 'copy' | 'pages';

export type CheckProgress = (done: number, total: number, part: CheckPart) => void;

export interface PageProgress {
  readonly part: Exclude<CheckPart, 'rows'>;
  readonly done: number;
  readonly total: number;
}

export interface Verification {
  readonly rows: number;
  readonly root: string;
  /** First damage, or null when everything fits. */
  readonly damage: DamageReport | null;
  /** Rows up to here were found in order by an earlier check and not walked again. Absent: all were walked. */
  readonly after?: number;
  /** Why the pages of the file were not checked, although that was asked for. Absent: they were, or nobody asked. */
  readonly pagesUnchecked?: string;
  readonly anchors: readonly AnchorFinding[];
  /** Newest rows that no anchor covers: whoever holds the key could have removed or rewritten them unseen. */
  readonly unanchoredRows: number;
}

/** The check that the record makes of itself, from the first row on. */
export interface RecordCheck {
  /** `never`: not yet in this run; it comes within two minutes of the start. */
  readonly state: 'never' | 'running' | 'whole' | 'damaged' | 'failed';
  readonly rowsDone: number;
  readonly rowsTotal: number;
  /** Null but while the pages of the file are checked, after its rows. */
  readonly pages: PageProgress | null;
  /** Hex root of the rows that were checked; null before. */
  readonly root: string | null;
  /** What is damaged, why it failed, or what of the file was not checked. */
  readonly detail: string | null;
  /** When it ended, ISO 8601 with Z. */
  readonly at: string | null;
}

/** How the record keeps itself, for the screen and for alarms. */
export interface RecordStatus {
  /** Whether the signing key lies under the key store of the system. */
  readonly sealed: boolean;
  /** 1, and one more for each time the signing key was lost. */
  readonly segment: number;
  /** Of the newest segment. */
  readonly rootFingerprint: string;
  /** Whether two persons recorded that they compared this fingerprint with the paper (row `key.enrolled`). */
  readonly enrolled: boolean;
  readonly anchors: readonly {
    readonly place: string;
    /** Rows it covers; 0 before the first anchor of this run. */
    readonly size: number;
    readonly failure: string | null;
  }[];
  readonly check: RecordCheck;
  /** Sentences that somebody has to act on, each a technical alarm of medium priority. */
  readonly concerns: readonly string[];
}

/** An export that may be written now. */
export interface BegunExport {
  /** Of the row that states what it will hold. */
  readonly seq: number;
  readonly verification: Verification;
  /** Why the record takes no row any more; null while it does. */
  readonly problem: string | null;
}

/** Everything an export of one session needs, read in one transaction. */
export interface SessionBundle {
  readonly session: SessionRecord;
  /** Hex; with the session it gives the seal in the opening row, which proves the name. */
  readonly sessionNonce: string;
  readonly rows: readonly AuditRow[];
  /** For each row its RFC 6962 inclusion proof against `checkpoint`, hex hashes from leaf to root. */
  readonly proofs: readonly (readonly string[])[];
  /** C2SP checkpoint (signed note) over the whole trail, up to the row with which the export began. */
  readonly checkpoint: string;
  /** That row: it states how many rows of which sessions the export holds. Null where the record takes no row any more. */
  readonly begun: { readonly row: AuditRow; readonly proof: readonly string[] } | null;
  /** Rows that the record has lost and without which this session is not whole; see lost-rows.ts. */
  readonly missing: readonly RowRange[];
  /** Rows that name the keys (log.genesis, key.rotate) with their own proofs. */
  readonly keyRows: readonly AuditRow[];
  readonly keyProofs: readonly (readonly string[])[];
  /**
   * For each key row after the first: the checkpoint over it, signed by the outgoing key, and the row's proof against
   * that checkpoint. Without them nothing would tie the newest key to the enrolled root key.
   */
  readonly keyHandovers: readonly { readonly checkpoint: string; readonly proof: readonly string[] }[];
  /** Text of each minute of trend values, to the byte as it was hashed. */
  readonly trendLines: readonly string[];
  /** The same, without minutes that are none any more. */
  readonly trends: readonly TrendChunk[];
  /** Text of each engine chunk, in the order of the rows that vouch for them. */
  readonly engineChunks: readonly string[];
  /** The whole record was checked just before: which anchors vouch for it, and how many newest rows none covers. */
  readonly verification: Verification;
}

/**
 * Resolving means durable. Rejections are AppErrors: RECORD_LOCKED, RECORD_FULL, RECORD_FAILED,
 * RECORD_DAMAGED; after one, nothing of that call is in the record of this run and the next call may work again. The next
 * start may find its row where the disk failed at the row's sync and no later row could be written over it.
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
  /** The change and the row `event` (act `access.change`) with its SHA-256, in one transaction. */
  putAccess(change: AccessChange, event: AuditInput): Promise<AuditReceipt>;
  /** All changes in their order; rejects with RECORD_DAMAGED where they do not fit their rows. */
  accessChanges(): Promise<readonly AccessChange[]>;
  /** What was accepted by two persons and what waits for them, in the order of the record. */
  holdRows(): Promise<readonly HoldRow[]>;
  /** How far the wall clock was put, and at which place in the record. */
  clockSteps(): Promise<readonly ClockStepRow[]>;
  sessions(): Promise<readonly SessionRecord[]>;
  /** One page of the sessions that fit; the record answers other calls while it reads what is new. */
  findSessions(search: SessionSearch): Promise<SessionPage>;
  /** Where the session and the whole trail end now: what a signature is bound to. */
  sessionTip(sessionId: string): Promise<SessionTip>;
  sessionRows(sessionId: string): Promise<readonly AuditRow[]>;
  /** Rows that belong to no session, the newest first. */
  stationRows(asked: StationRowsAsked): Promise<readonly AuditRow[]>;
  lastCheck(): Promise<LastCheck>;
  sessionTrends(sessionId: string): Promise<readonly TrendChunk[]>;
  /**
   * Checks the whole record, then writes the row `event` (act `export.begun`) with the extent of each session. One
   * export is under way at a time; the next one ends it. Rejects with RECORD_FAILED where the signal aborts the check.
   */
  beginExport(
    sessionIds: readonly string[],
    event: AuditInput,
    onProgress?: (rowsDone: number, rowsTotal: number) => void,
    signal?: AbortSignal,
  ): Promise<BegunExport>;
  /** An export of this session alone: begins it, and gives everything that it needs. */
  bundle(sessionId: string): Promise<SessionBundle>;
  /**
   * Posts the bundle of one session of the export that began with row `begun` on `to`, whose other end another thread
   * holds: this thread never reads it. Closes `to`. Rejects with RECORD_FAILED where that export is over.
   */
  sendBundle(sessionId: string, begun: number, to: MessagePort): Promise<void>;
  /**
   * Against every anchor found that reaches so far. Rejects with RECORD_FAILED where the signal aborts it.
   * @param scope @default 'whole'
   */
  verify(onProgress?: CheckProgress, signal?: AbortSignal, scope?: VerifyScope): Promise<Verification>;
  /** What rows say of their wall clock from here on; until the first call they say `unsynced`. */
  clockIs(clk: ClockWord): Promise<void>;
  status(): Promise<RecordStatus>;
  /** A checked copy of the record in a new file of `folder`, made while rows go on. Rejects like `backUp`. */
  backup(folder: string): Promise<Backup>;
  /** Origin line of the checkpoints and fingerprint of the enrolled root key. */
  identity(): Promise<{ readonly origin: string; readonly rootFingerprint: string; readonly sealed: boolean }>;
  /** What an export has to carry or to leave beside it: the signed head of this moment, empty where the record has lost it. */
  head(): Promise<{ readonly note: string; readonly rootFingerprint: string }>;
  /** Rejects with RECORD_HUNG where the record does not answer in time: its thread is then still there, see main/end-process.ts. */
  close(): Promise<void>;
}

export interface TrailOptions {
  /** Folder for the database and, in the browser host, the key file with owner-only rights. */
  readonly folder: string;
  readonly station: string;
  readonly appVersion: string;
  /** Folder of the sealed anchor; never the database's own. @default "anchor" below `folder` */
  readonly anchorFolder?: string;
  /** File on another medium that gets a line for each anchor; null keeps none. @default null */
  readonly anchorFile?: string | null;
  /** The key store of the system; null keeps keys and anchors in files of their owner. @default null */
  readonly keySeal?: KeySeal | null;
}
