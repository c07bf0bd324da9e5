import type { Parameter, Quality } from '../../../core/vitals.ts';

export interface Reading {
  readonly value: number | null;
  readonly quality: Quality;
}

/** What a monitor gave in one second; a parameter that is absent gave nothing. */
export type Second = Readonly<Partial<Record<Parameter, Reading>>>;

/** A stretch of the trace of which it is known what it was, in seconds from its beginning, both ends included. */
export interface Label {
  readonly start: number;
  readonly end: number;
  /** `event`: the infusion has to pause. `probe-off`: nothing was measured, so that it has to pause, too. */
  readonly kind: 'event' | 'probe-off' | 'nuisance';
  readonly name: string;
}

/** One patient at 1 Hz. */
export interface Trace {
  readonly name: string;
  readonly seconds: readonly Second[];
  /** Null: nobody labelled it. */
  readonly labels: readonly Label[] | null;
}

export const good = (value: number): Reading => ({ value, quality: 'good' });
export const INVALID: Reading = { value: null, quality: 'invalid' };
