import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useApp } from '../../app/context.tsx';
import type { Trend } from '../../app/types.ts';
import { clock } from '../../ui/format.ts';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { drawMarks, type TrendMark, valuesAt } from './trend-marks.ts';
import { legendOf, measuredIn, trendData, trendOptions } from './trend-options.ts';
import styles from './trend-plot.module.css';
import { useTrend } from './use-trend.ts';

/** What is drawn, by colour and dashes, with units and zone. */
const Legend = ({ trend, timeZone }: { trend: Trend; timeZone: string }) => (
  <span className={styles['legend']}>
    {legendOf(measuredIn(trend)).map(({ name, colour, dash }) => (
      <span key={name}>
        <svg width="24" height="8" aria-hidden="true">
          <line x1="0" y1="4" x2="24" y2="4" strokeDasharray={dash.join(' ')} style={{ stroke: `var(${colour})` }} />
        </svg>{' '}
        {name}
      </span>
    ))}
    <span>time {timeZone}</span>
  </span>
);

interface TrendPlotProps {
  readonly sessionId: string | null;
  readonly growing: boolean;
  /** Drawn as lines on the time axis. */
  readonly marks?: readonly TrendMark[];
  /** Wall-clock text of what is looked at: drawn broad, with what was measured then; null: nothing. */
  readonly picked?: string | null;
}

const NO_MARKS: readonly TrendMark[] = [];

/** Every sign and the pump rate of a session over time, one point a second. */
export function TrendPlot({ sessionId, growing, marks = NO_MARKS, picked = null }: TrendPlotProps) {
  const { trend, failure } = useTrend(sessionId, growing);
  const timeZone = useApp((state) => state.info?.timeZone ?? 'UTC');
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const shown = useRef({ marks, picked });
  const empty = trend === null || trend.seconds.length === 0;

  useEffect(() => {
    shown.current = { marks, picked };
    plot.current?.redraw(false);
  }, [marks, picked]);

  useEffect(() => {
    const element = host.current;
    if (element === null || trend === null || trend.seconds.length === 0) return;
    const measured = measuredIn(trend);
    // Another parameter came: uPlot cannot grow a line, so that it is drawn anew.
    if (plot.current !== null && plot.current.series.length === 4 + measured.length) {
      plot.current.setData(trendData(trend));
      return;
    }
    plot.current?.destroy();
    const style = getComputedStyle(element);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    const colours = {
      spo2: colour('--spo2'),
      pulse: colour('--pulse'),
      rate: colour('--dose'),
      text: colour('--text-soft'),
      grid: colour('--line'),
    };
    const lines = {
      high: colour('--high-text'),
      medium: colour('--medium'),
      low: colour('--low'),
      picked: colour('--accent'),
    };
    const draw = (drawn: uPlot): void => drawMarks(drawn, shown.current.marks, shown.current.picked, lines);
    const options = trendOptions(element.clientWidth, element.clientHeight, timeZone, colours, measured);
    plot.current = new uPlot({ ...options, hooks: { draw: [draw] } }, trendData(trend), element);
  }, [trend, timeZone]);

  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() =>
      plot.current?.setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, []);

  return (
    <Panel
      title="Trend"
      note={empty ? undefined : <Legend trend={trend} timeZone={timeZone} />}
      className={styles['panel']}
    >
      {failure !== null && <Notice tone="hard">The trend cannot be shown: {failure}</Notice>}
      {failure === null && empty && <p className={styles['empty']}>No trend yet.</p>}
      {picked !== null && trend !== null && (
        <p className={styles['values']} aria-live="polite">
          {clock(picked).time} {clock(picked).zone}: {valuesAt(trend, picked) ?? 'the trend has nothing at that time'}
        </p>
      )}
      <div ref={host} className={styles['host']} role="img" aria-label="Trend of SpO2, pulse and pump rate" />
    </Panel>
  );
}
