import { expect, test } from 'vitest';
import { SESSION } from '../../../tests/e2e/support/sample-frames.ts';
import type { ShownSession } from '../../app/shown.ts';
import { doseView } from './dose-view.ts';

const session = (deliveredUl: number | null): ShownSession => ({ ...SESSION, deliveredUl });

test('the remaining time comes from the rate read back, not from the plan', () => {
  expect(doseView(session(8750), 13_100).remainingMs).toBeCloseTo((8750 / 13_100) * 3_600_000);
});

test('nothing flows, nothing is known: no estimate', () => {
  expect(doseView(session(8750), 0).remainingMs).toBeNull();
  expect(doseView(session(8750), null).remainingMs).toBeNull();
  expect(doseView(session(null), 26_200)).toEqual({ share: null, remainingMs: null });
});

test('progress ends at the whole', () => {
  expect(doseView(session(18_000), 0).share).toBe(1);
});
