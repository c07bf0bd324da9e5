import type uPlot from 'uplot';
import { PARAMETERS } from '../../../core/vitals.ts';
import type { TrailEvent } from '../../../preload/contract/frames.ts';
import type { Trend } from '../../app/types.ts';
import { measuredIn } from './trend-options.ts';

/** Where an event of the session stands on the time axis of its trend. */
export interface TrendMark {
  readonly time: string;
  readonly priority: TrailEvent['priority'];
}

/** Alarms that were raised or became high, each a mark. */
export function alarmMarks(events: readonly TrailEvent[]): readonly TrendMark[] {
  return events.filter(({ act }) => act === 'alarm.raised' || act === 'alarm.escalated');
}

/** What was measured and given in that second, with units; a gap is said to be one. Null where the trend does not reach. */
export function valuesAt(trend: Trend, time: string): string | null {
  const second = Math.floor((Date.parse(time) - Date.parse(trend.startedAt)) / 1000);
  const index = trend.seconds.findLastIndex((each) => each <= second);
  const at = trend.seconds[index];
  if (at === undefined || second - at > 1) return null;
  const value = (name: string, column: readonly (number | null)[] | undefined, unit: string): string =>
    `${name} ${column?.[index] ?? '-- (gap)'} ${unit}`;
  return [
    value('SpO2', trend.spo2, '%'),
    value('pulse', trend.pulse, '/min'),
    value('pump rate', trend.rateMlPerH, 'mL/h'),
    ...measuredIn(trend).map((name) => value(PARAMETERS[name].label, trend.signs[name], PARAMETERS[name].unit)),
  ].join(', ');
}

export interface MarkColours {
  readonly high: string;
  readonly medium: string;
  readonly low: string;
  readonly picked: string;
}

/** Length of the mark that stands out at the upper edge (px), and how much its thin line below shows of the curves. */
const TICK = 12;
const FAINT = 0.4;

/** A mark for each alarm with a thin line down to the axis, and a broad line through the picked time. */
export function drawMarks(plot: uPlot, marks: readonly TrendMark[], picked: string | null, colours: MarkColours): void {
  const { ctx, bbox } = plot;
  const line = (time: string, colour: string, width: number, height: number): void => {
    const x = Math.round(plot.valToPos(Date.parse(time) / 1000, 'x', true));
    if (x < bbox.left || x > bbox.left + bbox.width) return;
    ctx.fillStyle = colour;
    ctx.fillRect(x - width / 2, bbox.top, width, height);
  };
  ctx.save();
  for (const { time, priority } of marks) {
    const colour = priority === null ? colours.low : colours[priority];
    ctx.globalAlpha = FAINT;
    line(time, colour, 1, bbox.height);
    ctx.globalAlpha = 1;
    line(time, colour, 3, TICK);
  }
  if (picked !== null) line(picked, colours.picked, 3, bbox.height);
  ctx.restore();
}
