import type { HoldAct } from '../../db/hold-rows.ts';
import type { JsonValue } from '../../db/trail.ts';
import type { Person } from '../../preload/contract/frames.ts';
import type { HoldView } from '../../preload/contract/hold-frame.ts';
import type { HardPart } from '../configuration/hard-part.ts';
import type { Journal } from './journal.ts';

type Facts = { readonly [name: string]: JsonValue };

/** Something about the station itself that an administrator and a second person have to sign for. */
export interface Hold extends Omit<HoldView, 'endsBy'> {
  /** Row that lifts it, without who signed. */
  readonly lifted: { readonly act: HoldAct; readonly new: Facts; readonly old?: Facts; readonly ref?: number };
}

/**
 * What this start of the station found to be signed for, and what only another start ends. While any is left nothing is
 * armed, started or resumed at any chair; what runs, and STOP, know nothing of it.
 */
export class StationHolds {
  /** A new record: what its first two persons accept by enrolling themselves under it. Null: signatures alone do. */
  readonly awaitsFounding: HardPart | null;
  #open: readonly Hold[];
  #untilRestart: readonly HoldView[] = [];

  constructor(found: readonly Hold[], awaitsFounding: HardPart | null) {
    this.#open = found;
    this.awaitsFounding = awaitsFounding;
  }

  get isHeld(): boolean {
    return this.#open.length + this.#untilRestart.length > 0;
  }

  get views(): readonly HoldView[] {
    const signed = this.#open.map(({ id, title, details }) => ({ id, title, details, endsBy: 'signatures' as const }));
    return [...this.#untilRestart, ...signed];
  }

  find(id: string): Hold | null {
    return this.#open.find((hold) => hold.id === id) ?? null;
  }

  /** Came up while the station runs, and no signature lifts it. */
  holdUntilRestart(view: HoldView): void {
    this.#untilRestart = [...this.#untilRestart, view];
  }

  /** Counts once its row is durable. Rejects with the trail's AppError, and then the station stays held. */
  async lift({ id, lifted }: Hold, by: Person, second: Person, journal: Journal): Promise<void> {
    const { act, ...details } = lifted;
    await journal.durable(act, { ...details, by: by.id, new: { ...details.new, second: second.id } });
    this.#open = this.#open.filter((hold) => hold.id !== id);
  }
}
