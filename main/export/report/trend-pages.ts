import type { FactClock } from '../facts/clock.ts';
import { type Point, courseOf, predictedCourse } from '../facts/series.ts';
import { runsOf } from '../facts/runs.ts';
import type { SessionFacts } from '../facts/session-facts.ts';
import { described, highest, limitLines, limitNote, lowest, roundUp } from './plot-parts.ts';
import { drawReadings, readingPlots } from './reading-plots.ts';
import { type Plot, type Span, drawPlot, drawTimeAxis, roomWithAxis } from './plot.ts';
import type { Sheet } from './sheet.ts';

const HEIGHT = 150;
const HEADING = 36;
const BLUE = '#1f4fbf';

/** What was measured and read back over the session, and what models predict from it; gaps stay gaps. */
export function drawTrends(sheet: Sheet, facts: SessionFacts, clock: FactClock): void {
  const span = spanOf(facts);
  if (facts.trends.length === 0) {
    sheet.heading('Trends');
    return sheet.paragraph('No trend values were recorded in this session.');
  }
  // The heading, then a plot: it stands with what it is the heading of.
  sheet.need(HEADING + roomWithAxis(HEIGHT));
  sheet.heading('Trends', 'shaded: the session was infusing; red triangles: an alarm was raised; a gap is a gap');
  for (const [index, plot] of plotsOf(facts).entries()) {
    // Each page has its own time axis below its last plot.
    if (index > 0 && roomWithAxis(HEIGHT) > sheet.room) {
      drawTimeAxis(sheet, span, clock);
      sheet.page();
    }
    drawPlot(sheet, plot, span, HEIGHT);
  }
  drawTimeAxis(sheet, span, clock);
  drawReadings(sheet, facts, clock);
}

function spanOf({ session, rows, trends }: SessionFacts): Span {
  const [first] = trends;
  const from = Date.parse(first?.startedAt ?? session.openedAt);
  const last = trends.at(-1);
  const end = last === undefined ? from : Date.parse(last.startedAt) + last.spo2.length * 1000;
  return {
    from,
    to: Math.max(end, Date.parse(session.closedAt ?? rows.at(-1)?.ts ?? session.openedAt), from + 60_000),
  };
}

function plotsOf(facts: SessionFacts): readonly Plot[] {
  const { trends, order } = facts;
  const spo2 = courseOf(trends, 'spo2');
  const pulse = courseOf(trends, 'pulse');
  const rate = courseOf(trends, 'rateUlPerH').map(({ at, value }) => ({
    at,
    value: value === null ? null : value / 1000,
  }));
  const shared = { marks: alarmsOf(facts), shaded: infusingOf(facts) };
  const sign = (title: string, parameter: string, points: readonly Point[], color: string, range: Plot['range']) => ({
    ...shared,
    title,
    note: limitNote(facts),
    range,
    lines: [{ points, color }],
    limits: limitLines(facts, parameter),
    alt: described(title, points),
  });
  const bottom = Math.min(70, Math.floor((lowest(spo2) ?? 90) / 10) * 10);
  return [
    sign('SpO2 (%)', 'spo2', spo2, '#0b7a75', [bottom, 100]),
    sign('Pulse rate (1/min)', 'pulse', pulse, '#a21caf', [30, roundUp(Math.max(130, highest(pulse) ?? 0))]),
    ...CONTINUOUS.flatMap(({ title, name, color, range: [low, high] }) => {
      const points = courseOf(trends, name);
      const most = highest(points);
      return most === null ? [] : [sign(title, name, points, color, [low, roundUp(Math.max(high, most))])];
    }),
    ...readingPlots(facts, shared),
    {
      ...shared,
      title: 'Pump rate (mL/h)',
      note: 'read back from the pump, never as commanded; dashed: rate of the plan',
      range: [0, roundUp(Math.max(1, highest(rate) ?? 0, (order?.rateUlPerH ?? 0) / 1000))],
      lines: [{ points: rate, color: BLUE }],
      stepped: true,
      limits: order === null ? [] : [{ value: order.rateUlPerH / 1000, label: 'plan' }],
      alt: described('Pump rate (mL/h)', rate),
    },
    ...predictionPlot(facts, shared),
  ];
}

const CONTINUOUS = [
  { title: 'Heart rate by ECG (1/min)', name: 'hr', color: '#be123c', range: [30, 130] },
  { title: 'Breathing rate (1/min)', name: 'rr', color: '#0369a1', range: [0, 30] },
  { title: 'etCO2 (mmHg)', name: 'etco2', color: '#a16207', range: [0, 70] },
] as const;

function predictionPlot({ trends, order }: SessionFacts, shared: Pick<Plot, 'marks' | 'shaded'>): readonly Plot[] {
  const band = predictedCourse(trends, order);
  if (band.length === 0) return [];
  const low = band.map(({ at, band: each }) => ({ at, value: each?.min ?? null }));
  const high = band.map(({ at, band: each }) => ({ at, value: each?.max ?? null }));
  return [
    {
      ...shared,
      title: 'PREDICTED plasma concentration (ng/mL)',
      note: 'span between four published models from the pump volume; a prediction, nothing of it was measured',
      range: [0, roundUp(Math.max(10, highest(high) ?? 0))],
      lines: [
        { points: low, color: '#7c3aed' },
        { points: high, color: '#7c3aed' },
      ],
      filled: true,
      limits: [],
      alt: `Predicted, not measured: highest ${String(Math.round(highest(high) ?? 0))} ng/mL.`,
    },
  ];
}

function alarmsOf({ rows }: SessionFacts): readonly number[] {
  return rows.filter(({ act }) => act === 'alarm.raised').map(({ ts }) => Date.parse(ts));
}

/** Times in which the session was infusing, as far as the record knows. */
export function infusingOf({ rows }: Pick<SessionFacts, 'rows'>): readonly Span[] {
  return runsOf(rows, null).map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) }));
}
