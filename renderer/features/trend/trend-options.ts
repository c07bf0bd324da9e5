import type uPlot from 'uplot';
import { PARAMETER_NAMES, PARAMETERS, type Parameter } from '../../../core/vitals.ts';
import type { Trend } from '../../app/types.ts';

/** Colours as the style sheet has them, so that a parameter looks the same everywhere. */
export interface TrendColours {
  readonly spo2: string;
  readonly pulse: string;
  readonly rate: string;
  readonly text: string;
  readonly grid: string;
}

/** Columns of the plot: seconds since 1970, then one per series. A gap stays a gap. */
export function trendData(trend: Trend): uPlot.AlignedData {
  const start = Date.parse(trend.startedAt) / 1000;
  const others = measuredIn(trend).map((name) => trend.signs[name] ?? []);
  return [trend.seconds.map((second) => start + second), trend.spo2, trend.pulse, trend.rateMlPerH, ...others];
}

/** The parameters beside SpO2 and pulse that the session has, in a fixed order. */
export const measuredIn = ({ signs }: Trend): readonly Parameter[] =>
  PARAMETER_NAMES.filter((name) => signs[name] !== undefined);

type Scale = 'pulse' | 'breath' | 'pressure' | 'score';

/** Lowest and highest value of each scale of the others, in the unit of the parameter. */
const RANGES: Readonly<Record<Scale, [number, number]>> = {
  pulse: [30, 160],
  breath: [0, 80],
  pressure: [30, 220],
  score: [0, 6],
};

/** Scale and line of the others: heart beside the pulse, breath and score low, pressures high. Dashes tell them apart. */
const OTHERS: Readonly<Partial<Record<Parameter, { scale: Scale; dash: number[] }>>> = {
  hr: { scale: 'pulse', dash: [2, 3] },
  rr: { scale: 'breath', dash: [6, 3] },
  etco2: { scale: 'breath', dash: [] },
  'nibp-sys': { scale: 'pressure', dash: [8, 2] },
  'nibp-dia': { scale: 'pressure', dash: [3, 2] },
  sedation: { scale: 'score', dash: [1, 2] },
};
const otherLine = (name: Parameter) => OTHERS[name] ?? { scale: 'breath' as const, dash: [] };

export interface LegendLine {
  readonly name: string;
  /** Name of the colour in the style sheet. */
  readonly colour: string;
  readonly dash: readonly number[];
}

/** Which line is which: the others share one colour and no axis, so each says the values of its foot and its top. */
export const legendOf = (measured: readonly Parameter[]): readonly LegendLine[] => [
  { name: 'SpO2 %', colour: '--spo2', dash: [] },
  { name: 'Pulse /min', colour: '--pulse', dash: [] },
  { name: 'Pump rate mL/h', colour: '--dose', dash: [] },
  ...measured.map((parameter) => {
    const { scale, dash } = otherLine(parameter);
    const { label, unit } = PARAMETERS[parameter];
    return { name: `${label} ${unit}, ${RANGES[scale].join(' to ')}`, colour: '--text-soft', dash };
  }),
];

const FONT = '12px system-ui, sans-serif';

/** Axis times as a 24-hour clock of the station's zone. */
const clockTimes =
  (timeZone: string): uPlot.Axis.DynamicValues =>
  (_plot, splits) => {
    const format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    return splits.map((seconds) => format.format(new Date(seconds * 1000)));
  };

/** @param timeZone IANA zone of the station, in which the time axis is written */
export function trendOptions(
  width: number,
  height: number,
  timeZone: string,
  colours: TrendColours,
  measured: readonly Parameter[],
): uPlot.Options {
  const axis = { stroke: colours.text, font: FONT, labelFont: FONT, labelSize: 18 };
  const grid = { stroke: colours.grid, width: 1 };
  const line = { width: 1.5, spanGaps: false, points: { show: false } };
  return {
    width,
    height,
    legend: { show: false },
    cursor: { drag: { x: false, y: false } },
    scales: {
      x: { time: true },
      spo2: { range: [70, 100] },
      pulse: { range: RANGES.pulse },
      rate: { range: (_plot, _min, max) => [0, Math.max(10, max * 1.25)] },
      breath: { range: RANGES.breath },
      pressure: { range: RANGES.pressure },
      score: { range: RANGES.score },
    },
    series: [
      {},
      { ...line, scale: 'spo2', stroke: colours.spo2, label: 'SpO2' },
      { ...line, scale: 'pulse', stroke: colours.pulse, label: 'Pulse' },
      { ...line, scale: 'rate', stroke: colours.rate, label: 'Pump rate', fill: `${colours.rate}22` },
      ...measured.map((name) => {
        const { scale, dash } = otherLine(name);
        return { ...line, scale, dash, stroke: colours.text, label: PARAMETERS[name].label };
      }),
    ],
    axes: [
      { ...axis, grid, space: 90, size: 24, gap: 4, ticks: { size: 4 }, values: clockTimes(timeZone) },
      { ...axis, scale: 'spo2', grid, label: 'SpO2 %', size: 44, stroke: colours.spo2 },
      { ...axis, scale: 'pulse', grid: { show: false }, label: 'Pulse /min', size: 44, stroke: colours.pulse },
      { ...axis, scale: 'rate', grid: { show: false }, label: 'Rate mL/h', size: 44, side: 1, stroke: colours.rate },
    ],
  };
}
