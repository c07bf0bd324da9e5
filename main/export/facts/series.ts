import { isModelled } from '../../../core/pharmacokinetics/ketamine-models.ts';
import {
  advancePrediction,
  predictedBand,
  predictionWithoutDrug,
} from '../../../core/pharmacokinetics/predicted-band.ts';
import { gram, massOf, type Microgram, type Millisecond } from '../../../core/units.ts';
import type { TrendChunk } from '../../../db/trail.ts';
import type { OpenRow } from '../../station/open-row.ts';

/** One second of a course; null is a gap and stays one. */
export interface Point {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly value: number | null;
}

export type TrendName = 'spo2' | 'pulse' | 'rateUlPerH' | 'deliveredUl' | 'hr' | 'rr' | 'etco2';

function valuesIn(chunk: TrendChunk, name: TrendName): readonly (number | null)[] {
  if (name === 'hr' || name === 'rr' || name === 'etco2') return chunk.signs?.[name] ?? chunk.spo2.map(() => null);
  return chunk[name];
}

const SECOND = 1000;

/** All chunks as one course. Where time lies between two, a null stands there: no line is ever drawn over it. */
export function courseOf(chunks: readonly TrendChunk[], name: TrendName): readonly Point[] {
  const points: Point[] = [];
  for (const chunk of chunks) {
    const start = Date.parse(chunk.startedAt);
    const last = points.at(-1);
    if (last !== undefined && start > last.at + 2 * SECOND) points.push({ at: last.at + SECOND, value: null });
    for (const [second, value] of valuesIn(chunk, name).entries()) points.push({ at: start + second * SECOND, value });
  }
  return points;
}

/** Span between the published models at one moment, in ng/mL; null while the pump's volume was not known. */
export interface BandPoint {
  readonly at: number;
  readonly band: { readonly min: number; readonly max: number } | null;
}

/**
 * Plasma concentration as the models predict it from the recorded volume. What was given during a gap counts as having
 * come evenly. Empty for a drug without a model. A prediction, never a measurement.
 */
export function predictedCourse(chunks: readonly TrendChunk[], order: OpenRow | null): readonly BandPoint[] {
  if (order === null || !isModelled(order.drug)) return [];
  let prediction = predictionWithoutDrug(gram(order.weightG));
  let followed: { at: number; givenUl: number } | null = null;
  return courseOf(chunks, 'deliveredUl').map(({ at, value }) => {
    if (value === null) return { at, band: null };
    const before = followed ?? { at, givenUl: value };
    const given = (volume: number) => massOf(volume, order.concentrationUgPerMl);
    const mass = Math.max(0, given(value) - given(before.givenUl)) as Microgram;
    prediction = advancePrediction(prediction, Math.max(0, at - before.at) as Millisecond, mass);
    followed = { at, givenUl: value };
    const { min, max } = predictedBand(prediction);
    return { at, band: { min, max } };
  });
}
