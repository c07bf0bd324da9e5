import type { Effect } from '../../core/engine/effects.ts';
import type { Outcome } from '../../core/pump.ts';
import type { AuditOutcome } from '../../db/trail.ts';
import type { ToDeviceHost } from '../devices/messages.ts';
import type { Journal } from './journal.ts';

type Permit = Extract<Effect, { kind: 'permit' }>;
type Command = Extract<Effect, { kind: 'program' | 'start' }>;

export interface PumpCommandsOptions {
  readonly journal: Journal;
  readonly send: (message: ToDeviceHost) => void;
  /** Whether the engine still waits for this command, no stop came in between, and the patient is still supervised. */
  readonly isWanted: (commandId: number) => boolean;
  readonly permitInForce: () => boolean;
  /** Nothing was sent: the intent could not be written (`record`), or it was no longer wanted when it was (`withdrawn`). */
  readonly onNotSent: (commandId: number, code: 'record' | 'withdrawn') => void;
}

const OUTCOMES: Readonly<Record<Outcome['kind'], AuditOutcome>> = {
  confirmed: 'ok',
  refused: 'failed',
  unknown: 'unknown',
};

/** Sends what raises delivery, and only after its intent is durable (rule 2, R-4.2). */
export class PumpCommands {
  readonly #options: PumpCommandsOptions;
  readonly #open = new Map<number, { readonly act: string; readonly intentSeq: number }>();
  #permit: Permit | null = null;

  constructor(options: PumpCommandsOptions) {
    this.#options = options;
  }

  permit(permit: Permit): void {
    this.#permit = permit;
    this.#options.send(permit);
  }

  /** A stop voids the permission it was sent under; the next run brings its own. */
  forgetPermit(): void {
    this.#permit = null;
  }

  async command(command: Command, epoch: number): Promise<void> {
    const { journal, send, isWanted, onNotSent } = this.#options;
    const { id } = command;
    const act = `pump.${command.kind}`;
    const figures = command.kind === 'program' ? { rateUlPerH: command.rate, volumeUl: command.volume } : {};
    let intentSeq: number;
    try {
      ({ seq: intentSeq } = await journal.durable(`${act}.intent`, { new: { id, epoch, ...figures } }));
    } catch {
      // The recorder raised the alarm already; the engine hears that this command never left.
      return onNotSent(id, 'record');
    }
    if (!isWanted(id)) {
      journal.note(`${act}.withdrawn`, { ref: intentSeq, new: { id } });
      return onNotSent(id, 'withdrawn');
    }
    this.#open.set(id, { act, intentSeq });
    this.#renewPermit();
    send({ ...command, epoch });
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

  /** Writing the intent took time, so the permission starts its life anew together with the command. */
  #renewPermit(): void {
    if (this.#permit !== null && this.#options.permitInForce()) this.#options.send(this.#permit);
  }
}
