import type { Decoded, Decoder } from './decoder.ts';
import { type FrameEvent, PACKET_FRAMES, type PacketFormat, PacketFramer } from './frame.ts';
import { FrozenWatch } from './frozen-watch.ts';
import {
  type Colour,
  type Condition,
  isBatteryLow,
  readPulse,
  readSpo2,
  statusColour,
  statusConditions,
  worstQuality,
} from './messages.ts';

type Frame = Extract<FrameEvent, { kind: 'frame' }>;

const FLOAT = { pulseMsb: 1, pulseLsb: 2, spo2: 3, stat2: 8 };
/** Places in the packet after which the waveform collected so far is handed on: about nine times a second. */
const WAVE_BATCH_ENDS: ReadonlySet<number> = new Set([8, 16, PACKET_FRAMES]);
const COLOUR_CONDITION: Readonly<Record<Colour, Condition | null>> = {
  green: null,
  yellow: 'marginal-perfusion',
  red: 'low-perfusion',
};

/**
 * Formats 2 and 7. Supervision uses the plain values (frames 1-3), not the "-D" ones: those are held for 10 s after the
 * finger left the sensor, the plain ones become missing at once.
 */
export class PacketDecoder implements Decoder {
  readonly #framer: PacketFramer;
  readonly #frozen = new FrozenWatch();
  /** Since the last values, so that a short artifact between two of them is not overlooked. */
  #conditions = new Set<Condition>();
  /** Of the last pulse; between pulses the device shows none. */
  #colour: Colour = 'green';
  #pulseMsb: number | null = null;
  #pulse: { readonly value: number | null } | null = null;
  #batch: number[] = [];
  #pleth = 0;

  constructor(format: PacketFormat) {
    this.#framer = new PacketFramer(format);
  }

  push(bytes: Uint8Array): readonly Decoded[] {
    return this.#framer.push(bytes).flatMap((event) => this.#decode(event));
  }

  #decode(event: FrameEvent): Decoded[] {
    switch (event.kind) {
      case 'frame':
        return this.#frame(event);
      case 'damaged':
        this.#forgetPulse();
        this.#frozen.skip();
        // The last height stands in for the missing one: the samples have to stay evenly spaced.
        return this.#wave(event.position, this.#pleth);
      case 'lost':
        this.#forgetPulse();
        this.#frozen.skip();
        this.#batch = [];
        return [];
      case 'discarded':
        return [event];
    }
  }

  #frame(frame: Frame): Decoded[] {
    for (const condition of statusConditions(frame.status)) this.#conditions.add(condition);
    this.#colour = statusColour(frame.status) ?? this.#colour;
    this.#pleth = frame.pleth;
    const invalid = worstQuality(statusConditions(frame.status)) === 'invalid';
    return [
      ...this.#frozen.take(frame.position, frame.pleth, !invalid),
      ...this.#value(frame),
      ...this.#wave(frame.position, frame.pleth),
    ];
  }

  /** A value comes out with the very frame that completes it. */
  #value({ position, float }: Frame): Decoded[] {
    switch (position) {
      case FLOAT.pulseMsb:
        this.#pulseMsb = float;
        return [];
      case FLOAT.pulseLsb:
        this.#pulse = this.#pulseMsb === null ? null : { value: readPulse(this.#pulseMsb, float) };
        return [];
      case FLOAT.spo2:
        return this.#measurement(float);
      case FLOAT.stat2:
        return [{ kind: 'battery', low: isBatteryLow(float) }];
      default:
        return [];
    }
  }

  #measurement(float: number): Decoded[] {
    if (this.#pulse === null) return [];
    const perfusion = COLOUR_CONDITION[this.#colour];
    const conditions = new Set(this.#conditions);
    if (perfusion !== null) conditions.add(perfusion);
    const measurement = { spo2: readSpo2(float), pulse: this.#pulse.value, conditions };
    this.#conditions = new Set();
    this.#forgetPulse();
    return [{ kind: 'measurement', measurement }];
  }

  #forgetPulse(): void {
    this.#pulseMsb = null;
    this.#pulse = null;
  }

  #wave(position: number, pleth: number): Decoded[] {
    this.#batch.push(pleth);
    if (!WAVE_BATCH_ENDS.has(position)) return [];
    const samples = this.#batch;
    this.#batch = [];
    return [{ kind: 'wave', samples }];
  }
}
