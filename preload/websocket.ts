import type { StationApi, Update } from './contract/api.ts';
import { contract, type TopicName } from './contract/contract.ts';
import type { Result } from './contract/leaf.ts';
import type { Stamp } from './contract/stamp.ts';
import { deriveApi } from './derive-api.ts';
import type { ServerMessage } from './dialect.ts';
import { ReconnectingSocket } from './reconnecting-socket.ts';
import { takeToken } from './token.ts';

type Listener = (update: Update<unknown>) => void;
interface Wish {
  readonly topic: TopicName;
  readonly listener: Listener;
  /** The station's number for it on the present connection. */
  subscription: number | null;
}

const NOT_CONNECTED: Result<never> = {
  ok: false,
  code: 'NOT_CONNECTED',
  message: 'There is no connection to the station. Nothing was sent.',
};

const QUERIES: ReadonlySet<string> = new Set(
  Object.entries(contract).flatMap(([group, leaves]) =>
    Object.entries(leaves).flatMap(([name, { kind }]) => (kind === 'query' ? [`${group}.${name}`] : [])),
  ),
);

/** The dialect's client side: pairs answers with calls and asks again for every subscription after a reconnection. */
class StationSocket {
  readonly #socket = new ReconnectingSocket(takeToken, {
    opened: () => this.#opened(),
    closed: () => this.#closed(),
    received: (text) => this.#received(JSON.parse(text) as ServerMessage),
  });
  readonly #waiting = new Map<number, (result: Result<unknown>) => void>();
  readonly #wishes = new Set<Wish>();
  readonly #connectionListeners = new Set<(connected: boolean) => void>();
  readonly #firstAttempt = Promise.withResolvers<void>();
  #lastId = 0;
  #connected = false;

  constructor() {
    // A new address pasted over the old one changes the fragment only and loads nothing.
    addEventListener('hashchange', () => this.#socket.connect());
    this.#socket.connect();
  }

  /** A command is never kept for later; only a query of a page that is just starting waits for the first attempt. */
  async call(leaf: string, input: unknown, stamp: Stamp | null): Promise<Result<unknown>> {
    if (QUERIES.has(leaf)) await this.#firstAttempt.promise;
    return new Promise((resolve) => this.#request({ call: leaf, input, ...(stamp !== null && { stamp }) }, resolve));
  }

  subscribe(topic: TopicName, listener: Listener): () => void {
    const wish: Wish = { topic, listener, subscription: null };
    this.#wishes.add(wish);
    if (this.#socket.isOpen) this.#subscribeNow(wish);
    return () => {
      this.#wishes.delete(wish);
      if (wish.subscription !== null) this.#unsubscribe(wish.subscription);
    };
  }

  onConnection(listener: (connected: boolean) => void): () => void {
    this.#connectionListeners.add(listener);
    return () => void this.#connectionListeners.delete(listener);
  }

  /** `settle` runs before the next message is read, so a subscription has its number before its first update. */
  #request(content: object, settle: (result: Result<unknown>) => void): void {
    const id = ++this.#lastId;
    if (this.#socket.send({ id, ...content })) this.#waiting.set(id, settle);
    else settle(NOT_CONNECTED);
  }

  /** A refused topic stays silent until the next connection; its caller learns of the right from its own calls. */
  #subscribeNow(wish: Wish): void {
    this.#request({ subscribe: wish.topic }, (result) => {
      if (!result.ok) return;
      const { subscription } = result.value as { subscription: number };
      if (this.#wishes.has(wish)) wish.subscription = subscription;
      else this.#unsubscribe(subscription);
    });
  }

  #unsubscribe(subscription: number): void {
    this.#request({ unsubscribe: subscription }, () => undefined);
  }

  #opened(): void {
    this.#connected = true;
    this.#firstAttempt.resolve();
    for (const listener of this.#connectionListeners) listener(true);
    for (const wish of this.#wishes) this.#subscribeNow(wish);
  }

  /** Whoever still waits is told at once: whether the call took effect is for the next frame to show. */
  #closed(): void {
    this.#firstAttempt.resolve();
    for (const resolve of this.#waiting.values())
      resolve({ ok: false, code: 'NOT_CONNECTED', message: 'The connection was lost before the station answered.' });
    this.#waiting.clear();
    for (const wish of this.#wishes) wish.subscription = null;
    if (!this.#connected) return;
    this.#connected = false;
    for (const listener of this.#connectionListeners) listener(false);
  }

  #received(message: ServerMessage): void {
    if ('subscription' in message) {
      const { subscription, number, data } = message;
      for (const wish of this.#wishes) if (wish.subscription === subscription) wish.listener({ number, data });
      return;
    }
    if (message.id === null) return;
    this.#waiting.get(message.id)?.(message.result);
    this.#waiting.delete(message.id);
  }
}

/** The contract's API for a page served by the browser host. */
export function createWebsocketApi(): StationApi {
  const socket = new StationSocket();
  return deriveApi(
    (leaf, input, stamp) => socket.call(leaf, input, stamp),
    (topic, listener) => socket.subscribe(topic, listener),
    (listener) => socket.onConnection(listener),
  );
}
