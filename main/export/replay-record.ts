import { type ReplayedStep, replay } from '../../core/replay.ts';
import { stateHash } from '../../db/state-hash.ts';
import type { RecordedRow, Recording } from './recordings.ts';
import { type Fact, factsOf, rowFact, unrecordedCommands } from './replay-facts.ts';

/** What the replay of one recording came to. */
export interface ReplayResult {
  readonly events: number;
  /** Rows whose state hash the replay gave again. */
  readonly states: number;
  /** Decisions that are in the record as the replay made them. */
  readonly decisions: number;
  /** Rows of decisions after the last event that was recorded before the station died. */
  readonly unreplayed: number;
  /** The first difference as a sentence; null where there is none. */
  readonly difference: string | null;
}

interface RowOfFact {
  readonly row: RecordedRow;
  readonly fact: Fact;
}

class Different extends Error {}

const CLOSE = 'session.close';

/** Puts every event to the engine again and compares what comes of it with the rows that the station wrote. */
export function replayRecording(recording: Recording): ReplayResult {
  const comparison = new Comparison(recording);
  try {
    const { initial, events } = recording;
    if (initial !== null) for (const step of replay(initial, events)) comparison.take(step);
    comparison.finish();
  } catch (error) {
    if (!(error instanceof Different)) throw error;
    return comparison.result(error.message);
  }
  return comparison.result(null);
}

/** Wall-clock time of a monotonic instant of this run, as the station's own clock went. */
export function wallTime({ rows }: Recording, at: number): string {
  const [row] = rows;
  return row === undefined ? '' : new Date(Date.parse(row.ts) - row.mono + at).toISOString();
}

class Comparison {
  readonly #recording: Recording;
  readonly #rows: readonly RowOfFact[];
  readonly #marks: ReadonlyMap<unknown, readonly RecordedRow[]>;
  readonly #unrecorded: ReadonlySet<number>;
  #events = 0;
  #states = 0;
  #decisions = 0;

  constructor(recording: Recording) {
    this.#recording = recording;
    this.#rows = recording.rows.flatMap((row) => {
      const fact = rowFact(row);
      return fact === null ? [] : [{ row, fact }];
    });
    const marked = recording.rows.filter(({ new: figures }) => figures['stateHash'] !== undefined);
    this.#marks = Map.groupBy(marked, ({ new: figures }) => figures['engineEvent']);
    this.#unrecorded = unrecordedCommands(recording.events);
  }

  take(step: ReplayedStep): void {
    this.#events = step.number;
    for (const fact of factsOf(step, this.#unrecorded)) this.#decision(step, fact);
    for (const row of this.#marks.get(step.number) ?? []) this.#state(step, row);
  }

  finish(): void {
    const { gap, events } = this.#recording;
    if (gap !== null) throw new Different(`Engine events are missing: ${gap}.`);
    const closing = this.#closing();
    if (closing === undefined) return;
    if (closing.new['engineEvent'] !== events.length) {
      const told = String(closing.new['engineEvent']);
      throw new Different(`Engine events are missing: row ${closing.seq} counts ${told}, here are ${events.length}.`);
    }
    const more = this.#rows[this.#decisions];
    if (more === undefined) return;
    throw new Different(
      `Row ${more.row.seq} says "${more.fact.text}"; the engine decides nothing of the kind up to its last event.`,
    );
  }

  result(difference: string | null): ReplayResult {
    const unreplayed = difference === null ? this.#rows.length - this.#decisions : 0;
    return { events: this.#events, states: this.#states, decisions: this.#decisions, unreplayed, difference };
  }

  #closing(): RecordedRow | undefined {
    return this.#recording.rows.find(({ act, new: figures }) => act === CLOSE && figures['stateHash'] !== undefined);
  }

  #decision(step: ReplayedStep, fact: Fact): void {
    const written = this.#rows[this.#decisions];
    if (written?.fact.text !== fact.text) {
      const record = written === undefined ? 'no row says so' : `row ${written.row.seq} says "${written.fact.text}"`;
      throw new Different(`${this.#place(step)}: the engine decides "${fact.text}", but ${record}.`);
    }
    this.#decisions += 1;
  }

  #state(step: ReplayedStep, { seq, new: figures }: RecordedRow): void {
    if (figures['stateHash'] !== stateHash(step.after)) {
      throw new Different(`${this.#place(step)}: the engine's state is not the one whose hash row ${seq} holds.`);
    }
    this.#states += 1;
  }

  #place({ number, event }: ReplayedStep): string {
    return `Event ${number} (${event.kind}, ${wallTime(this.#recording, event.at)})`;
  }
}
