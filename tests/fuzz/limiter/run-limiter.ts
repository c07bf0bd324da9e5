import type { PumpDriverModule } from '../../../drivers/kit/driver.ts';
import type { Duplex } from '../../../drivers/kit/transport.ts';
import { newEra } from '../../../drivers/new-era/driver.ts';
import { DeviceHost } from '../../../main/devices/device-host.ts';
import type { FromDeviceHost, ToDeviceHost } from '../../../main/devices/messages.ts';
import { type Counts, LimitsJudge } from './limits-judge.ts';
import { PaperPump } from './paper-pump.ts';
import { type Letter, type Sequence, sequenceOf } from './sequences.ts';
import { VirtualTime } from './virtual-time.ts';

const KEPT_FINDINGS = 5;
/** Of the progress of a long run. */
const TOLD_EVERY = 10_000;

/** A mistake as a change could bring it in; shipped code where it says nothing. */
export interface Mistake {
  readonly driver?: (shipped: PumpDriverModule) => PumpDriverModule;
  /** What the device host hears of a message, while the judge hears the message itself. */
  readonly hears?: (message: ToDeviceHost) => readonly ToDeviceHost[];
}

export interface LimiterOptions {
  readonly sequences: number;
  readonly seed: number;
  /** Ends the run early; Infinity for never. */
  readonly seconds: number;
  /** Ends the run with the first failure, too. */
  readonly toFirst?: boolean;
  readonly mistake?: Mistake;
  readonly progress?: (done: number) => void;
}

export interface Judged extends Counts {
  readonly target: 'limiter';
  /** Reached, which is less than asked for where the time was up. */
  readonly sequences: number;
  readonly seconds: number;
  readonly failures: number;
  readonly findings: readonly { readonly index: number; readonly broken: string }[];
}

/** plays seeded sequences of messages through the shipped device host, guard and driver, and judges the bytes. */
export async function judgeSequences(options: LimiterOptions): Promise<Judged> {
  const { sequences, seed, seconds, toFirst = false, mistake = {}, progress } = options;
  const startedAt = performance.now();
  const elapsed = (): number => (performance.now() - startedAt) / 1000;
  const counts: Counts = { frames: 0, rates: 0, volumes: 0, runs: 0 };
  const findings: { index: number; broken: string }[] = [];
  const most = toFirst ? 1 : Number.POSITIVE_INFINITY;
  let [failures, index] = [0, 0];
  for (; index < sequences && elapsed() <= seconds && failures < most; index += 1) {
    if (index > 0 && index % TOLD_EVERY === 0) progress?.(index);
    const [broken] = await new Play(sequenceOf(seed, index), counts, mistake).run();
    if (broken === undefined) continue;
    failures += 1;
    if (findings.length < KEPT_FINDINGS) findings.push({ index, broken });
  }
  return { target: 'limiter', sequences: index, ...counts, seconds: Math.round(elapsed()), failures, findings };
}

/** One sequence, from a fresh device host to whatever becomes of it. */
class Play {
  readonly #sequence: Sequence;
  readonly #time = new VirtualTime();
  readonly #pump: PaperPump;
  readonly #judge: LimitsJudge;
  readonly #mistake: Mistake;
  readonly #past: ToDeviceHost[] = [];
  #counter = 0;
  #cable: Cable | null = null;
  #host: DeviceHost | null = null;
  #tell: (message: ToDeviceHost) => void = () => undefined;
  #loseMain: () => void = () => undefined;

  constructor(sequence: Sequence, counts: Counts, mistake: Mistake) {
    const { leftover, latency } = sequence;
    this.#sequence = sequence;
    this.#mistake = mistake;
    this.#pump = new PaperPump(this.#time, leftover, latency, (bytes) => this.#cable?.bring(bytes));
    this.#judge = new LimitsJudge(this.#time, this.#pump, counts);
  }

  async run(): Promise<readonly string[]> {
    this.#time.take();
    try {
      this.#host = this.#newHost();
      for (const letter of this.#sequence.letters) await this.#take(letter);
    } finally {
      this.#time.giveBack();
    }
    return this.#judge.broken;
  }

  #newHost(): DeviceHost {
    return new DeviceHost({
      channel: {
        send: (message) => this.#hear(message),
        onMessage: (listener) => {
          this.#tell = listener;
        },
        onClosed: (listener) => {
          this.#loseMain = listener;
        },
      },
      clock: this.#time,
      openLine: () => async () => {
        this.#cable = new Cable((bytes) => {
          this.#judge.wrote(bytes);
          this.#time.after(1, () => this.#pump.hear(bytes));
        });
        return this.#cable;
      },
      pumps: { 'new-era': this.#mistake.driver?.(newEra) ?? newEra },
      monitors: {},
      finished: () => undefined,
    });
  }

  async #take(letter: Letter): Promise<void> {
    switch (letter.kind) {
      case 'tell':
        return this.#send(letter.message(this.#counter));
      case 'again': {
        const message = this.#past.at(-1 - letter.back);
        return message === undefined ? undefined : this.#send(message);
      }
      case 'pass':
        return this.#time.pass(letter.milliseconds);
      case 'fault':
        return this.#pump.fault(letter.fault, letter.times);
      case 'main-gone':
        this.#judge.mainGone();
        return this.#loseMain();
      case 'host-fault':
        this.#judge.mainGone();
        return this.#host?.fail();
      case 'unplug':
        this.#judge.lineLost();
        return this.#cable?.cut();
      case 'power-cycle':
        return this.#pump.powerCycle();
    }
  }

  #send(message: ToDeviceHost): void {
    this.#past.push(message);
    const heard = this.#mistake.hears?.(message) ?? [message];
    this.#judge.told(message, () => {
      try {
        for (const each of heard) this.#tell(each);
      } catch {
        // As the process of a device host does with whatever it did not expect.
        this.#judge.mainGone();
        this.#host?.fail();
      }
    });
  }

  #hear(message: FromDeviceHost): void {
    this.#judge.heard(message);
    if (message.kind === 'pump') this.#counter = message.reading.counter;
  }
}

/** One end of a line that is used once. */
class Cable implements Duplex {
  readonly #out: (bytes: Uint8Array) => void;
  #isOpen = true;
  #data: (bytes: Uint8Array) => void = () => undefined;
  #closed: (reason: string) => void = () => undefined;

  constructor(out: (bytes: Uint8Array) => void) {
    this.#out = out;
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (!this.#isOpen) throw new Error('the line is closed');
    this.#out(bytes.slice());
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#data = listener;
  }

  onClosed(listener: (reason: string) => void): void {
    this.#closed = listener;
  }

  async close(): Promise<void> {
    this.cut();
  }

  bring(bytes: Uint8Array): void {
    if (this.#isOpen) this.#data(bytes);
  }

  cut(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#closed('the cable is out');
  }
}
