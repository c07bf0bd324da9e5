import { expect, test } from 'vitest';
import { initialState } from '../../core/engine/initial.ts';
import type { EngineState } from '../../core/engine/state.ts';
import { PROPOSED_PROFILE } from '../../core/profile.ts';
import { microlitre, millisecond } from '../../core/units.ts';
import { Progress } from './progress.ts';

const idle = initialState(PROPOSED_PROFILE);
const infusing = (delivered: number): EngineState => ({
  ...idle,
  phase: 'infusing',
  pump: { ...idle.pump, delivered: microlitre(delivered) },
});

test('what was given is written every 2 s while it grows, and not otherwise', () => {
  const noted: number[] = [];
  const progress = new Progress(({ pump }) => noted.push(pump.delivered));
  for (let second = 0; second < 6; second += 1) progress.tick(infusing(second * 7), millisecond(second * 1000));
  expect(noted).toEqual([0, 14, 28]);
  for (let second = 6; second < 120; second += 1) progress.tick(infusing(28), millisecond(second * 1000));
  expect(noted).toHaveLength(3);
  progress.tick({ ...infusing(900), phase: 'paused' }, millisecond(200_000));
  expect(noted).toHaveLength(3);
});
