import { z } from 'zod';
import { callChannel, SUBSCRIBE_CHANNEL, UNSUBSCRIBE_CHANNEL, UPDATE_CHANNEL } from '../../preload/channels.ts';
import type { TopicName } from '../../preload/contract/contract.ts';
import type { Result } from '../../preload/contract/leaf.ts';
import { leafNames } from '../../preload/derive-api.ts';
import { MAX_CLIENT_MESSAGE } from '../../preload/dialect.ts';
import type { Seat, Station } from '../station/station-types.ts';
import { ORIGIN } from './origin.ts';

/** The part of a WebContents that a seat needs. */
export interface SenderPart {
  readonly id: number;
  send(channel: string, message: unknown): void;
  isDestroyed(): boolean;
}

export interface InvokeEvent {
  readonly sender: SenderPart;
  /** Null once the frame has navigated or gone. */
  readonly senderFrame: { readonly origin: string; readonly parent: unknown } | null;
}

export interface IpcMainPart {
  handle(channel: string, listener: (event: InvokeEvent, ...args: unknown[]) => Promise<Result<unknown>>): void;
}

interface OpenSeat {
  readonly seat: Seat;
  readonly subscriptions: Map<number, () => void>;
}

const MOST_SUBSCRIPTIONS = 32;
/** The call by which a page says once a second that it lives. */
const HEARTBEAT = 'sound.report';
const subscriptionNumber = z.number().int().nonnegative();
const subscribeSchema = z.strictObject({ subscription: subscriptionNumber, topic: z.string() });
const unsubscribeSchema = z.strictObject({ subscription: subscriptionNumber });

const refusal = (code: string, message: string): Result<never> => ({ ok: false, code, message });
const BAD_FRAME = refusal('BAD_FRAME', 'This message is not one of the contract.');
const SENDER_REFUSED = refusal('SENDER_REFUSED', 'Only the top frame of the station may call.');

/** Carries calls and subscriptions of windows to their seats: one channel per leaf of the contract, nothing generic. */
export class StationIpc {
  readonly #station: Pick<Station, 'openSeat'>;
  readonly #seats = new Map<number, OpenSeat>();
  #reported: (contentsId: number) => void = () => undefined;

  constructor(ipcMain: IpcMainPart, station: Pick<Station, 'openSeat'>) {
    this.#station = station;
    const handle = (
      channel: string,
      answer: (sender: SenderPart, input: unknown, stamp: unknown) => Promise<Result<unknown>>,
    ): void =>
      ipcMain.handle(channel, async (event, ...args) => {
        if (!isOwnTopFrame(event)) return SENDER_REFUSED;
        const isWhole = args.length === 1 || args.length === 2;
        return isWhole && isSmall(args) ? answer(event.sender, args[0], args[1] ?? null) : BAD_FRAME;
      });
    for (const leaf of leafNames())
      handle(callChannel(leaf), (sender, input, stamp) => {
        if (leaf === HEARTBEAT) this.#reported(sender.id);
        return this.#of(sender).seat.call(leaf, input, stamp);
      });
    handle(SUBSCRIBE_CHANNEL, async (sender, input) => this.#subscribe(sender, input));
    handle(UNSUBSCRIBE_CHANNEL, async (sender, input) => this.#unsubscribe(sender, input));
  }

  /** Calls `listener` whenever a page has given its sign of life; one listener. */
  onReports(listener: (contentsId: number) => void): void {
    this.#reported = listener;
  }

  /** Ends what a window had: its page is gone, or is being loaded anew. Who was signed in there no longer is. */
  closeSeat(contentsId: number): void {
    this.#seats.get(contentsId)?.seat.close();
    this.#seats.delete(contentsId);
  }

  #of({ id }: SenderPart): OpenSeat {
    const known = this.#seats.get(id);
    if (known) return known;
    const opened = { seat: this.#station.openSeat(), subscriptions: new Map() };
    this.#seats.set(id, opened);
    return opened;
  }

  #subscribe(sender: SenderPart, input: unknown): Result<unknown> {
    const parsed = subscribeSchema.safeParse(input);
    if (!parsed.success) return BAD_FRAME;
    const { subscription, topic } = parsed.data;
    const { seat, subscriptions } = this.#of(sender);
    if (subscriptions.has(subscription)) return BAD_FRAME;
    if (subscriptions.size >= MOST_SUBSCRIPTIONS)
      return refusal('TOO_MANY', `One connection has at most ${MOST_SUBSCRIPTIONS} subscriptions.`);
    // The seat refuses a name that is no topic.
    const result = seat.subscribe(topic as TopicName, ({ number, data }) => {
      if (!sender.isDestroyed()) sender.send(UPDATE_CHANNEL, { subscription, number, data });
    });
    if (!result.ok) return result;
    subscriptions.set(subscription, result.value);
    return { ok: true, value: { subscription } };
  }

  #unsubscribe(sender: SenderPart, input: unknown): Result<unknown> {
    const parsed = unsubscribeSchema.safeParse(input);
    if (!parsed.success) return BAD_FRAME;
    const { subscriptions } = this.#of(sender);
    const end = subscriptions.get(parsed.data.subscription);
    subscriptions.delete(parsed.data.subscription);
    end?.();
    return end ? { ok: true, value: {} } : refusal('UNKNOWN_SUBSCRIPTION', 'It has ended.');
  }
}

function isOwnTopFrame({ senderFrame }: InvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && senderFrame.origin === ORIGIN;
}

function isSmall(input: unknown): boolean {
  try {
    return (JSON.stringify(input) ?? '').length <= MAX_CLIENT_MESSAGE;
  } catch {
    return false;
  }
}
