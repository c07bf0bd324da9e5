import type { WaveBatch } from '../../../preload/contract/frames.ts';
import type { WavePoint } from './sweep.ts';

/** Shown this much later than it was taken, so that the bar moves evenly between batches. */
const DELAY_MS = 300;
/** A batch whose stamp is off by no more than this continues the one before. */
const JITTER_MS = 100;
/** Samples waiting to be drawn; more than this means that nobody draws. */
const MOST_WAITING = 2000;

/** Keeps samples between arrival and drawing, and maps the station's monotonic clock to the one of this page. */
export class WaveFeed {
  #waiting: WavePoint[] = [];
  #offsetMs: number | null = null;
  #periodMs = 0;
  #nextMs: number | null = null;

  get periodMs(): number {
    return this.#periodMs;
  }

  /** @param nowMs monotonic time of this page at arrival */
  push(batch: WaveBatch, nowMs: number): void {
    if (batch.samples.length === 0 || batch.samplesPerSecond <= 0) return;
    this.#periodMs = 1000 / batch.samplesPerSecond;
    const offset = nowMs - batch.atMs;
    // The least delayed batch tells the offset best; a jump means that the station's clock began anew.
    const jumped = this.#offsetMs === null || Math.abs(offset - this.#offsetMs) > 2000;
    this.#offsetMs = jumped || this.#offsetMs === null ? offset : Math.min(this.#offsetMs, offset);
    const firstMs = this.#continued(batch.atMs - (batch.samples.length - 1) * this.#periodMs);
    this.#nextMs = firstMs + batch.samples.length * this.#periodMs;
    for (const [index, value] of batch.samples.entries()) {
      this.#waiting.push({ atMs: firstMs + index * this.#periodMs, value });
    }
    if (this.#waiting.length > MOST_WAITING) this.#waiting = this.#waiting.slice(-MOST_WAITING);
  }

  /**
   * Where a batch begins. Batches are stamped at arrival and jitter by some milliseconds; one that follows its
   * predecessor that closely continues it and is drawn nearer to its stamp in small steps. Anything else is a gap.
   */
  #continued(stampedMs: number): number {
    if (this.#nextMs === null || Math.abs(stampedMs - this.#nextMs) > JITTER_MS) return stampedMs;
    const most = this.#periodMs / 2;
    return this.#nextMs + Math.max(-most, Math.min(most, stampedMs - this.#nextMs));
  }

  /** Station time that stands under the bar now, or null before the first batch. */
  barAt(nowMs: number): number | null {
    return this.#offsetMs === null ? null : nowMs - this.#offsetMs - DELAY_MS;
  }

  /** Takes out what is due up to a moment of the station's clock. */
  take(untilMs: number): readonly WavePoint[] {
    const count = this.#waiting.findIndex((point) => point.atMs > untilMs);
    return this.#waiting.splice(0, count === -1 ? this.#waiting.length : count);
  }
}
