import { SEDATION_LEVELS } from '../../../core/sedation.ts';
import type { Parameter } from '../../../core/vitals.ts';
import type { FactClock } from '../facts/clock.ts';
import type { Point } from '../facts/series.ts';
import type { SessionFacts } from '../facts/session-facts.ts';
import type { Plot } from './plot.ts';
import { described, highest, limitLines, limitNote, roundUp } from './plot-parts.ts';
import type { Sheet } from './sheet.ts';
import { drawTable } from './table.ts';

type Shared = Pick<Plot, 'marks' | 'shaded'>;

/** What was measured now and then: a dot at the time of each measurement, no line between. */
export function readingPlots(facts: SessionFacts, shared: Shared): readonly Plot[] {
  return [...pressurePlot(facts, shared), ...sedationPlot(facts, shared)];
}

function pointsOf({ readings }: SessionFacts, parameter: Parameter): readonly Point[] {
  return readings
    .filter((reading) => reading.parameter === parameter)
    .map(({ at, value }) => ({ at: Date.parse(at), value }));
}

function pressurePlot(facts: SessionFacts, shared: Shared): readonly Plot[] {
  const systolic = pointsOf(facts, 'nibp-sys');
  const diastolic = pointsOf(facts, 'nibp-dia');
  if (systolic.length + diastolic.length === 0) return [];
  const title = 'Cuff pressure (mmHg)';
  return [
    {
      ...shared,
      title,
      note: `red: systolic, blue: diastolic; ${limitNote(facts)} of the systolic`,
      range: [40, roundUp(Math.max(215, highest(systolic) ?? 0))],
      lines: [
        { points: systolic, color: '#b91c1c', dots: true },
        { points: diastolic, color: '#1d4ed8', dots: true },
      ],
      limits: limitLines(facts, 'nibp-sys'),
      alt: `${described('Systolic', systolic)}; ${described('diastolic', diastolic)}`,
    },
  ];
}

function sedationPlot(facts: SessionFacts, shared: Shared): readonly Plot[] {
  const points = pointsOf(facts, 'sedation');
  if (points.length === 0) return [];
  return [
    {
      ...shared,
      title: SEDATION_LEVELS.name,
      note: `scored by a person; ${limitNote(facts)}`,
      range: [0, 5.5],
      lines: [{ points, color: '#4d7c0f', dots: true }],
      limits: limitLines(facts, 'sedation'),
      alt: described(SEDATION_LEVELS.name, points),
    },
  ];
}

/** The same in figures, with the time at which each was taken. */
export function drawReadings(sheet: Sheet, { readings }: SessionFacts, clock: FactClock): void {
  const moments = Map.groupBy(readings, ({ at }) => at);
  if (moments.size === 0) return;
  sheet.heading('Cuff pressure and sedation', 'time at which each was taken');
  const columns = [
    { title: 'Taken', share: 3.8 },
    { title: 'Systolic (mmHg)', share: 2.4, align: 'right' },
    { title: 'Diastolic (mmHg)', share: 2.4, align: 'right' },
    { title: 'MOAA/S', share: 1.4, align: 'right' },
    { title: 'That is', share: 6 },
  ] as const;
  const rows = [...moments].map(([at, taken]) => {
    const value = (parameter: Parameter) => taken.find((reading) => reading.parameter === parameter)?.value ?? '';
    const level = SEDATION_LEVELS.levels.find(({ score }) => score === value('sedation'));
    const figures = [value('nibp-sys'), value('nibp-dia'), value('sedation')].map(String);
    return { cells: [clock.moment(at), ...figures, level?.says ?? ''] };
  });
  drawTable(sheet, columns, rows);
}
