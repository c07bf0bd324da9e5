import { expect, test } from 'vitest';
import type { Tier, VitalRule } from '../profile.ts';
import { PROPOSED_PROFILE } from '../profile.ts';
import type { TierAlarm } from '../tier-ranks.ts';
import { millisecond } from '../units.ts';
import { delayOf } from './vital-delay.ts';

const tier = (alarm: TierAlarm, limits: Partial<Tier>): Tier => ({
  alarm,
  below: null,
  above: null,
  delay: millisecond(15_000),
  hysteresis: 0,
  ...limits,
});

function delay(of: Tier, value: number, agreed: boolean, ...others: readonly Tier[]): number {
  const [first] = PROPOSED_PROFILE.vitals;
  if (first === undefined) throw new Error('the profile watches nothing');
  const rule: VitalRule = { ...first, tiers: [of, ...others] };
  return delayOf(rule, of, value, agreed);
}

const short = { delay: millisecond(1000) };

test.each<[string, Tier, number, boolean, number]>([
  ['a limit that pauses waits as long as it says', tier('rr-limit', { below: 8 }), 7, false, 15_000],
  ['and 3 s where another sensor agrees', tier('rr-limit', { below: 8 }), 7, true, 3000],
  ['and never longer than it says', tier('rr-limit', { below: 8, ...short }), 7, true, 1000],
  ['one that asks for a repeat waits for it', tier('nibp-sys-limit', { below: 90, repeat: true }), 80, true, 15_000],
  ['one that only advises is not hastened by others', tier('rr-advisory', { below: 10 }), 9, true, 15_000],
  ['one that advises sooner than 3 s does so', tier('rr-advisory', { below: 10, ...short }), 9, false, 1000],
])('%s', (_, of, value, agreed, expected) => {
  expect(delay(of, value, agreed)).toBe(expected);
});

const advisory = tier('spo2-advisory', { below: 94 });

test.each([
  ['nothing is more severe', 50, [], 15_000],
  ['at the limit itself', 94, [tier('spo2-low', { below: 90 })], 15_000],
  ['half way', 92, [tier('spo2-low', { below: 90 })], 9000],
  ['at the next one', 90, [tier('spo2-low', { below: 90 })], 3000],
  ['past the next one', 80, [tier('spo2-low', { below: 90 })], 3000],
  ['the next one is on the other side', 92, [tier('spo2-low', { above: 99 })], 15_000],
  [
    'the next but one is the first on this side',
    92,
    [tier('spo2-low', { above: 99 }), tier('spo2-critical', { below: 90 })],
    9000,
  ],
  ['a milder one of two counts', 92, [tier('spo2-critical', { below: 80 }), tier('spo2-low', { below: 90 })], 9000],
  ['the next one lies at the same figure', 92, [tier('spo2-low', { below: 94 })], 15_000],
])('a limit that advises waits the less the deeper: %s', (_, value, others, expected) => {
  expect(delay(advisory, value, false, ...others)).toBe(expected);
});

test('a limit of one side is not hastened by a more severe one of the other', () => {
  expect(delay(tier('rr-advisory', { above: 30 }), 32, false, tier('rr-limit', { below: 8 }))).toBe(15_000);
});

test('of two limits at one figure neither hastens the other, above as below', () => {
  expect(delay(tier('pulse-advisory', { above: 110 }), 112, false, tier('pulse-limit', { above: 110 }))).toBe(15_000);
});
