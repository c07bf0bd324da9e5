import { AppError } from '../drivers/kit/app-error.ts';
import type { Anchored } from './anchored.ts';
import { composeBody, NO_ROW, type RowExtra, type RunFacts } from './body.ts';
import { originOf, signCheckpoint } from './checkpoint.ts';
import { CompactRange } from './compact-range.ts';
import { publicKeyOf, selfTest } from './ed25519.ts';
import { leafHash } from './hash.ts';
import { type KeyStore, newSeed } from './keys.ts';
import { type KeylessTip, type LogTip, readTip, type SoundTip } from './log-tip.ts';
import type { SqlDatabase, SqlStatement } from './sql.ts';
import { toRecordError } from './sql-errors.ts';
import { systemEvent } from './system-event.ts';
import type { AuditInput, AuditReceipt } from './trail.ts';
import { GENESIS, ROTATE } from './verify-keys.ts';

/** What goes with a row: members the station does not choose itself, and writes of the same transaction. */
export interface Alongside {
  readonly extra?: (seq: number) => RowExtra;
  /** Runs inside the transaction, after the row and its checkpoint. */
  readonly write?: (seq: number, note: string) => void;
  /** Signs the head, where the row hands over to it. @default the key that signs `note` */
  readonly headSeed?: Buffer;
}

interface SignedRow {
  readonly seq: number;
  readonly body: string;
  readonly hash: Buffer;
  readonly root: Buffer;
  /** CompactRange.bytes() with this row. */
  readonly peaks: Buffer;
  /** The checkpoint over it. */
  readonly note: string;
  /** The same as head; another text only where the key changes. */
  readonly head: string;
}

/** Appends to the trail. One transaction a row: body, hash, tree and signed checkpoint, or none of them. */
export class AuditLog {
  readonly #run: RunFacts;
  readonly #keyStore: KeyStore;
  readonly #insertRow: SqlStatement;
  readonly #writeHead: SqlStatement;
  readonly #insertCheckpoint: SqlStatement;
  readonly #commit: (row: SignedRow, write: Alongside['write']) => void;
  #tip: Exclude<LogTip, KeylessTip>;
  #note: string | null = null;
  #beganSegment = false;
  #wrote: (act: string) => void = () => undefined;

  private constructor(db: SqlDatabase, run: RunFacts, keyStore: KeyStore, tip: Exclude<LogTip, KeylessTip>) {
    this.#run = run;
    this.#keyStore = keyStore;
    this.#tip = tip;
    this.#insertRow = db.prepare('INSERT INTO audit (seq, body, hash) VALUES (?, ?, ?)');
    this.#writeHead = db.prepare(
      `INSERT INTO head (id, size, root, peaks, note) VALUES (1, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET size = excluded.size, root = excluded.root, peaks = excluded.peaks, note = excluded.note`,
    );
    this.#insertCheckpoint = db.prepare('INSERT INTO checkpoint (size, note) VALUES (?, ?)');
    // Made once: better-sqlite3 takes as long to make a transaction as to carry out a small statement.
    const transaction = db.transaction((row: SignedRow, write: Alongside['write']) => this.#store(row, write));
    this.#commit = (row, write) => transaction.immediate(row, write);
  }

  /** Takes up the trail in the file, or begins one. A damaged trail opens for reading: evidence must stay readable. */
  static open(db: SqlDatabase, run: RunFacts, keyStore: KeyStore): AuditLog {
    selfTest();
    const found = readTip(db, keyStore);
    if (found === null) return AuditLog.#begin(db, run, keyStore);
    if (found.kind === 'keyless') return AuditLog.#goOn(db, run, keyStore, found);
    return new AuditLog(db, run, keyStore, found);
  }

