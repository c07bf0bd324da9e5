import type { Effect } from '../../core/engine/effects.ts';
import type { Outcome } from '../../core/pump.ts';
import type { AuditOutcome } from '../../db/trail.ts';
import type { ToDeviceHost } from '../devices/messages.ts';
import type { Journal } from './journal.ts';

type Command = Extract<Effect, { kind: 'program' | 'start' }>;

export interface PumpCommandsOptions {
  readonly journal: Journal;
  readonly send: (message: ToDeviceHost) => void;
  /** The intent is durable: the engine decides by what is so now, and answers by `send`, `withdraw` or not at all. */
  readonly onWritten: (commandId: number) => void;
  /** The intent could not be written, so that nothing was sent. */
  readonly onUnwritten: (commandId: number) => void;
}

interface Written {
  readonly act: string;
  readonly intentSeq: number;
  readonly message: ToDeviceHost;
}

const OUTCOMES: Readonly<Record<Outcome['kind'], AuditOutcome>> = {
  confirmed: 'ok',
  refused: 'failed',
  unknown: 'unknown',
};

/** Sends what raises delivery, and only after its intent is durable (rule 2, R-4.2). */
export class PumpCommands {
  readonly #options: PumpCommandsOptions;
  /** Intents on disk of which the engine has not said yet whether they go out. */
  readonly #written = new Map<number, Written>();
  readonly #open = new Map<number, Omit<Written, 'message'>>();

  constructor(options: PumpCommandsOptions) {
    this.#options = options;
  }

  async command(command: Command, epoch: number): Promise<void> {
    const { journal, onWritten, onUnwritten } = this.#options;
    const { id } = command;
    const act = `pump.${command.kind}`;
    const figures = command.kind === 'program' ? { rateUlPerH: command.rate, volumeUl: command.volume } : {};
    let intentSeq: number;
    try {
      ({ seq: intentSeq } = await journal.durable(`${act}.intent`, { new: { id, epoch, ...figures } }));
    } catch {
      // The recorder raised the alarm already; the engine hears that this command never left.
      return onUnwritten(id);
    }
    this.#written.set(id, { act, intentSeq, message: { ...command, epoch } });
    onWritten(id);
    this.withdraw(id, 'a stop came first');
  }

  /** The engine lets the command go out. */
  send(id: number): void {
    const written = this.#take(id);
    if (written === undefined) return;
    this.#open.set(id, written);
    this.#options.send(written.message);
  }

  /** The command is not sent; nothing where it is not waiting to be. */
  withdraw(id: number, reason: string): void {
    const written = this.#take(id);
    if (written === undefined) return;
    this.#options.journal.note(`${written.act}.withdrawn`, { ref: written.intentSeq, reason, new: { id } });
  }

  outcome(id: number, outcome: Outcome): void {
    const open = this.#open.get(id);
    if (open === undefined) return;
    this.#open.delete(id);
    const reason = outcome.kind === 'confirmed' ? '' : outcome.kind === 'refused' ? outcome.code : outcome.detail;
    const details = { ref: open.intentSeq, outcome: OUTCOMES[outcome.kind], reason, new: { id } };
    this.#options.journal.note(`${open.act}.outcome`, details);
  }

  /** The device host is gone: what it was told has no known outcome. */
  lost(reason: string): void {
    for (const id of this.#open.keys()) this.outcome(id, { kind: 'unknown', detail: reason });
  }

  #take(id: number): Written | undefined {
    const written = this.#written.get(id);
    this.#written.delete(id);
    return written;
  }
}
