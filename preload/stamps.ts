import './no-eval.ts';
import type { StationFrame } from './contract/frames.ts';
import { isStamped, type Stamp } from './contract/stamp.ts';

type Frame = Pick<StationFrame, 'monoMs'> & {
  readonly chairs: readonly { readonly id: string; readonly epoch: number }[];
};

/**
 * Stamps commands by what the page was shown last. The station's clock is known from its frames: the smallest
 * delay seen is the best guess, and what is left of it makes a command look older than it is, never younger.
 */
export class Stamps {
  readonly #epochs = new Map<string, number>();
  #offset = Number.NEGATIVE_INFINITY;
  #sequence = 0;

  /** A frame of the station reached the page. */
  see({ monoMs, chairs }: Frame): void {
    this.#offset = Math.max(this.#offset, monoMs - performance.now());
    for (const { id, epoch } of chairs) this.#epochs.set(id, epoch);
  }

  /** A lost connection may lead to another run of the station, with another clock. */
  forget(): void {
    this.#epochs.clear();
    this.#offset = Number.NEGATIVE_INFINITY;
  }

  /** Null for what needs no stamp, and before any frame: a command that nobody saw a chair for is refused. */
  of(leaf: string, input: unknown): Stamp | null {
    if (!isStamped(leaf) || !Number.isFinite(this.#offset)) return null;
    this.#sequence += 1;
    const chairId = typeof input === 'object' && input !== null && 'chairId' in input ? String(input.chairId) : '';
    const issuedAtMs = Math.floor(performance.now() + this.#offset);
    return { epoch: this.#epochs.get(chairId) ?? 0, sequence: this.#sequence, issuedAtMs };
  }
}
