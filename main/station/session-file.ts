import type { Effect } from '../../core/engine/effects.ts';
import { massCounted, massGiven } from '../../core/engine/dose.ts';
import type { EngineEvent } from '../../core/engine/events.ts';
import type { EngineState, Phase, SessionBinding, UnseenDose } from '../../core/engine/state.ts';
import { isAwaited } from '../../core/engine/unseen.ts';
import type { Millisecond } from '../../core/units.ts';
import { AlarmLoad } from './alarm-load.ts';
import { EngineLog, type EngineMark } from './engine-log.ts';
import type { AuditOutcome } from '../../db/trail.ts';
import type { Journal } from './journal.ts';
import { Progress } from './progress.ts';
import type { Recorder } from './recorder.ts';
import { Trends } from './trends.ts';

/** A stop that is not read back for so long does not keep a session open in the record any longer (ms). */
const CLOSE_LATEST = 10_000;

const ACCOUNTED: Readonly<Record<UnseenDose['accounting'], AuditOutcome>> = {
  awaited: 'unknown',
  counted: 'ok',
  lost: 'failed',
};

interface OverSession {
  readonly sessionId: string;
  readonly phase: 'ended' | 'interrupted';
  readonly since: Millisecond;
}

export interface SessionFileOptions {
  readonly chairId: string;
  readonly journal: Journal;
  readonly recorder: Recorder;
}

/**
 * What the pump has given in the session, by its own counter, the most drug that was in it, and what counts as given;
 * and where the counter of the session's pump stood then, null while it has none.
 */
export function given(state: EngineState): Record<'deliveredUl' | 'deliveredUg' | 'countedUg', number> & {
  counterUl: number | null;
} {
  const { session, pump } = state;
  const dose = session === null ? 0 : massGiven(session, pump.delivered);
  const counterUl = state.boundPump === null ? null : pump.counterAt;
  return { deliveredUl: pump.delivered, deliveredUg: dose, countedUg: massCounted(state), counterUl };
}

/** The file of the session at a chair: its rows, its trends, what its engine was given, and the row that closes it. */
export class SessionFile {
  readonly #options: SessionFileOptions;
  readonly #trends: Trends;
  readonly #progress: Progress;
  #engine: EngineLog | null = null;
  /** Recording of a session that the engine is just being asked for. */
  #asked: EngineLog | null = null;
  #over: OverSession | null = null;
  #load = new AlarmLoad();

  constructor(options: SessionFileOptions) {
    this.#options = options;
    const { chairId, journal, recorder } = options;
    this.#progress = new Progress((state) => journal.note('pump.progress', { new: given(state) }));
    this.#trends = new Trends({ chairId, put: (chunk) => recorder.putTrend(chunk), wallClock: () => new Date() });
  }

  /** Binds rows, trends and engine events to the session when `decide` accepts it; else everything stays as it was. */
  begin(session: SessionBinding, state: EngineState, decide: () => boolean): void {
    if (this.#over !== null) this.#close(this.#over, state);
    const { journal } = this.#options;
    const bound = journal.bind(session);
    this.#asked = this.#recording(session, state);
    const accepted = decide();
    if (accepted) {
      this.#load = new AlarmLoad();
      this.#engine = this.#asked;
      this.#trends.begin(session.sessionId);
    } else journal.bind(bound);
    this.#asked = null;
  }

  /** A session found open at start-up: its rows go on, and a new recording of the engine begins. */
  takeUp(session: SessionBinding, state: EngineState): void {
    this.#options.journal.bind(session);
    this.#engine = this.#recording(session, state);
  }

  /** The engine was given `event`. */
  take(event: EngineEvent): void {
    this.#engine?.take(event);
    this.#asked?.take(event);
  }

  /** For rows that a replay is compared with; nothing while no session is recorded. */
  mark(state: EngineState): EngineMark | undefined {
    return (this.#asked ?? this.#engine)?.mark(state);
  }

  /** An alarm of the chair changed. */
  alarm(effect: Extract<Effect, { kind: 'alarm' }>): void {
    this.#load.note(effect);
  }

  tick(state: EngineState, now: Millisecond): void {
    this.#load.tick(state, now);
    this.#trends.tick(state, now);
    this.#progress.tick(state, now);
    this.#engine?.tick(state, now);
    this.settle(state, now);
  }

  phaseChanged(phase: Phase, session: SessionBinding | null, since: Millisecond): void {
    if (session === null || (phase !== 'ended' && phase !== 'interrupted')) return;
    this.#over = { sessionId: session.sessionId, phase, since };
  }

  /** writes down how what the pump gave unseen is accounted for, each time that it is known better. */
  accountFor(before: EngineState, state: EngineState): void {
    const { unseen, delivered } = state.pump;
    if (unseen === undefined || unseen.accounting === before.pump.unseen?.accounting) return;
    const { accounting, most } = unseen;
    const unseenUl = accounting === 'counted' ? delivered - before.pump.delivered : most;
    this.#options.journal.note('session.gap', {
      outcome: ACCOUNTED[accounting],
      new: { accounting, unseenUl, lastCounterUl: unseen.counter, ...given(state), ...this.mark(state) },
    });
  }

  /** What the pump gives until it reads back as stopped still belongs to the session that was ended. */
  settle(state: EngineState, now: Millisecond): void {
    if (this.#over === null) return;
    // what it gave while the station was down is part of the session, however long it takes to hear of it.
    if (isAwaited(state)) this.#over = { ...this.#over, since: now };
    else if (state.stopping === null || now - this.#over.since > CLOSE_LATEST) this.#close(this.#over, state);
  }

  /** The station ends: what was collected is handed over, the session stays open in the record. */
  leave(state: EngineState): void {
    this.#trends.end();
    this.#endRecording(state);
  }

  #recording({ sessionId }: SessionBinding, before: EngineState): EngineLog {
    const { chairId, recorder } = this.#options;
    return new EngineLog({ chairId, sessionId, before, put: (chunk) => recorder.putEngineChunk(chunk) });
  }

  #endRecording(state: EngineState): void {
    this.#engine?.flush(state);
    this.#engine = null;
  }

  #close({ sessionId, phase }: OverSession, state: EngineState): void {
    const { journal, recorder } = this.#options;
    this.#over = null;
    this.#trends.end();
    const mark = this.#engine?.mark(state);
    this.#endRecording(state);
    const alarmLoad = { ...this.#load.figures() };
    const { unseen } = state.pump;
    const accounting = unseen !== undefined && { accounting: unseen.accounting };
    const figures = { state: phase, ...given(state), ...accounting, ...mark, alarmLoad };
    const row = journal.row('session.close', { new: figures });
    recorder.closeSession(sessionId, phase, row);
    journal.bind(null);
  }
}
