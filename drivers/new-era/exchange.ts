import type { PumpAlarm } from '../../core/pump.ts';
import type { Millisecond } from '../../core/units.ts';
import type { DriverContext } from '../kit/driver.ts';
import { Decoder } from './decoder.ts';
import { encodeSafe, type Frame, judgeReply } from './frame.ts';
import { parseReply, type Reply } from './messages.ts';

/** A reply and the monotonic time at which it was complete. */
export type Answer =
  | { readonly kind: 'reply'; readonly reply: Reply; readonly mode: Frame['mode']; readonly at: Millisecond }
  /** Sent, but nothing came back: the pump may have carried it out. */
  | { readonly kind: 'silent' }
  /** Never sent: a stop came first, the permission ended, or the line is closed. */
  | { readonly kind: 'dropped' };

/** Whether a reply without an error can be the one waited for; the protocol itself numbers nothing. */
export type Fits = (data: string) => boolean;

export interface Request {
  /** Command text without address; empty asks for the status alone. */
  readonly text: string;
  readonly fits: Fits;
  /** Asked once more before the bytes leave: a request that a stop has overtaken or that nothing permits any more is dropped. */
  readonly alive: () => boolean;
  /** Only while the mode of the pump is being changed may an unguarded Basic reply count. */
  readonly acceptsBasic?: boolean;
}

/** What was ever heard on the line; tells a wrong device from a dead line. */
export interface Heard {
  readonly anything: boolean;
  /** A New Era reply from our address. */
  readonly pump: boolean;
  /** The newest of these came without guard: the pump is in Basic mode. */
  readonly basic: boolean;
  /** Our own packets came back. */
  readonly echo: boolean;
}

/** A pump answers within a few character times; the longest packet takes 25 ms at 19,200 baud. */
export const REPLY_TIMEOUT = 400 as Millisecond;
/** After a lost reply nothing but a stop is sent for this long, so that a late one is not taken for the next. */
export const LATE_REPLY = 300 as Millisecond;
/**
 * How long a stop waits for the exchange before it. The protocol is strictly command and reply, and the longest
 * command and reply together take 36 ms at 19,200 baud: a healthy exchange is over by then.
 */
export const STOP_PATIENCE = 50 as Millisecond;

interface Pending {
  readonly request: Request;
  readonly sent: string;
  readonly answer: Promise<Answer>;
  readonly settle: (answer: Answer) => void;
}

/**
 * One command and its reply at a time:   ask -> packet -> line -> decoder -> reply | silent
 * Callers take turns by themselves; only `preempt` may cut in.
 */
export class Exchange {
  readonly #context: DriverContext;
  readonly #address: number;
  readonly #onAlarm: (alarm: PumpAlarm) => void;
  readonly #decoder: Decoder<Frame>;
  #pending: Pending | null = null;
  #endLateWait: (() => void) | null = null;
  #lateWait: Promise<void> = Promise.resolve();
  #closed = false;
  #heard: Heard = { anything: false, pump: false, basic: false, echo: false };

  constructor(context: DriverContext, address: number, onAlarm: (alarm: PumpAlarm) => void) {
    this.#context = context;
    this.#address = address;
    this.#onAlarm = onAlarm;
    this.#decoder = new Decoder(context.clock, judgeReply, {
      frame: (frame) => this.#receive(frame),
      discarded: (reason, bytes) => context.events.discarded(reason, bytes),
    });
    context.line.onData((bytes) => {
      this.#heard = { ...this.#heard, anything: true };
      this.#decoder.push(bytes);
    });
    context.line.onClosed(() => this.#close());
  }

  get heard(): Heard {
    return this.#heard;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Sends when nothing is owed any more, and resolves with what came back. Never rejects. */
  async ask(request: Request): Promise<Answer> {
    await this.#lateWait;
    if (this.#closed || !request.alive()) return { kind: 'dropped' };
    return this.#send(request);
  }

  /**
   * Makes way for a stop: waits at most STOP_PATIENCE for the reply under way. Resolves true when that exchange was cut
   * short, so that its reply may still come in front of the stop's own.
   */
  async preempt(): Promise<boolean> {
    const pending = this.#pending;
    const hurry = setTimeout(() => pending?.settle({ kind: 'silent' }), STOP_PATIENCE);
    const cut = (await pending?.answer)?.kind === 'silent';
    clearTimeout(hurry);
    const owed = cut || this.#endLateWait !== null;
    this.#endLateWait?.();
    return owed;
  }

  #send(request: Request): Promise<Answer> {
    const sent = `${this.#address}${request.text}`;
    const { promise: answer, resolve } = Promise.withResolvers<Answer>();
    const timer = setTimeout(() => {
      this.#expectLateReply();
      pending.settle({ kind: 'silent' });
    }, REPLY_TIMEOUT);
    const settle = (outcome: Answer) => {
      clearTimeout(timer);
      if (this.#pending === pending) this.#pending = null;
      resolve(outcome);
    };
    const pending: Pending = { request, sent, answer, settle };
    this.#pending = pending;
    // A line that refuses bytes is gone; what it took before counts as possibly sent.
    this.#context.line.write(encodeSafe(sent)).catch(() => this.#close());
    return answer;
  }

  #receive(frame: Frame): void {
    const pending = this.#pending;
    if (frame.payload === pending?.sent) return this.#echo(frame);
    const reply = parseReply(frame);
    if (!reply) return this.#discard('not a New Era reply', frame);
    if (reply.address !== this.#address) return this.#discard('another address', frame);
    this.#heard = { ...this.#heard, pump: true, basic: frame.mode === 'basic' };
    if (reply.kind === 'alarm') this.#onAlarm(reply.alarm);
    if (!pending) return this.#late(frame, reply);
    if (frame.mode === 'basic' && !pending.request.acceptsBasic) return this.#discard('reply in Basic mode', frame);
    const fits = reply.kind === 'alarm' || reply.error !== null || pending.request.fits(reply.data);
    if (!fits) return this.#discard('reply to another command', frame);
    pending.settle({ kind: 'reply', reply, mode: frame.mode, at: this.#context.clock.now() });
  }

  /** Nothing is asked: either the pump raised an alarm by itself, or a reply came too late. */
  #late(frame: Frame, reply: Reply): void {
    this.#endLateWait?.();
    if (reply.kind === 'status') this.#discard('late reply', frame);
  }

  #echo(frame: Frame): void {
    this.#heard = { ...this.#heard, echo: true };
    this.#discard('own echo', frame);
  }

  #discard(reason: string, frame: Frame): void {
    this.#context.events.discarded(reason, frame.payload.length);
  }

  #expectLateReply(): void {
    this.#lateWait = new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#endLateWait = null;
        resolve();
      };
      const timer = setTimeout(end, LATE_REPLY);
      this.#endLateWait = end;
    });
  }

  #close(): void {
    this.#closed = true;
    this.#endLateWait?.();
    this.#pending?.settle({ kind: 'silent' });
  }
}
