import type { EngineState } from '../../core/engine/state.ts';
import { abstractAlarms, abstractGhost, abstractPump, abstractRest, abstractVitals } from './abstraction.ts';
import type { Ghost } from './ghost.ts';
import { INSTANT, type Node } from './node.ts';
import { SMALL_PROFILE } from './small-world.ts';

/** Values of one part of the state, each kept once and known by a number. Read back from JSON, so that it is plain data. */
class Part<T extends object> {
  readonly #values: T[] = [];
  readonly #ids = new Map<string, number>();
  readonly #known = new WeakMap<object, number>();

  /** The number of a value that is itself one of the kept ones, not only equal to one. */
  known(value: T): number | undefined {
    return this.#known.get(value);
  }

  value(id: number): T {
    const value = this.#values[id];
    if (value === undefined) throw new RangeError(`part ${id} is not kept`);
    return value;
  }

  /** The number of an equal value; kept from now on. */
  keep(given: T): number {
    const text = JSON.stringify(given);
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const value: T = JSON.parse(text);
    const id = this.#values.push(value) - 1;
    this.#ids.set(text, id);
    this.#known.set(value, id);
    return id;
  }
}

interface Rest {
  readonly rest: ReturnType<typeof abstractRest>;
  readonly seen: Ghost;
}

interface Bound {
  readonly session: EngineState['session'];
}

/**
 * Turns abstract states into short exact keys and back: the numbers of their parts. Two states have the same key only
 * when they are equal, so that no state is missed by a collision of hashes.
 */
export class Store {
  readonly #vitals = new Part<EngineState['vitals']>();
  readonly #pump = new Part<EngineState['pump']>();
  readonly #alarms = new Part<EngineState['alarms']>();
  readonly #session = new Part<Bound>();
  readonly #rest = new Part<Rest>();

  key({ state, seen, now }: Node): string {
    const mayGoOn = state.phase === 'infusing' || state.phase === 'paused';
    // A kept part that time has not moved away from is its own abstraction.
    const still = now === INSTANT;
    return [
      (still ? this.#vitals.known(state.vitals) : undefined) ?? this.#vitals.keep(abstractVitals(state.vitals, now)),
      // What is remembered of the volume depends on the phase, too.
      this.#pump.keep(abstractPump(state.pump, now, mayGoOn)),
      (still ? this.#alarms.known(state.alarms) : undefined) ?? this.#alarms.keep(abstractAlarms(state, now)),
      this.#session.keep({ session: state.session }),
      this.#rest.keep({ rest: abstractRest(state, now), seen: abstractGhost(seen, now) }),
    ].join();
  }

  node(key: string): Node {
    const [vitals = -1, pump = -1, alarms = -1, session = -1, rest = -1] = key.split(',').map(Number);
    const { rest: others, seen } = this.#rest.value(rest);
    const state: EngineState = {
      ...others,
      profile: SMALL_PROFILE,
      vitals: this.#vitals.value(vitals),
      pump: this.#pump.value(pump),
      alarms: this.#alarms.value(alarms),
      session: this.#session.value(session).session,
    };
    return { state, seen, now: INSTANT };
  }
}