  static #begin(db: SqlDatabase, run: RunFacts, keyStore: KeyStore): AuditLog {
    const seed = newSeed();
    keyStore.save({ current: seed, next: null });
    const origin = originOf(run.station);
    const tip: SoundTip = { kind: 'sound', range: CompactRange.empty, prev: NO_ROW, origin, seed };
    const log = new AuditLog(db, run, keyStore, tip);
    log.append(systemEvent(GENESIS, { new: { origin, ...log.#named(seed) } }));
    log.#beganSegment = true;
    return log;
  }

  /** Where not even a new key can be kept, the record opens for reading: the station shows it, and starts nothing. */
  static #goOn(db: SqlDatabase, run: RunFacts, keyStore: KeyStore, old: KeylessTip): AuditLog {
    try {
      return AuditLog.#beginSegment(db, run, keyStore, old);
    } catch (error) {
      const problem = `The signing key is missing, and a new one could not be kept (${toRecordError(error).message})`;
      return new AuditLog(db, run, keyStore, { kind: 'damaged', problem });
    }
  }

  /**
   * The key is lost for good: the trail goes on under a new root key, in a row that names the old head, because a
   * station without a record would be one that cannot treat. What was recorded before stays checkable.
   */
  static #beginSegment(db: SqlDatabase, run: RunFacts, keyStore: KeyStore, old: KeylessTip): AuditLog {
    const seed = newSeed();
    keyStore.save({ current: seed, next: null });
    const { origin, range, prev, note, segment } = old;
    const log = new AuditLog(db, run, keyStore, { kind: 'sound', range, prev, origin, seed });
    const previous = { origin, size: range.size, root: range.root().toString('hex'), note };
    const why = keyStore.problem === null ? '' : ` (${keyStore.problem})`;
    const reason = `The signing key of the record was missing or could not be opened${why}.`;
    const genesis = systemEvent(GENESIS, {
      reason,
      new: { origin, ...log.#named(seed), segment, previous },
    });
    log.append(genesis, { write: (seq, first) => void log.#insertCheckpoint.run(seq, first) });
    log.#beganSegment = true;
    return log;
  }

  /** A key as its first row names it: once sealed, no key that lies open is believed again. */
  #named(seed: Buffer) {
    const pub = publicKeyOf(seed).toString('hex');
    return { pub, ...(this.#keyStore.isSealed && { sealed: true }) };
  }

  append(event: AuditInput, { extra, write, headSeed }: Alongside = {}): AuditReceipt {
    const tip = this.#soundTip();
    const seq = tip.range.size + 1;
    const body = composeBody(event, { seq, prev: tip.prev }, this.#run, extra?.(seq) ?? {});
    const hash = leafHash(body);
    const hex = hash.toString('hex');
    const range = tip.range.with(hex);
    const root = range.root();
    const checkpoint = { origin: tip.origin, size: seq, root };
    const note = signCheckpoint(checkpoint, tip.seed);
    const head = headSeed === undefined ? note : signCheckpoint(checkpoint, headSeed);
    this.#commit({ seq, body, hash, root, peaks: range.bytes(), note, head }, write);
    // Only after COMMIT: a failed append leaves memory where the file is.
    this.#note = head;
    this.#tip = { ...tip, range, prev: hex };
    this.#wrote(event.act);
    return { seq, hash: hex };
  }

  #store({ seq, body, hash, root, peaks, note, head }: SignedRow, write: Alongside['write']): void {
    this.#insertRow.run(seq, body, hash);
    this.#writeHead.run(seq, root, peaks, head);
    write?.(seq, note);
  }

  /**
   * Hands over to a new key and forgets the old one, so that whoever steals the key tomorrow cannot sign for today.
   * Safe to cut anywhere: the new key is on the disk before the row that names it.
   * @param anchored goes into that row, so that an anchor which is taken away is missed
   */
  rotate(anchored: readonly Anchored[] = []): void {
    const { seed } = this.#soundTip();
    const next = newSeed();
    this.#keyStore.save({ current: seed, next });
    const named = { ...this.#named(next), heads: true, ...(anchored.length > 0 && { anchored }) };
    this.append(systemEvent(ROTATE, { old: { pub: publicKeyOf(seed).toString('hex') }, new: named }), {
      write: (seq, note) => void this.#insertCheckpoint.run(seq, note),
      headSeed: next,
    });
    this.#tip = { ...this.#soundTip(), seed: next };
    this.#keyStore.save({ current: next, next: null });
  }

  #soundTip(): SoundTip {
    if (this.#tip.kind === 'sound') return this.#tip;
    const say = 'Nothing more can be added to the record. Keep a copy of its folder, then begin a new one.';
    throw new AppError('RECORD_DAMAGED', `${this.#tip.problem} ${say}`);
  }

  /** @param wrote is told of every row from now on, when it is durable */
  onRow(wrote: (act: string) => void): void {
    this.#wrote = wrote;
  }

  /** The newest signed head that this run wrote; null before its first row. */
  get note(): string | null {
    return this.#note;
  }

  /** Whether this run began the newest segment, or the trail. */
  get beganSegment(): boolean {
    return this.#beganSegment;
  }

  /** Why no row can be added; null while rows can. */
  get problem(): string | null {
    return this.#tip.kind === 'sound' ? null : this.#tip.problem;
  }

  get isSound(): boolean {
    return this.#tip.kind === 'sound';
  }

  /** Rows so far; 0 for a damaged trail. */
  get size(): number {
    return this.#tip.kind === 'sound' ? this.#tip.range.size : 0;
  }
}
