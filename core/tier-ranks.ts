import type { AlarmId } from './alarms.ts';

/** How severe a tier of a vital sign is: `critical` acts at once, `pause` after its delay, `advisory` only calls somebody. */
export type TierRank = 'critical' | 'pause' | 'advisory';

const SEVERITY: Readonly<Record<TierRank, number>> = { critical: 3, pause: 2, advisory: 1 };

/** The rank of every alarm that a tier may raise. Of one sign a more severe tier covers the milder ones. */
export const TIER_RANKS = {
  apnoea: 'critical',
  'spo2-critical': 'critical',
  'pulse-critical': 'critical',
  'hr-critical': 'critical',
  'nibp-sys-critical': 'critical',
  'nibp-dia-critical': 'critical',
  'sedation-deep': 'critical',
  'spo2-low': 'pause',
  'pulse-limit': 'pause',
  'hr-limit': 'pause',
  'rr-limit': 'pause',
  'etco2-limit': 'pause',
  'nibp-sys-limit': 'pause',
  'nibp-dia-limit': 'pause',
  'sedation-limit': 'pause',
  'spo2-advisory': 'advisory',
  'pulse-advisory': 'advisory',
  'hr-advisory': 'advisory',
  'rr-advisory': 'advisory',
  'etco2-advisory': 'advisory',
  'nibp-sys-advisory': 'advisory',
  'nibp-dia-advisory': 'advisory',
  'sedation-advisory': 'advisory',
} as const satisfies Partial<Record<AlarmId, TierRank>>;

/** An alarm that a tier may raise. */
export type TierAlarm = keyof typeof TIER_RANKS;

interface Ranked {
  readonly alarm: TierAlarm;
}

/** Positive where `one` is more severe than `other`. */
export const compareRanks = (one: Ranked, other: Ranked): number =>
  SEVERITY[TIER_RANKS[one.alarm]] - SEVERITY[TIER_RANKS[other.alarm]];

/** Whether none of `others` is more severe, wherever they stand in a list. */
export const isMostSevere = (one: Ranked, others: readonly Ranked[]): boolean =>
  others.every((other) => compareRanks(one, other) >= 0);
