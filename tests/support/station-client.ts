import WebSocket from 'ws';
import { z } from 'zod';
import type { StationFrame } from '../../preload/contract/frames.ts';
import { playPage } from './page.ts';
import { Stamps } from '../../preload/stamps.ts';

const messageSchema = z.union([
  z.object({ id: z.number(), result: z.object({ ok: z.boolean() }).loose() }),
  z.object({ subscription: z.number(), number: z.number(), data: z.unknown() }),
]);

export interface Answer {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly code?: string;
  readonly message?: string;
}

/** What a call comes to when the station is gone. */
const CLOSED: Answer = { ok: false, code: 'CLOSED', message: 'the connection to the station is closed' };

/** Another program that drives the station, speaking docs/station-api.md and nothing else. */
export class StationClient {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly #stamps = new Stamps();
  #next = 1;
  #frame: StationFrame | null = null;
  #frameListener: (frame: StationFrame) => void = () => {};
  #endPage: () => void = () => {};

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => this.#receive(data.toString()));
    socket.on('close', () => this.#closed());
    // 'close' follows, and tells those who wait.
    socket.on('error', () => {});
  }

  /** `url` is the line that the station prints: http://127.0.0.1:PORT/#token=... */
  static async connect(url: string): Promise<StationClient> {
    const { host, hash } = new URL(url);
    const token = hash.replace('#token=', '');
    const socket = new WebSocket(`ws://${host}/station`, ['chairside.v1', `token.${token}`], {
      origin: `http://${host}`,
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    const client = new StationClient(socket);
    await client.#send({ subscribe: 'station' });
    client.thawPage();
    return client;
  }

  #receive(text: string): void {
    const message = messageSchema.parse(JSON.parse(text));
    if ('subscription' in message) {
      this.#frame = message.data as StationFrame;
      this.#stamps.see(this.#frame);
      this.#frameListener(this.#frame);
      return;
    }
    this.#waiting.get(message.id)?.(message.result);
    this.#waiting.delete(message.id);
  }

  #closed(): void {
    this.#endPage();
    for (const answer of this.#waiting.values()) answer(CLOSED);
    this.#waiting.clear();
  }

  #send(content: object): Promise<Answer> {
    if (this.#socket.readyState !== WebSocket.OPEN) return Promise.resolve(CLOSED);
    const id = this.#next++;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#socket.send(JSON.stringify({ id, ...content }));
    });
  }

  /** Hears every frame from now on; one listener. */
  onFrame(listener: (frame: StationFrame) => void): void {
    this.#frameListener = listener;
  }

  call(leaf: string, input: object = {}): Promise<Answer> {
    const stamp = this.#stamps.of(leaf, input);
    return this.#send({ call: leaf, input, ...(stamp !== null && { stamp }) });
  }

  /** A call as it would come twice, late or from elsewhere: with any stamp, or none. */
  callWithStamp(leaf: string, input: object, stamp?: object): Promise<Answer> {
    return this.#send({ call: leaf, input, ...(stamp && { stamp }) });
  }

  /** Calls and throws unless the station agreed. */
  async must<Value = unknown>(leaf: string, input: object = {}): Promise<Value> {
    const answer = await this.call(leaf, input);
    if (!answer.ok) throw new Error(`${leaf}: ${answer.code} ${answer.message}`);
    return answer.value as Value;
  }

  /** The page reports no more, as if its process hung. */
  freezePage(): void {
    this.#endPage();
  }

  /** The page reports from now on that it lives and that its sound works. */
  thawPage(): void {
    this.#endPage = playPage(
      (leaf, input) => this.call(leaf, input),
      () => this.#frame,
    );
  }

  /** A person signs in and confirms that the test tone is heard. */
  async signIn(who: { readonly personId: string; readonly pin: string }): Promise<void> {
    await this.must('access.signIn', who);
    await this.must('sound.heard');
  }

  /** The station's monotonic clock as its newest frame had it. */
  stationNow(): number {
    return this.#frame?.monoMs ?? 0;
  }

  chair(id: string): StationFrame['chairs'][number] {
    const found = this.#frame?.chairs.find((chair) => chair.id === id);
    if (!found) throw new Error(`no frame of ${id} yet`);
    return found;
  }

  /** Polls the newest frame until it fits, and says what it looked like when it never did. */
  async until(
    id: string,
    what: string,
    fits: (chair: StationFrame['chairs'][number]) => boolean,
    withinMs = 60_000,
  ): Promise<StationFrame['chairs'][number]> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      if (this.#frame !== null && fits(this.chair(id))) return this.chair(id);
      if (performance.now() > deadline)
        throw new Error(`never came: ${what}; last frame ${JSON.stringify(this.chair(id))}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  close(): void {
    this.#socket.terminate();
  }
}
