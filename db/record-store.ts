import { randomBytes } from 'node:crypto';
import { AppError } from '../drivers/kit/app-error.ts';
import { composeAccessChange } from './access-changes.ts';
import type { Anchored } from './anchored.ts';
import type { AnchorPlace } from './anchor-places.ts';
import type { Ballast } from './ballast.ts';
import type { RunFacts } from './body.ts';
import type { KeyStore } from './keys.ts';
import { composeEngineChunk } from './engine-chunk.ts';
import { ExportPoint } from './export-point.ts';
import { type Alongside, AuditLog } from './log.ts';
import type { PageCheck } from './page-check.ts';
import { tellRestored } from './restored.ts';
import { NONCE_BYTES, type SessionPerson, sealOf } from './session-seal.ts';
import { EXPORT_BEGUN } from './session-extent.ts';
import { Sessions } from './sessions.ts';
import type { SqlDatabase } from './sql.ts';
import { toRecordError } from './sql-errors.ts';
import { systemEvent } from './system-event.ts';
import type {
  AccessChange,
  AuditInput,
  AuditReceipt,
  DamageReport,
  EngineChunk,
  JsonValue,
  TrendChunk,
} from './trail.ts';
import { composeTrend } from './trend-chunk.ts';
import { Upkeep } from './upkeep.ts';
import { VOUCHED, type VouchedKind } from './vouched.ts';

export interface StoreParts {
  readonly db: SqlDatabase;
  readonly run: RunFacts;
  readonly keyStore: KeyStore;
  readonly ballast: Ballast;
  /** Where anchors are kept. */
  readonly places: readonly AnchorPlace[];
  /** Bytes that may still be written where the record lies. */
  readonly room: () => number;
  /** Copies the file page by page while rows go on. */
  readonly copyTo: (path: string) => Promise<object>;
  /** What the key store of the system did not do at this start, and for which key. @default nothing */
  readonly keyProblems?: readonly KeyProblem[];
  /** Checks the pages of the file. @default nobody does */
  readonly pages?: PageCheck;
  /** Compares tables, indexes, triggers and views with ours, at each check. @default nothing */
  readonly schemaDamage?: () => DamageReport | null;
}

/** A secret of the station that is unsealed, new or not kept, and why. */
export interface KeyProblem {
  readonly of: 'record' | 'anchor';
  readonly reason: string;
}

/** How the rows and their anchors know of each other. */
export interface StoreTies {
  /** Is told of every row of this run, also of the record's own. */
  readonly wrote: (act: string) => void;
  /** See AuditLog.rotate. */
  readonly anchored: () => readonly Anchored[];
}

const UNTIED: StoreTies = { wrote: () => undefined, anchored: () => [] };

function isObject(value: JsonValue | undefined): value is { readonly [name: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function requireSession(event: AuditInput, sessionId: string): void {
  if (event.session === sessionId) return;
  throw new AppError('RECORD_FAILED', `The event of session ${sessionId} names session ${String(event.session)}.`);
}

/** The writing operations of the record. Each is synchronous and one transaction, so requests keep their order. */
export class RecordStore {
  readonly sessions: Sessions;
  readonly upkeep: Upkeep;
  readonly #db: SqlDatabase;
  readonly #log: AuditLog;
  readonly #ballast: Ballast;

  constructor({ db, run, keyStore, ballast }: StoreParts, { wrote, anchored }: StoreTies = UNTIED) {
    this.#db = db;
    this.#ballast = ballast;
    this.#log = AuditLog.open(db, run, keyStore);
    this.#log.onRow(wrote);
    tellRestored(db, this.#log);
    this.sessions = new Sessions(db);
    this.upkeep = new Upkeep(db, this.#log, anchored);
  }

  /** See AuditLog.note. */
  get note(): string | null {
    return this.#log.note;
  }

  /** See AuditLog.problem. */
  get problem(): string | null {
    return this.#log.problem;
  }

  /** See AuditLog.beganSegment. */
  get beganSegment(): boolean {
    return this.#log.beganSegment;
  }

  append(event: AuditInput): AuditReceipt {
    return this.#write(event);
  }

  openSession(session: SessionPerson, event: AuditInput): AuditReceipt {
    requireSession(event, session.id);
    if (this.sessions.find(session.id) !== null) {
      throw new AppError('RECORD_FAILED', `There is already a session ${session.id} in the record.`);
    }
    const nonce = randomBytes(NONCE_BYTES);
    return this.#write(event, {
      extra: () => ({ seal: sealOf(session, nonce) }),
      write: (seq) => this.sessions.insert(session, nonce, seq),
    });
  }

  closeSession(sessionId: string, state: 'ended' | 'interrupted', event: AuditInput): AuditReceipt {
    requireSession(event, sessionId);
    if (this.sessions.get(sessionId).state !== 'open') {
      throw new AppError('RECORD_FAILED', `Session ${sessionId} is already closed.`);
    }
    const receipt = this.#write(event, {
      extra: (seq) => ({ span: this.sessions.spanWith(sessionId, seq) }),
      write: (seq) => this.sessions.close(sessionId, state, seq),
    });
    this.upkeep.requestRotation();
    return receipt;
  }

  /** States what an export will hold, before it is written; nothing comes between the reading of it and the row. */
  beginExport(sessionIds: readonly string[], event: AuditInput): ExportPoint {
    const { new: facts, ...begun } = event;
    if (begun.act !== EXPORT_BEGUN || begun.session !== null) {
      throw new AppError('RECORD_FAILED', `An export begins with a row ${EXPORT_BEGUN} of no session.`);
    }
    const sessions = sessionIds.map((id) => ({ ...this.sessions.extent(id) }));
    this.#write({ ...begun, new: { ...(isObject(facts) && facts), sessions } });
    return ExportPoint.now(this.#db);
  }

  putTrend(chunk: TrendChunk): AuditReceipt {
    const { bytes, event } = composeTrend(chunk, this.#patientOf(chunk.session));
    return this.#writeVouched('trend', event, bytes);
  }

  putEngineChunk(chunk: EngineChunk): AuditReceipt {
    const { bytes, event } = composeEngineChunk(chunk, this.#patientOf(chunk.session));
    return this.#writeVouched('engine', event, bytes);
  }

  putAccess(change: AccessChange, event: AuditInput): AuditReceipt {
    const { bytes, event: vouching } = composeAccessChange(change, event);
    const insert = this.#db.prepare('INSERT INTO access_change (seq, body) VALUES (?, ?)');
    return this.#write(vouching, { write: (seq) => void insert.run(seq, bytes) });
  }

  #patientOf(sessionId: string): string | null {
    return this.sessions.find(sessionId)?.patientId ?? null;
  }

  #writeVouched(kind: VouchedKind, event: AuditInput, bytes: Buffer): AuditReceipt {
    const insert = this.#db.prepare(`INSERT INTO ${VOUCHED[kind].table} (seq, body) VALUES (?, ?)`);
    return this.#write(event, { write: (seq) => void insert.run(seq, bytes) });
  }

  #write(event: AuditInput, alongside: Alongside = {}): AuditReceipt {
    try {
      return this.#log.append(event, alongside);
    } catch (error) {
      const failure = toRecordError(error);
      if (failure.code !== 'RECORD_FULL' || !this.#ballast.release()) throw failure;
    }
    // The reserve is spent: the trail says so first, then the event is tried once more.
    this.#log.append(systemEvent('log.reserve.released', { reason: 'The disk with the record is full.' }));
    return this.#log.append(event, alongside);
  }
}
