import type { FactClock } from '../facts/clock.ts';
import type { Point } from '../facts/series.ts';
import { piecesOf } from './downsample.ts';
import { CONTENT_WIDTH, INK, PAGE, type Sheet } from './sheet.ts';

/** Time span that all plots of a report share, in milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface PlotLine {
  readonly points: readonly Point[];
  readonly color: string;
  /** Single measurements: a dot each and no line, because nothing is known between them. */
  readonly dots?: true;
}

export interface Plot {
  /** With the unit. */
  readonly title: string;
  readonly note: string;
  /** Lowest and highest figure of the axis. */
  readonly range: readonly [low: number, high: number];
  readonly lines: readonly PlotLine[];
  /** Area between the two lines. */
  readonly filled?: boolean;
  /** A value holds until the next one, as a rate does. */
  readonly stepped?: boolean;
  readonly limits: readonly { readonly value: number; readonly label: string }[];
  /** Moments marked at the top edge. */
  readonly marks: readonly number[];
  /** Times during which the pump delivered, shaded. */
  readonly shaded: readonly Span[];
  /** What screen readers hear instead. */
  readonly alt: string;
}

const AXIS = 34;
/** Room at the right for what the lines of limits are, so that no curve runs through it. */
const GUTTER = 36;
const LEFT = PAGE.left + AXIS;
const WIDTH = CONTENT_WIDTH - AXIS - GUTTER;
const BUCKETS = WIDTH * 2;
/** Room above the frame for the title, and below it for the marks of alarms. */
const TITLE = 18;
const BELOW = 8;
const TIME_AXIS = 24;

/** Room that a plot of `height` points needs with the time axis below it. */
export const roomWithAxis = (height: number): number => height + BELOW + TIME_AXIS;

/** Draws one plot of `height` points and moves on below it. */
export function drawPlot(sheet: Sheet, plot: Plot, span: Span, height: number): void {
  const top = sheet.y + TITLE;
  const bottom = sheet.y + height;
  const frame = new Frame(span, plot.range, top, bottom);
  sheet.element(
    'Figure',
    () => {
      sheet.text(plot.title, PAGE.left, sheet.y, { font: 'bold', size: 8.5 });
      if (plot.note !== '') {
        sheet.text(plot.note, LEFT, sheet.y + 1, {
          size: 7,
          color: INK.soft,
          width: CONTENT_WIDTH - AXIS,
          align: 'right',
        });
      }
      drawGround(sheet, plot, frame);
      drawLimits(sheet, plot, frame);
      sheet.doc
        .save()
        .rect(LEFT, top, WIDTH, bottom - top)
        .clip();
      if (plot.filled === true) drawBand(sheet, plot, frame);
      else for (const line of plot.lines) drawLine(sheet, line, plot.stepped === true, frame);
      sheet.doc.restore();
      drawMarks(sheet, plot, frame);
    },
    plot.alt,
  );
  sheet.y = bottom + BELOW;
}

class Frame {
  readonly span: Span;
  readonly range: Plot['range'];
  readonly top: number;
  readonly bottom: number;

  constructor(span: Span, range: Plot['range'], top: number, bottom: number) {
    this.span = span;
    this.range = range;
    this.top = top;
    this.bottom = bottom;
  }

  x(at: number): number {
    const { from, to } = this.span;
    return LEFT + ((at - from) / Math.max(1, to - from)) * WIDTH;
  }

  y(value: number): number {
    const [low, high] = this.range;
    return this.bottom - ((value - low) / Math.max(1e-9, high - low)) * (this.bottom - this.top);
  }
}

function drawGround(sheet: Sheet, { range: [low, high], shaded }: Plot, frame: Frame): void {
  const { top, bottom } = frame;
  for (const { from, to } of shaded) {
    sheet.doc.rect(frame.x(from), top, Math.max(0.5, frame.x(to) - frame.x(from)), bottom - top).fill('#eaf1fd');
  }
  for (const value of ticksOf(low, high)) {
    const y = frame.y(value);
    sheet.line(LEFT, y, LEFT + WIDTH, y);
    const style = { size: 7, color: INK.soft, width: AXIS - 5, align: 'right' } as const;
    sheet.text(String(Math.round(value * 100) / 100), PAGE.left, y - 4, style);
  }
}

const TICK_STEPS = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000];
const MOST_TICKS_UP = 5;

/** Round figures within the axis. */
function ticksOf(low: number, high: number): readonly number[] {
  const step = TICK_STEPS.find((each) => (high - low) / each <= MOST_TICKS_UP) ?? (high - low) / MOST_TICKS_UP;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, index) => (first + index) * step);
}

