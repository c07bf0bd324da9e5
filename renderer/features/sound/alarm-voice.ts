import type { AlarmPriority } from '../../../core/alarms.ts';
import { BURSTS, FUNDAMENTAL_HZ, HARMONICS, type Pulse } from './burst.ts';

const RISE_S = 0.015;
const LOUDNESS = { high: 0.9, medium: 0.6, low: 0.35 } as const satisfies Record<AlarmPriority, number>;

/** Sounds the bursts of one priority until told another. Works only after a gesture has let the browser make sound. */
export class AlarmVoice {
  readonly #context: AudioContext;
  readonly #wave: PeriodicWave;
  #priority: AlarmPriority | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #gain: GainNode | null = null;

  constructor(context: AudioContext) {
    this.#context = context;
    const partials = new Float32Array(HARMONICS.length + 1);
    for (const harmonic of HARMONICS) partials[harmonic] = 1 / harmonic;
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
    this.#sound(priority);
    this.#timer = setInterval(() => this.#sound(priority), BURSTS[priority].everyS * 1000);
  }

  #sound(priority: AlarmPriority): void {
    const gain = this.#context.createGain();
    gain.gain.value = 0;
    gain.connect(this.#context.destination);
    this.#gain = gain;
    const start = this.#context.currentTime + 0.02;
    for (const pulse of BURSTS[priority].pulses) this.#pulse(gain, start, pulse, LOUDNESS[priority]);
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
