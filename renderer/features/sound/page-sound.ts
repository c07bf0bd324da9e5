import type { AlarmPriority } from '../../../core/alarms.ts';
import { AlarmVoice } from './alarm-voice.ts';

/** a test pulse goes out at the start and this often (ms), and its samples are looked for on their way out. */
const PROVE_EVERY_MS = 600_000;
/** Quiet enough to disturb nobody, and far above the noise of an empty output. */
const PULSE_LEVEL = 0.01;
const PULSE_HZ = 440;
const PULSE_S = 0.3;
const SEEN_ABOVE = 0.001;
/** Samples that the analyser holds: two thirds of a second at 48 kHz. */
const WINDOW = 32_768;

interface Sounds {
  readonly sounds: AlarmPriority | null;
  readonly frameMs: number | null;
}

/**
 * The sound of this page and what it knows of it: that the clock of the output runs, and that what it plays arrives there.
 * That a loudspeaker is on and can be heard, only a person can say.
 */
export class PageSound {
  readonly #context: AudioContext;
  readonly #bus: GainNode;
  readonly #analyser: AnalyserNode;
  readonly #voice: AlarmVoice;
  readonly #samples = new Float32Array(WINDOW);
  #sounds: Sounds = { sounds: null, frameMs: null };
  #provedAt: number | null = null;
  #pulseAt: number | null = null;
  #lastTime = 0;

  constructor(context: AudioContext) {
    this.#context = context;
    this.#bus = context.createGain();
    this.#analyser = context.createAnalyser();
    this.#analyser.fftSize = WINDOW;
    this.#bus.connect(this.#analyser);
    this.#bus.connect(context.destination);
    this.#voice = new AlarmVoice(context, this.#bus);
  }

  /** @param frameMs `monoMs` of the frame that asks for it */
  set(priority: AlarmPriority | null, frameMs: number | null): void {
    this.#voice.set(priority);
    this.#sounds = { sounds: priority, frameMs };
  }

  /** What it sounds now, and by which frame. */
  get sounds(): Sounds {
    return this.#sounds;
  }

  /** What a person is asked to listen for. */
  testTone(): void {
    this.#voice.burst('medium');
  }

  /** To be called once a second. @param now monotonic milliseconds */
  check(now: number): boolean {
    const runs = this.#context.state === 'running' && this.#context.currentTime > this.#lastTime;
    this.#lastTime = this.#context.currentTime;
    if (!runs) {
      // Another program may have taken the output; the browser gives it back only when asked.
      this.#context.resume().catch(() => undefined);
      this.#provedAt = null;
      this.#pulseAt = null;
      return false;
    }
    if (this.#pulseAt !== null) this.#look(now);
    const isDue = this.#provedAt === null || now - this.#provedAt >= PROVE_EVERY_MS;
    if (isDue) this.#pulse(now);
    return this.#provedAt !== null;
  }

  /** The pulse of the check before must be in the samples by now. */
  #look(now: number): void {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    this.#provedAt = this.#samples.some((sample) => Math.abs(sample) > SEEN_ABOVE) ? now : null;
    this.#pulseAt = null;
  }

  #pulse(now: number): void {
    const level = this.#context.createGain();
    level.gain.value = PULSE_LEVEL;
    level.connect(this.#bus);
    const tone = this.#context.createOscillator();
    tone.frequency.value = PULSE_HZ;
    tone.connect(level);
    // Late in the second, so that it still stands in the window at the next check.
    const from = this.#context.currentTime + 0.6;
    tone.start(from);
    tone.stop(from + PULSE_S);
    this.#pulseAt = now;
  }
}
