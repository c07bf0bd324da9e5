import type { MonitorAlarm } from '../../core/monitor-alarms.ts';
import type { VitalSample } from '../../core/vitals.ts';
import { AppError } from '../kit/app-error.ts';
import type { DriverContext, MonitorDriver, MonitorDriverModule, MonitorSink } from '../kit/driver.ts';
import type { Decoded, Decoder } from './decoder.ts';
import { manifest } from './manifest.ts';
import { type Measurement, type NoninFormat, samplesOf, selectFormat } from './messages.ts';
import { createDecoder, Recogniser } from './recogniser.ts';

const DEFAULT_FORMAT: NoninFormat = '7';
/** Format 7 proves itself within 0.7 s of joining; format 8 sends one frame a second and needs three. */
const PROOF_TIME: Readonly<Record<NoninFormat, number>> = { '2': 4000, '7': 4000, '8': 6000 };
const SILENCE_TIME = 4000;

function formatOf(option: string | null): NoninFormat {
  switch (option) {
    case null:
      return DEFAULT_FORMAT;
    case '2':
    case '7':
    case '8':
      return option;
    default:
      throw new AppError('CONFIG_INVALID', `Nonin data format "${option}" is not known; choose 2, 7 or 8.`);
  }
}

interface Opening {
  readonly resolve: () => void;
  readonly reject: (error: AppError) => void;
  readonly timers: readonly NodeJS.Timeout[];
}

/** Listens from the first byte; says nothing to the sink before `open` proved the device. */
class NoninDriver implements MonitorDriver {
  readonly #context: DriverContext;
  readonly #sink: MonitorSink;
  readonly #format: NoninFormat;
  readonly #decoder: Decoder;
  readonly #recogniser = new Recogniser();
  readonly #alarms = new Set<MonitorAlarm>();
  #state: 'new' | 'opening' | 'open' | 'closed' = 'new';
  #opening: Opening | null = null;

  constructor(context: DriverContext, sink: MonitorSink, format: NoninFormat) {
    this.#context = context;
    this.#sink = sink;
    this.#format = format;
    this.#decoder = createDecoder(format);
    context.line.onData((bytes) => this.#receive(bytes));
  }

  /**
   * Asks for the format and waits for data in it. A refusal or no answer to the question means nothing: devices honour
   * it only in the first 5 s, and some never answer. What arrives decides.
   * @throws AppError LINE_NO_REPLY, DEVICE_WRONG, LINE_CLOSED.
   */
  async open(): Promise<void> {
    if (this.#state !== 'new') throw new AppError('LINE_CLOSED', 'A Nonin driver opens once; make a new one.');
    this.#state = 'opening';
    const proved = new Promise<void>((resolve, reject) => {
      const timers = [
        setTimeout(() => this.#giveUpOnSilence(), SILENCE_TIME),
        setTimeout(() => this.#giveUpOnFormat(), PROOF_TIME[this.#format]),
      ];
      this.#opening = { resolve, reject, timers };
    });
    const asked = this.#context.line.write(selectFormat(this.#format));
    try {
      await Promise.all([asked, proved]);
    } catch (error) {
      this.#finish();
      throw error;
    }
  }

  /** Stops listening; the line stays with whoever made it. */
  async close(): Promise<void> {
    this.#opening?.reject(new AppError('LINE_CLOSED', 'The oximeter was closed while opening.'));
    this.#finish();
  }

  #finish(): void {
    this.#state = 'closed';
    this.#endOpening();
  }

  #endOpening(): void {
    for (const timer of this.#opening?.timers ?? []) clearTimeout(timer);
    this.#opening = null;
  }

  #giveUpOnSilence(): void {
    if (this.#recogniser.heard) return;
    const message = 'The oximeter sends nothing. Check that it is on and its cable plugged in.';
    this.#opening?.reject(new AppError('LINE_NO_REPLY', message));
  }

  #giveUpOnFormat(): void {
    const found = this.#recogniser.guess();
    const instead = found === null ? 'bytes that fit no known format' : found;
    const message = `Expected Nonin data format ${this.#format}, but the device sends ${instead}.`;
    this.#opening?.reject(new AppError('DEVICE_WRONG', message));
  }

  #receive(bytes: Uint8Array): void {
    if (this.#state === 'closed' || this.#state === 'new') return;
    if (this.#state === 'opening') this.#recogniser.take(bytes);
    for (const event of this.#decoder.push(bytes)) this.#pass(event);
  }

  #pass(event: Decoded): void {
    switch (event.kind) {
      case 'measurement':
        return this.#measured(event.measurement);
      case 'wave':
        if (this.#state === 'open') this.#sink.wave(event.samples, this.#context.clock.now());
        return;
      case 'battery':
        return this.#alarm('low-battery', event.low);
      case 'frozen':
        return this.#alarm('frozen', event.frozen);
      case 'discarded':
        return this.#context.events.discarded(event.reason, event.bytes);
    }
  }

  #measured(measurement: Measurement): void {
    if (this.#state === 'opening') {
      this.#state = 'open';
      this.#opening?.resolve();
      this.#endOpening();
    }
    this.#alarm('sensor-off', measurement.conditions.has('sensor-off'));
    this.#alarm('sensor-fault', measurement.conditions.has('sensor-fault'));
    const samples = samplesOf(measurement, this.#context.clock.now());
    // a frozen stream supervises nobody, so its values do not count either.
    this.#sink.samples(this.#alarms.has('frozen') ? samples.map(withoutValue) : samples);
  }

  /** Only changes are told. */
  #alarm(code: MonitorAlarm, active: boolean): void {
    if (this.#state !== 'open' || this.#alarms.has(code) === active) return;
    if (active) this.#alarms.add(code);
    else this.#alarms.delete(code);
    this.#sink.deviceAlarm(code, active);
  }
}

const withoutValue = ({ parameter, at }: VitalSample): VitalSample => ({
  parameter,
  value: null,
  quality: 'invalid',
  at,
});

/** `options.format`: '2', '7' (null: this one) or '8'; anything else is AppError CONFIG_INVALID. */
export const nonin: MonitorDriverModule = {
  manifest,
  create: (context, sink, options) => new NoninDriver(context, sink, formatOf(options.format)),
};
