import { describe, expect, test } from 'vitest';
import { ALARMS, type AlarmId } from './alarms.ts';
import { brief, Chair } from './engine/testing.ts';
import { PROPOSED_PROFILE, type SafetyProfile } from './profile.ts';
import { compareRanks, isMostSevere, TIER_RANKS } from './tier-ranks.ts';
import type { Parameter } from './vitals.ts';

const RANKED = Object.entries(TIER_RANKS) as [keyof typeof TIER_RANKS, string][];
const tiers = PROPOSED_PROFILE.vitals.flatMap((rule) => rule.tiers);

test('critical covers pause and advisory, pause covers advisory, nothing covers its equal', () => {
  const alarms = ['spo2-critical', 'spo2-low', 'spo2-advisory'] as const;
  const covered = alarms.map((one) =>
    alarms.filter((other) => compareRanks({ alarm: one }, { alarm: other }) > 0).join(' '),
  );
  expect(covered).toEqual(['spo2-low spo2-advisory', 'spo2-advisory', '']);
  expect(isMostSevere({ alarm: 'spo2-low' }, [{ alarm: 'pulse-limit' }, { alarm: 'spo2-advisory' }])).toBe(true);
  expect(isMostSevere({ alarm: 'spo2-low' }, [{ alarm: 'spo2-advisory' }, { alarm: 'apnoea' }])).toBe(false);
});

test.each(RANKED)('%s has the rank %s: what pauses is no advisory, and an advisory pauses nothing', (alarm, rank) => {
  expect(ALARMS[alarm].action === 'none').toBe(rank === 'advisory');
});

test('every tier of the proposed profile is ranked, and a rank comes once for each sign', () => {
  expect(tiers.map(({ alarm }) => alarm).toSorted()).toEqual(RANKED.map(([alarm]) => alarm).toSorted());
  for (const rule of PROPOSED_PROFILE.vitals) {
    const ranks = rule.tiers.map(({ alarm }) => TIER_RANKS[alarm]);
    expect(new Set(ranks).size).toBe(ranks.length);
  }
});

test('of one sign a more severe tier lies deeper and waits no longer', () => {
  for (const rule of PROPOSED_PROFILE.vitals) {
    for (const one of rule.tiers) {
      for (const other of rule.tiers) {
        if (compareRanks(one, other) <= 0) continue;
        const [below, above] = [one.below ?? Number.NEGATIVE_INFINITY, one.above ?? Number.POSITIVE_INFINITY];
        expect(below).toBeLessThanOrEqual(other.below ?? Number.POSITIVE_INFINITY);
        expect(above).toBeGreaterThanOrEqual(other.above ?? Number.NEGATIVE_INFINITY);
        if (one.repeat !== true) expect(one.delay).toBeLessThanOrEqual(other.delay);
      }
    }
  }
});

/** The same profile, its tiers the other way round. */
const REVERSED: SafetyProfile = {
  ...PROPOSED_PROFILE,
  vitals: PROPOSED_PROFILE.vitals.map((rule) => ({ ...rule, tiers: rule.tiers.toReversed() })),
};

const isOfTier = (kind: string): boolean => Object.hasOwn(TIER_RANKS, kind.slice(kind.indexOf(':') + 1));

/** What is decided while a sign goes through these values, each for ten seconds, on a running infusion. */
function course(profile: SafetyProfile, parameter: Parameter, values: readonly number[]) {
  const chair = new Chair(profile).infuse();
  const from = chair.history.length;
  for (const value of values) {
    if (parameter === 'spo2') chair.spo2 = value;
    else if (parameter === 'pulse') chair.pulse = value;
    else chair.others = { ...chair.others, [parameter]: value };
    chair.pass(10_000);
  }
  return brief(chair.history.slice(from)).filter((kind) => /^(?:raised|cleared):/.test(kind) && isOfTier(kind));
}

describe('the order in which tiers are listed decides nothing', () => {
  test.each<[Parameter, readonly number[], AlarmId]>([
    ['spo2', [93, 91, 89, 84, 91, 98], 'spo2-critical'],
    ['pulse', [112, 131, 151, 120, 70], 'pulse-critical'],
    ['rr', [14, 9, 7, 0, 14], 'apnoea'],
    ['nibp-sys', [120, 165, 185, 205, 120], 'nibp-sys-critical'],
  ])('of %s through %j', (parameter, values, most) => {
    const decided = course(PROPOSED_PROFILE, parameter, values);
    expect(decided.join()).toContain(`raised:${most}`);
    expect(course(REVERSED, parameter, values)).toEqual(decided);
  });

  test('where a value past every limit raises the most severe alone', () => {
    expect(course(REVERSED, 'spo2', [80])).toEqual(['raised:spo2-critical']);
  });
});
