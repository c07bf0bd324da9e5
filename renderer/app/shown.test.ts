import { expect, test } from 'vitest';
import { perParameter } from '../../core/vitals.ts';
import { INFUSING as chair } from '../../tests/e2e/support/sample-frames.ts';
import { shown } from './shown.ts';

test('a live frame is shown as it came', () => {
  expect(shown(chair, true)).toEqual({ ...chair, live: true });
});

test('without frames no number and no claim about the pump is left', () => {
  const lost = shown(chair, false);
  expect(lost.pump).toMatchObject({ state: 'unknown', rateUlPerH: null, commandedRateUlPerH: null });
  expect(lost.vitals).toEqual(perParameter(() => ({ state: 'none' })));
  expect(lost.measured).toEqual({});
  expect(lost).toMatchObject({ phase: null, steadyMs: null, limits: [] });
  expect(lost.session).toMatchObject({
    plan: null,
    deliveredUl: null,
    deliveredUg: null,
    doseCeilingUg: null,
    prediction: null,
  });
});
