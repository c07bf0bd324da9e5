import { expect, test } from 'vitest';
import { limitText, vitalView } from './vital-view.ts';

test('a stale value is not a plain number: the large place is empty and the age is told (R-5.2)', () => {
  const view = vitalView({ state: 'stale', value: 97, ageMs: 4200 }, '%');
  expect(view.large).toBe('--');
  expect(view.note).toBe('Stale: last 97 %, 4.2 s ago');
});

test('a poor value says so', () => {
  expect(vitalView({ state: 'poor', value: 91, ageMs: 100 }, '%').note).toMatch(/poor signal/i);
});

test('no value is never zero', () => {
  expect(vitalView({ state: 'none' }, '%').large).toBe('--');
});

test('a valid value stands alone', () => {
  expect(vitalView({ state: 'valid', value: 0, ageMs: 0 }, '%')).toEqual({ large: '0', tone: 'valid', note: '' });
});

test('a limit names both of its sides', () => {
  const tier = { parameter: 'pulse', tier: 'pause', delayMs: 10_000, own: false, required: true } as const;
  expect(limitText({ ...tier, below: 45, above: 130 })).toBe('< 45  > 130');
  expect(limitText({ ...tier, below: null, above: 130 })).toBe('> 130');
});
