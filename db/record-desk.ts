import { readBundle } from './bundle.ts';
import { originOf } from './checkpoint.ts';
import { readKeyChain } from './log-readers.ts';
import type { RecordCall } from './messages.ts';
import { RecordStore, type StoreParts } from './record-store.ts';
import { SessionFacts } from './session-facts.ts';
import { readSessionTip } from './session-tip.ts';
import type { Trail } from './trail.ts';
import { verifyRecord } from './verify-record.ts';

type Identity = Awaited<ReturnType<Trail['identity']>>;

/** Takes the calls of the client to the part of the record that answers them. */
export class RecordDesk {
  readonly #parts: StoreParts;
  readonly #store: RecordStore;
  readonly #facts: SessionFacts;
  #isOpen = true;

  constructor(parts: StoreParts) {
    this.#parts = parts;
    this.#store = new RecordStore(parts);
    this.#facts = new SessionFacts(parts.db);
  }

  /** The answer; a promise for the calls that read much of the trail, a value for the others. */
  serve(call: RecordCall, onProgress: (done: number, total: number) => void): object | Promise<object> | null {
    const { sessions } = this.#store;
    switch (call.name) {
      case 'append':
        return this.#store.append(...call.args);
      case 'openSession':
        return this.#store.openSession(...call.args);
      case 'closeSession':
        return this.#store.closeSession(...call.args);
      case 'putTrend':
        return this.#store.putTrend(...call.args);
      case 'putEngineChunk':
        return this.#store.putEngineChunk(...call.args);
      case 'sessions':
        return sessions.all();
      case 'findSessions':
        return this.#facts.find(...call.args);
      case 'sessionTip':
        return readSessionTip(this.#parts.db, ...call.args);
      case 'sessionRows':
        return sessions.rows(...call.args);
      case 'sessionTrends':
        return sessions.trends(...call.args);
      case 'bundle':
        return readBundle(this.#parts.db, ...call.args);
      case 'verify':
        return verifyRecord(this.#parts.db, onProgress);
      case 'identity':
        return this.#identity();
      case 'close':
        break;
    }
    return this.#close();
  }

  /** Something went wrong that is no failure of a call. */
  noteProblem(error: unknown): void {
    this.#store.upkeep.note(error);
  }

  /** Between two calls. */
  tidy(): void {
    if (this.#isOpen) this.#store.upkeep.run();
  }

  #identity(): Identity {
    const { db, run, keyStore } = this.#parts;
    const keys = readKeyChain(db);
    return {
      origin: keys?.origin ?? originOf(run.station),
      rootFingerprint: keys?.rootFingerprint ?? 'unknown: the first row of the record is damaged',
      sealed: keyStore.isSealed,
    };
  }

  #close(): null {
    this.#isOpen = false;
    this.#parts.db.close();
    return null;
  }
}
