import type { Update } from '../../preload/contract/api.ts';

interface Subscriber<Data> {
  readonly listener: (update: Update<Data>) => void;
  readonly view: (data: Data) => Data | null;
  number: number;
}

/** One topic: numbers its updates per subscriber, so that a gap is visible. */
export class Publisher<Data> {
  readonly #subscribers = new Set<Subscriber<Data>>();
  readonly #onBroken: (error: unknown) => void;
  readonly #snapshot: (() => Data) | null;

  /**
   * `onBroken` hears of a listener that threw; it is dropped, because supervision must not depend on a screen.
   * `snapshot` is the present state, sent at once as number 0; null where the topic has none.
   */
  constructor(onBroken: (error: unknown) => void, snapshot: (() => Data) | null) {
    this.#onBroken = onBroken;
    this.#snapshot = snapshot;
  }

  get isHeard(): boolean {
    return this.#subscribers.size > 0;
  }

  /** `view` is what this subscriber may see of an update; where it is null the update passes them by. */
  subscribe(listener: (update: Update<Data>) => void, view: (data: Data) => Data | null): () => void {
    const subscriber = { listener, view, number: 1 };
    this.#subscribers.add(subscriber);
    const snapshot = this.#snapshot === null ? null : view(this.#snapshot());
    if (snapshot !== null) this.#deliver(subscriber, { number: 0, data: snapshot });
    return () => void this.#subscribers.delete(subscriber);
  }

  publish(data: Data): void {
    for (const subscriber of this.#subscribers) {
      const seen = subscriber.view(data);
      if (seen === null) continue;
      this.#deliver(subscriber, { number: subscriber.number, data: seen });
      subscriber.number += 1;
    }
  }

  #deliver(subscriber: Subscriber<Data>, update: Update<Data>): void {
    try {
      subscriber.listener(update);
    } catch (error) {
      this.#subscribers.delete(subscriber);
      this.#onBroken(error);
    }
  }
}
