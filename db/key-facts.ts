import { originOf } from './checkpoint.ts';
import { isEnrolled, readKeyChain } from './log-readers.ts';
import type { SqlDatabase } from './sql.ts';
import { GENESIS, ROTATE, type Segment } from './verify-keys.ts';

interface Keys {
  readonly origin: string;
  readonly rootFingerprint: string;
  /** From 1 on, one more for each key that was lost. */
  readonly segment: number;
  /** Oldest first. Empty where the first row names no key. */
  readonly segments: readonly Segment[];
  /** Two persons recorded that the fingerprint is the one on paper. */
  readonly enrolled: boolean;
}

const CHANGING: ReadonlySet<string> = new Set([GENESIS, ROTATE, 'key.enrolled']);

/** What the rows that name keys say. Every session adds one: they are read again only after a row that changes it. */
export class KeyFacts {
  readonly #db: SqlDatabase;
  readonly #station: string;
  #known: Keys | null = null;

  constructor(db: SqlDatabase, station: string) {
    this.#db = db;
    this.#station = station;
  }

  /** Is told of every row of this run. */
  saw(act: string): void {
    if (CHANGING.has(act)) this.#known = null;
  }

  get now(): Keys {
    this.#known ??= this.#read();
    return this.#known;
  }

  #read(): Keys {
    const chain = readKeyChain(this.#db);
    const rootFingerprint = chain?.rootFingerprint ?? 'unknown: the first row of the record is damaged';
    return {
      origin: chain?.origin ?? originOf(this.#station),
      rootFingerprint,
      segment: chain?.segments.length ?? 1,
      segments: chain?.segments ?? [],
      enrolled: isEnrolled(this.#db, rootFingerprint),
    };
  }
}
