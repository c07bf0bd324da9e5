import { type Millisecond, millisecond } from '../../../core/units.ts';

interface Timer {
  due: number;
  /** Milliseconds between two calls; null: one call. */
  readonly every: number | null;
  readonly call: () => void;
}

const NAMES = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] as const;

/** More than promises wait for each other between a reply and the next command; a turn of the event loop costs five times as much. */
const DEEPEST = 40;

/** What promises had to do is done when this resolves. */
async function settled(): Promise<void> {
  for (let depth = 0; depth < DEEPEST; depth += 1) await Promise.resolve();
}

/**
 * Clock and timers of one sequence, which pass as fast as the work allows. Takes the timers of this process from `take`
 * to `giveBack`: one sequence at a time.
 */
export class VirtualTime {
  #now = 1_000;
  readonly #timers = new Set<Timer>();
  readonly #before = NAMES.map((name) => [name, globalThis[name]] as const);

  now(): Millisecond {
    return millisecond(this.#now);
  }

  take(): void {
    const set = (every: boolean) => (call: () => void, wait: number) => this.#set(call, wait, every);
    const clear = (timer: Timer) => void this.#timers.delete(timer);
    Object.assign(globalThis, {
      setTimeout: set(false),
      clearTimeout: clear,
      setInterval: set(true),
      clearInterval: clear,
    });
  }

  /** What still waits is never called. */
  giveBack(): void {
    this.#timers.clear();
    Object.assign(globalThis, Object.fromEntries(this.#before));
  }

  after(wait: number, call: () => void): void {
    this.#set(call, wait, false);
  }

  async pass(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds;
    await settled();
    for (let next = this.#next(until); next !== null; next = this.#next(until)) {
      this.#now = Math.max(this.#now, next.due);
      if (next.every === null) this.#timers.delete(next);
      else next.due += next.every;
      next.call();
      await settled();
    }
    this.#now = until;
  }

  #set(call: () => void, wait: number, every: boolean): Timer {
    const timer = { due: this.#now + Math.max(wait, 1), every: every ? wait : null, call };
    this.#timers.add(timer);
    return timer;
  }

  #next(until: number): Timer | null {
    let first: Timer | null = null;
    for (const timer of this.#timers) if (timer.due <= until && timer.due < (first?.due ?? Infinity)) first = timer;
    return first;
  }
}
