import type { WaveBatch } from '../../../preload/contract/frames.ts';
import { onFrame } from './frame-loop.ts';
import { eraseSpans, type SweepSize, strokeBetween, type WavePoint } from './sweep.ts';
import { WaveFeed } from './wave-feed.ts';

const BAR_CSS_PX = 18;
const LINE_CSS_PX = 2;

/** Draws one strip with an erase bar: each animation frame clears ahead of the bar and adds the new samples only. */
export class SweepPainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #feed = new WaveFeed();
  readonly #windowMs: number;
  readonly #colour: string;
  readonly #endLoop: () => void;
  readonly #observer: ResizeObserver;
  #erasedTo: number | null = null;
  #last: WavePoint | null = null;

  constructor(canvas: HTMLCanvasElement, windowMs: number) {
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('This browser draws no canvas');
    this.#canvas = canvas;
    this.#context = context;
    this.#windowMs = windowMs;
    this.#colour = getComputedStyle(canvas).color;
    this.#observer = new ResizeObserver(() => this.#fit());
    this.#observer.observe(canvas);
    this.#endLoop = onFrame((nowMs) => this.#paint(nowMs));
  }

  push(batch: WaveBatch): void {
    this.#feed.push(batch, performance.now());
  }

  /** Leaves an empty strip: an old wave is never left standing. */
  end(): void {
    this.#endLoop();
    this.#observer.disconnect();
    this.#context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
  }

  #fit(): void {
    const scale = window.devicePixelRatio;
    this.#canvas.width = Math.round(this.#canvas.clientWidth * scale);
    this.#canvas.height = Math.round(this.#canvas.clientHeight * scale);
    this.#last = null;
  }

  #paint(nowMs: number): void {
    const barMs = this.#feed.barAt(nowMs);
    if (barMs === null) return;
    const { width, height } = this.#canvas;
    const size: SweepSize = { width, height, windowMs: this.#windowMs };
    const fromMs = Math.min(this.#erasedTo ?? barMs, barMs);
    for (const span of eraseSpans(fromMs, barMs, BAR_CSS_PX * window.devicePixelRatio, size)) {
      this.#context.clearRect(span.x, 0, span.width, height);
    }
    this.#erasedTo = barMs;
    this.#draw(this.#feed.take(barMs), size);
  }

  #draw(points: readonly WavePoint[], size: SweepSize): void {
    const context = this.#context;
    context.strokeStyle = this.#colour;
    context.lineWidth = LINE_CSS_PX * window.devicePixelRatio;
    context.lineCap = 'round';
    context.beginPath();
    for (const point of points) {
      const stroke = strokeBetween(this.#last, point, this.#feed.periodMs, size);
      if (stroke !== null) {
        context.moveTo(stroke.fromX, stroke.fromY);
        context.lineTo(stroke.toX, stroke.toY);
      }
      this.#last = point;
    }
    context.stroke();
  }
}
