import type { WebSocket } from 'ws';
import type { Update } from '../../preload/contract/api.ts';
import type { TopicName } from '../../preload/contract/contract.ts';
import type { Result } from '../../preload/contract/leaf.ts';
import { type ClientMessage, clientMessageSchema, type ServerMessage } from '../../preload/dialect.ts';
import type { Seat } from '../station/station-types.ts';

/** Bytes waiting for a slow reader above which whole-state updates are left out; their numbers show the gap. */
const SKIP_ABOVE = 1024 * 1024;
/** Bytes above which the reader is given up: nothing is buffered without bound. */
const GIVE_UP_ABOVE = 16 * 1024 * 1024;
const MOST_SUBSCRIPTIONS = 32;
/** Topics whose next update makes the skipped one needless. */
const SKIPPABLE: ReadonlySet<string> = new Set<TopicName>(['station', 'wave']);

type SocketPart = Pick<WebSocket, 'on' | 'send' | 'terminate' | 'bufferedAmount'>;

/** Carries the calls and subscriptions of one socket to its seat, until the socket closes. */
export class SeatSocket {
  readonly #socket: SocketPart;
  readonly #seat: Seat;
  readonly #subscriptions = new Map<number, () => void>();
  #lastSubscription = 0;

  constructor(socket: SocketPart, seat: Seat) {
    this.#socket = socket;
    this.#seat = seat;
    socket.on(
      'message',
      (data, isBinary) => void this.#received(isBinary || !Buffer.isBuffer(data) ? '' : data.toString()),
    );
    socket.on('close', () => seat.close());
  }

  async #received(text: string): Promise<void> {
    const message = parse(text);
    if (message === null) {
      this.#send({ id: null, result: refusal('BAD_FRAME', 'This message is not one of the dialect chairside.v1.') });
    } else if ('call' in message) {
      this.#send({ id: message.id, result: await this.#seat.call(message.call, message.input, message.stamp ?? null) });
    } else if ('subscribe' in message) {
      this.#subscribe(message.id, message.subscribe);
    } else {
      this.#unsubscribe(message.id, message.unsubscribe);
    }
  }

  /** The answer goes first, then the snapshot: the client knows the number of every update it gets. */
  #subscribe(id: number, topic: string): void {
    if (this.#subscriptions.size >= MOST_SUBSCRIPTIONS) {
      this.#send({
        id,
        result: refusal('TOO_MANY', `One connection has at most ${MOST_SUBSCRIPTIONS} subscriptions.`),
      });
      return;
    }
    const subscription = ++this.#lastSubscription;
    const early: Update<unknown>[] = [];
    let deliver = (update: Update<unknown>): void => void early.push(update);
    // The seat refuses a name that is no topic.
    const result = this.#seat.subscribe(topic as TopicName, (update) => deliver(update));
    if (!result.ok) {
      this.#send({ id, result });
      return;
    }
    this.#subscriptions.set(subscription, result.value);
    this.#send({ id, result: { ok: true, value: { subscription } } });
    deliver = ({ number, data }) => this.#update(topic, { subscription, number, data });
    for (const update of early) deliver(update);
  }

  #unsubscribe(id: number, subscription: number): void {
    const end = this.#subscriptions.get(subscription);
    this.#subscriptions.delete(subscription);
    end?.();
    const result: Result<unknown> = end ? { ok: true, value: {} } : refusal('UNKNOWN_SUBSCRIPTION', 'It has ended.');
    this.#send({ id, result });
  }

  #update(topic: string, message: ServerMessage): void {
    if (SKIPPABLE.has(topic) && this.#socket.bufferedAmount > SKIP_ABOVE) return;
    this.#send(message);
  }

  #send(message: ServerMessage): void {
    if (this.#socket.bufferedAmount > GIVE_UP_ABOVE) this.#socket.terminate();
    else this.#socket.send(JSON.stringify(message), ignoreClosed);
  }
}

/** With a callback ws does not throw for a socket that closed meanwhile; 'close' ends the seat. */
const ignoreClosed = (): void => undefined;

function parse(text: string): ClientMessage | null {
  try {
    return clientMessageSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function refusal(code: string, message: string): Result<never> {
  return { ok: false, code, message };
}
