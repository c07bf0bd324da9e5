import type { AlarmPriority } from '../../../core/alarms.ts';
import {
  BURSTS,
  FUNDAMENTAL_HZ,
  HARMONICS,
  heightOf,
  LOUDNESS,
  type Pulse,
  RISE_S,
} from '../../../core/alarm-bursts.ts';

/** A little ahead, so that the first pulse is not cut. */
const AHEAD_S = 0.02;

/** Sounds the bursts of one priority into `output` until told another. */
export class AlarmVoice {
  readonly #context: BaseAudioContext;
  readonly #output: AudioNode;
  readonly #wave: PeriodicWave;
  #priority: AlarmPriority | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #gain: GainNode | null = null;

  constructor(context: BaseAudioContext, output: AudioNode) {
    this.#context = context;
    this.#output = output;
    const partials = new Float32Array(HARMONICS.length + 1);
    for (const harmonic of HARMONICS) partials[harmonic] = heightOf(harmonic);
    this.#wave = context.createPeriodicWave(new Float32Array(partials.length), partials);
  }

  /** Changes at once: a higher alarm is not kept waiting for the end of a lower one's burst. */
  set(priority: AlarmPriority | null): void {
    if (priority === this.#priority) return;
    this.#priority = priority;
    clearInterval(this.#timer);
    this.#gain?.disconnect();
    this.#gain = null;
    if (priority === null) return;
    this.#gain = this.burst(priority);
    this.#timer = setInterval(() => {
      this.#gain = this.burst(priority);
    }, BURSTS[priority].everyS * 1000);
  }

  /** One burst, beginning now. */
  burst(priority: AlarmPriority): GainNode {
    const gain = this.#context.createGain();
    gain.gain.value = 0;
    gain.connect(this.#output);
    const start = this.#context.currentTime + AHEAD_S;
    for (const pulse of BURSTS[priority].pulses) this.#pulse(gain, start, pulse, LOUDNESS[priority]);
    return gain;
  }

  #pulse(gain: GainNode, start: number, { atS, lengthS }: Pulse, loudness: number): void {
    const tone = this.#context.createOscillator();
    tone.setPeriodicWave(this.#wave);
    tone.frequency.value = FUNDAMENTAL_HZ;
    tone.connect(gain);
    const from = start + atS;
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(loudness, from + RISE_S);
    gain.gain.setValueAtTime(loudness, from + lengthS - RISE_S);
    gain.gain.linearRampToValueAtTime(0, from + lengthS);
    tone.start(from);
    tone.stop(from + lengthS);
  }
}
