import { expect, test } from 'vitest';
import { PROPOSED_PROFILE } from './profile.ts';

test('the shipped profile says of itself that it is a proposal', () => {
  expect(PROPOSED_PROFILE.proposal).toBe(true);
});

test('a stop that nothing confirms is alarmed within 3 s, judged at ticks of 100 ms (R-2.5)', () => {
  expect(PROPOSED_PROFILE.stopAlarmAfter + 100).toBeLessThan(3000);
});
