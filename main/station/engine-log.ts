import type { EngineEvent } from '../../core/engine/events.ts';
import { toRecordText } from '../../core/engine/record-text.ts';
import type { EngineState, SessionBinding } from '../../core/engine/state.ts';
import type { Millisecond } from '../../core/units.ts';
import { stateHash } from '../../db/state-hash.ts';
import type { EngineChunk } from '../../db/trail.ts';

/** A chunk is handed over at this age (ms) or length, whichever comes first; a crash of the station costs no more. */
const LONGEST = 30_000;
const MOST_EVENTS = 2000;

/** Ties a row to a state: after how many events of the recording, and the hash of the state then. */
export interface EngineMark {
  readonly engineEvent: number;
  readonly stateHash: string | null;
}

export interface EngineLogOptions {
  readonly chairId: string;
  readonly sessionId: string;
  /** The state before the first event. */
  readonly before: EngineState;
  readonly put: (chunk: EngineChunk) => void;
}

/**
 * One recording: everything the engine of a chair is given during a session, so that it can be replayed.
 * Events become text one by one, after the stops they led to were sent, and leave in chunks that nothing waits for.
 */
export class EngineLog {
  readonly #options: EngineLogOptions;
  /** Text of the state before the first event; goes out with the first chunk. */
  #initial: string | null;
  #lines: string[] = [];
  #since: Millisecond | null = null;
  #chunk = 0;
  #events = 0;

  constructor(options: EngineLogOptions) {
    this.#options = options;
    const { before } = options;
    this.#initial = toRecordText({ ...before, session: anonymous(before.session) });
  }

  take(event: EngineEvent): void {
    this.#since ??= event.at;
    this.#events += 1;
    this.#lines.push(toRecordText(event));
  }

  /** Called at every tick, when everything that an event led to is done. */
  tick(state: EngineState, now: Millisecond): void {
    const isOld = this.#since !== null && now - this.#since >= LONGEST;
    if (isOld || this.#lines.length >= MOST_EVENTS) this.flush(state);
  }

  /** For the row of what the newest event led to. */
  mark(state: EngineState): EngineMark {
    return { engineEvent: this.#events, stateHash: stateHash(state) };
  }

  /** Hands over what has been collected; `state` is the one after the newest event. */
  flush(state: EngineState): void {
    const lines = this.#lines;
    const mono = this.#since;
    this.#lines = [];
    this.#since = null;
    if (mono === null) return;
    this.#chunk += 1;
    const place = { chunk: this.#chunk, firstEvent: this.#events - lines.length + 1, events: lines.length };
    this.#options.put({
      session: this.#options.sessionId,
      chair: this.#options.chairId,
      mono,
      ...place,
      stateHash: stateHash(state),
      text: [header(place, this.#initial), ...lines].map((line) => `${line}\n`).join(''),
    });
    this.#initial = null;
  }
}

function header(place: { chunk: number; firstEvent: number; events: number }, initial: string | null): string {
  const text = JSON.stringify(place);
  return initial === null ? text : `${text.slice(0, -1)},"state":${initial}}`;
}

/** Another patient's session may still be shown when the next begins; an export must not name it. No decision depends on names. */
function anonymous(session: SessionBinding | null): SessionBinding | null {
  return session === null ? null : { ...session, sessionId: '', patientId: '', drugLot: '' };
}
