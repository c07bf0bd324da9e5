import { expect, test } from 'vitest';
import { IDLE } from '../../../tests/e2e/support/sample-frames.ts';
import type { ShownChair } from '../../app/shown.ts';
import { blockers, offered } from './actions.ts';

const chair: ShownChair = { ...IDLE, live: true, phase: 'armed', steadyMs: 12_900 };

test('start says how long the vitals have been steady, rounded down', () => {
  expect(blockers(chair, 'start')).toEqual(['Steady vitals 12 of 30 s']);
  expect(blockers({ ...chair, steadyMs: 30_000 }, 'start')).toEqual([]);
});

test('every known reason is told, not only the first', () => {
  const reasons = blockers({ ...chair, pump: { ...chair.pump, link: 'down' }, recordHealthy: false }, 'resume');
  expect(reasons).toEqual(['Steady vitals 12 of 30 s', 'No connection to the pump', 'The record cannot be written']);
});

test('nothing that lowers delivery is ever held back', () => {
  for (const action of ['pause', 'end'] as const)
    expect(blockers({ ...chair, recordHealthy: false }, action)).toEqual([]);
});

test('without frames no action is offered', () => {
  expect(offered(null)).toEqual({ next: null, others: [] });
});
