import { expect, test } from 'vitest';
import { ALARMS, type AlarmId } from '../alarms.ts';
import { PROPOSED_PROFILE, type VitalRule } from '../profile.ts';
import type { Parameter } from '../vitals.ts';
import { Chair } from './testing.ts';

const HEALTHY = {
  spo2: 98,
  pulse: 70,
  hr: 70,
  rr: 14,
  etco2: 38,
  'nibp-sys': 120,
  'nibp-dia': 75,
  sedation: 5,
} as const;
/** Finer than any time by which the engine is told. */
const STEP = 50;
const LONGEST = 180_000;

interface Case {
  readonly parameter: Parameter;
  readonly alarm: AlarmId;
  readonly value: number;
  readonly delay: number;
}

const isPausing = ({ alarm }: { readonly alarm: AlarmId }): boolean => ALARMS[alarm].action === 'pause';

/** Every limit that pauses, one step past it on each of its sides: no more severe one is reached there. */
const CASES = PROPOSED_PROFILE.vitals.flatMap(({ parameter, tiers }) =>
  tiers
    .filter(isPausing)
    .flatMap(({ alarm, below, above, delay }): Case[] => [
      ...(below === null ? [] : [{ parameter, alarm, value: below - 1, delay }]),
      ...(above === null ? [] : [{ parameter, alarm, value: above + 1, delay }]),
    ]),
);

/** No second witness: of two signs of the heart only the one that is tried. */
const tried = (rules: readonly VitalRule[], parameter: Parameter): readonly VitalRule[] =>
  rules.filter((rule) => parameter !== 'hr' || rule.parameter !== 'pulse');

/** Milliseconds from the first value past the limit to the pause; values that a monitor gives come every second. */
function pausedAfter({ parameter, value, alarm }: Case): number | null {
  const rules = tried(PROPOSED_PROFILE.vitals, parameter);
  const chair = new Chair({ ...PROPOSED_PROFILE, vitals: rules });
  const isContinuous = rules.some((rule) => rule.parameter === parameter && rule.measured === 'continuous');
  const give = (now: number) => {
    for (const other of ['spo2', 'pulse'] as const) {
      if (other !== parameter) chair.measure(other, HEALTHY[other]);
    }
    if (isContinuous || now === 0) chair.measure(parameter, value);
    chair.read();
  };
  chair.others = { [parameter]: HEALTHY[parameter] };
  chair.infuse();
  for (let waited = 0; waited <= LONGEST; waited += STEP) {
    if (waited % 1000 === 0) give(waited);
    chair.tick();
    if (chair.state.alarms[alarm] !== undefined) return chair.state.phase === 'paused' ? waited : null;
    chair.now += STEP;
  }
  return null;
}

test.each(CASES)(
  '$alarm at $value pauses $delay ms after the first value past its limit: not sooner, not later',
  (each) => {
    expect(pausedAfter(each)).toBe(each.delay);
  },
);
