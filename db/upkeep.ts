import type { Anchored } from './anchored.ts';
import type { AuditLog } from './log.ts';
import type { SqlDatabase } from './sql.ts';
import { toRecordError } from './sql-errors.ts';
import { systemEvent } from './system-event.ts';

/** Rows between two WAL checkpoints; the write-ahead log then stays at a few megabytes. */
const ROWS_PER_CHECKPOINT = 500;

/**
 * What the record does for itself between requests, after the answer is out: key rotation and WAL checkpoints.
 * A failure here is no failure of anybody's request. It is kept and becomes a row as soon as a row can be written.
 */
export class Upkeep {
  readonly #db: SqlDatabase;
  readonly #log: AuditLog;
  readonly #anchored: () => readonly Anchored[];
  #isRotationDue: boolean;
  #checkpointedAt: number;
  #problem: string | null = null;

  /** @param anchored see AuditLog.rotate */
  constructor(db: SqlDatabase, log: AuditLog, anchored: () => readonly Anchored[]) {
    this.#anchored = anchored;
    this.#db = db;
    this.#log = log;
    // A start ends the epoch of the run before, unless this start began the trail.
    this.#isRotationDue = log.size > 1;
    this.#checkpointedAt = log.size;
  }

  /** The old key goes on signing if a rotation fails; the next session end or start tries again. */
  requestRotation(): void {
    this.#isRotationDue = true;
  }

  /** Keeps what went wrong until it can be written down. */
  note(error: unknown): void {
    this.#problem = toRecordError(error).message;
  }

  run(): void {
    if (!this.#log.isSound) return;
    try {
      this.#reportProblem();
      this.#rotate();
      this.#checkpoint();
    } catch (error) {
      this.note(error);
    }
  }

  #reportProblem(): void {
    if (this.#problem === null) return;
    this.#log.append(systemEvent('log.upkeep', { outcome: 'failed', reason: this.#problem }));
    this.#problem = null;
  }

  #rotate(): void {
    if (!this.#isRotationDue) return;
    this.#isRotationDue = false;
    this.#log.rotate(this.#anchored());
  }

  #checkpoint(): void {
    if (this.#log.size - this.#checkpointedAt < ROWS_PER_CHECKPOINT) return;
    // Before the try: one that fails comes again after as many rows, and not with a row of its own after each.
    this.#checkpointedAt = this.#log.size;
    this.#db.pragma('wal_checkpoint(PASSIVE)', { simple: true });
  }
}