const LIMIT_LINE = '#b45309';
const LABEL_HEIGHT = 7;

function drawLimits(sheet: Sheet, { limits, range: [low, high] }: Plot, frame: Frame): void {
  const shown = limits.filter(({ value }) => value >= low && value <= high).toSorted((a, b) => b.value - a.value);
  let free = Number.NEGATIVE_INFINITY;
  for (const [index, { value, label }] of shown.entries()) {
    const y = frame.y(value);
    sheet.doc.dash(2, { space: 2 });
    sheet.line(LEFT, y, LEFT + WIDTH, y, LIMIT_LINE, 0.6);
    sheet.doc.undash();
    // Those of limits that lie close together stand below one another, and still above the lower edge.
    const last = frame.bottom - (shown.length - 1 - index) * LABEL_HEIGHT;
    const at = Math.max(Math.min(y, last), free);
    free = at + LABEL_HEIGHT;
    const x = LEFT + WIDTH;
    sheet.line(x + 1, y, x + 5, at, LIMIT_LINE, 0.4);
    sheet.text(label, x + 6, at - 3.6, { size: 6, color: INK.soft });
  }
}

function drawDots({ doc }: Sheet, { points, color }: PlotLine, frame: Frame): void {
  for (const { at, value } of points) if (value !== null) doc.circle(frame.x(at), frame.y(value), 1.9).fill(color);
}

function drawLine(sheet: Sheet, { points, color, dots }: PlotLine, stepped: boolean, frame: Frame): void {
  const { doc } = sheet;
  if (dots === true) return drawDots(sheet, { points, color }, frame);
  doc.lineWidth(0.8).lineJoin('round').strokeColor(color);
  for (const piece of piecesOf(points, frame.span.from, frame.span.to, BUCKETS)) {
    let before: number | null = null;
    for (const { at, value } of piece) {
      const [x, y] = [frame.x(at), frame.y(value)];
      if (before === null) doc.moveTo(x, y);
      else if (stepped) doc.lineTo(x, before).lineTo(x, y);
      else doc.lineTo(x, y);
      before = y;
    }
    // A single second between two gaps is seen as a dot.
    const [only] = piece;
    if (piece.length === 1 && only !== undefined) doc.lineTo(frame.x(only.at) + 0.8, frame.y(only.value));
    doc.stroke();
  }
}

function drawBand({ doc }: Sheet, { lines: [lower, upper] }: Plot, frame: Frame): void {
  if (lower === undefined || upper === undefined) return;
  const { from, to } = frame.span;
  const lows = piecesOf(lower.points, from, to, BUCKETS);
  const highs = piecesOf(upper.points, from, to, BUCKETS);
  for (const [index, low] of lows.entries()) {
    const outline = [...low, ...(highs[index] ?? []).toReversed()];
    doc.moveTo(frame.x(outline[0]?.at ?? from), frame.y(outline[0]?.value ?? 0));
    for (const { at, value } of outline.slice(1)) doc.lineTo(frame.x(at), frame.y(value));
    doc.fillOpacity(0.3).fill(lower.color).fillOpacity(1);
  }
}

function drawMarks({ doc }: Sheet, { marks }: Plot, frame: Frame): void {
  for (const at of marks) {
    const x = frame.x(at);
    doc.polygon([x - 2.6, frame.top - 5], [x + 2.6, frame.top - 5], [x, frame.top]).fill('#b3261e');
  }
}

const STEPS = [1, 2, 5, 10, 15, 20, 30, 60, 120, 240].map((minutes) => minutes * 60_000);
const MOST_TICKS = 9;

/** The common time axis below the plots, with what its times are. */
export function drawTimeAxis(sheet: Sheet, span: Span, clock: FactClock): void {
  const length = span.to - span.from;
  const step = STEPS.find((each) => length / each <= MOST_TICKS) ?? Math.ceil(length / MOST_TICKS);
  const frame = new Frame(span, [0, 1], sheet.y, sheet.y);
  const { y } = sheet;
  sheet.element('P', () => {
    const { zero } = clock;
    for (let at = zero + Math.ceil((span.from - zero) / step) * step; at <= span.to; at += step) {
      sheet.line(frame.x(at), y - 6, frame.x(at), y - 3, INK.soft);
      sheet.text(clock.tick(at), frame.x(at) - 28, y - 1, { size: 7, color: INK.soft, width: 56, align: 'center' });
    }
    sheet.text(clock.label, LEFT, y + 9, { size: 7, color: INK.soft, width: WIDTH, align: 'center' });
  });
  sheet.y = y + TIME_AXIS;
}
