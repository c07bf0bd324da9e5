import type { PersonId } from '../../core/engine/state.ts';
import type { Actor, AuditInput, AuditOutcome, AuditReceipt, JsonValue } from '../../db/trail.ts';
import type { Clock } from '../../drivers/kit/clock.ts';
import type { Recorder } from './recorder.ts';

/** What a row says beyond its act. Quantities are whole numbers in the smallest unit; the trail takes no fractions. */
export interface RowDetails {
  readonly by?: PersonId | null;
  readonly outcome?: AuditOutcome;
  readonly old?: JsonValue;
  readonly new?: JsonValue;
  readonly reason?: string;
  /** seq of the intent that this row resolves. */
  readonly ref?: number | undefined;
}

/** The session a row belongs to; the patient by pseudonym only. */
export interface RowSession {
  readonly sessionId: string;
  readonly patientId: string;
}

export interface JournalOptions {
  readonly chairId: string | null;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly actorOf: (person: PersonId) => Actor;
}

/** Writes the rows of one chair (or of the station, with no chair), each bound to the session that is open there. */
export class Journal {
  readonly #options: JournalOptions;
  #session: RowSession | null = null;

  constructor(options: JournalOptions) {
    this.#options = options;
  }

  /** Rows after a session's closing row must not name it: that row carries their count. Returns what was bound. */
  bind(session: RowSession | null): RowSession | null {
    const before = this.#session;
    this.#session = session;
    return before;
  }

  row(act: string, details: RowDetails = {}, session: RowSession | null = this.#session): AuditInput {
    const { by = null, outcome = 'ok', reason, ref } = details;
    return {
      act,
      mono: this.#options.clock.now(),
      chair: this.#options.chairId,
      session: session?.sessionId ?? null,
      patient: session?.patientId ?? null,
      actor: by === null ? null : this.#options.actorOf(by),
      outcome,
      ...(details.old !== undefined && { old: details.old }),
      ...(details.new !== undefined && { new: details.new }),
      ...(reason !== undefined && reason !== '' && { reason }),
      ...(ref !== undefined && { ref }),
    };
  }

  note(act: string, details: RowDetails = {}, written?: (receipt: AuditReceipt) => void): void {
    this.#options.recorder.note(this.row(act, details), written);
  }

  /** Resolves when the row is durable; rejects with the trail's AppError. */
  durable(act: string, details: RowDetails = {}): Promise<AuditReceipt> {
    return this.#options.recorder.durable(this.row(act, details));
  }
}
