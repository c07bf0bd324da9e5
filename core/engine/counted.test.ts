import { expect, test } from 'vitest';
import { massCounted, massGiven } from './dose.ts';
import { BINDING, Chair } from './testing.ts';

const given = (chair: Chair): number => massGiven(BINDING, chair.state.pump.delivered);

test('while the pump reads back, what it gave counts and nothing more', () => {
  expect(massCounted(new Chair().state)).toBe(0);
  const chair = new Chair().infuse();
  chair.pass(60_000);
  expect(given(chair)).toBeGreaterThan(0);
  expect(massCounted(chair.state)).toBe(given(chair));
});

test('a stop that is not read back counts as the whole plan until it is (R-4.5)', () => {
  const chair = new Chair().infuse();
  chair.pass(60_000);
  chair.send({ kind: 'stop', by: null, reason: 'x' });
  expect(massCounted(chair.state)).toBe(35_000);
  chair.rest();
  expect(massCounted(chair.state)).toBe(given(chair));
});

test('a pump that was stopped by hand and answers no more counts as the whole plan', () => {
  const chair = new Chair().infuse();
  chair.pass(10_000);
  chair.send({ kind: 'stop', by: null, reason: 'x' });
  chair.send({ kind: 'stopped-by-hand', by: 'anna', reason: 'clamped' });
  expect(massCounted(chair.state)).toBe(35_000);
});

test('a start of unknown outcome counts as delivered, and an overrun with all of it', () => {
  const chair = new Chair().arm();
  chair.start();
  chair.send({ kind: 'outcome', commandId: 1, outcome: { kind: 'unknown', detail: '' } });
  chair.state = { ...chair.state, stopping: null };
  expect(massCounted(chair.state)).toBe(35_000);
  chair.state = { ...chair.state, pump: { ...chair.state.pump, delivered: 20_000 as typeof BINDING.plan.volume } };
  expect(massCounted(chair.state)).toBe(40_000);
});

test('no more than the dose ceiling counts while nobody knows whether the pump still runs', () => {
  const chair = new Chair().arm({ ...BINDING, doseCeiling: 20_000 as typeof BINDING.doseCeiling });
  chair.start();
  chair.send({ kind: 'stop', by: null, reason: 'x' });
  expect(massCounted(chair.state)).toBe(20_000);
});

test('an interrupted session counts what was recorded, before any pump has answered', () => {
  const chair = new Chair();
  chair.send({ kind: 'interrupted', binding: BINDING, delivered: 4000 });
  expect(massCounted(chair.state)).toBe(8000);
});
