import type { Tier, VitalRule } from './profile.ts';
import { type Millisecond, millisecond, SECOND } from './units.ts';

const seconds = (count: number): Millisecond => millisecond(count * SECOND);
const minutes = (count: number): Millisecond => seconds(count * 60);

const AT_ONCE = seconds(0);
/** Without a repeat within this time a cuff pressure beyond a pause limit counts as it was read. */
const REPEAT_WITHIN = minutes(2);

type Limits = Pick<Tier, 'below' | 'above'> & Partial<Tier>;

function tier(alarm: Tier['alarm'], delay: Millisecond, hysteresis: number, limits: Limits): Tier {
  return { alarm, delay, hysteresis, ...limits };
}

const continuous = { measured: 'continuous', period: seconds(1) } as const;

/**
 * Every vital and its tiers as the shared clinical notes propose them for a mood or pain chair. None of these figures
 * has another source: a clinician of the site must set them. What a patient's own baseline may loosen of them is bounded
 * by the drug library.
 */
export const PROPOSED_VITALS: readonly VitalRule[] = [
  {
    parameter: 'spo2',
    required: 'always',
    ...continuous,
    tiers: [
      tier('spo2-critical', AT_ONCE, 2, { below: 85, above: null }),
      tier('spo2-low', seconds(10), 2, { below: 90, above: null }),
      tier('spo2-advisory', seconds(10), 2, { below: 94, above: null }),
    ],
  },
  {
    parameter: 'pulse',
    required: 'always',
    ...continuous,
    tiers: [
      tier('pulse-critical', AT_ONCE, 3, { below: 40, above: 150 }),
      tier('pulse-limit', seconds(10), 3, { below: 45, above: 130 }),
      tier('pulse-advisory', seconds(10), 3, { below: 50, above: 110 }),
    ],
  },
  {
    parameter: 'hr',
    required: 'when-present',
    ...continuous,
    tiers: [
      tier('hr-critical', AT_ONCE, 3, { below: 40, above: 150 }),
      tier('hr-limit', seconds(10), 3, { below: 45, above: 130 }),
      tier('hr-advisory', seconds(10), 3, { below: 50, above: 110 }),
    ],
  },
  {
    parameter: 'rr',
    required: 'when-present',
    ...continuous,
    tiers: [
      // A monitor says 0 only when no breath came for its own apnoea time (10 to 40 s): nothing is waited for on top.
      tier('apnoea', AT_ONCE, 1, { below: 1, above: null }),
      tier('rr-limit', seconds(15), 1, { below: 8, above: null }),
      tier('rr-advisory', seconds(15), 1, { below: 10, above: 25 }),
    ],
  },
  {
    parameter: 'etco2',
    required: 'when-present',
    ...continuous,
    tiers: [
      tier('etco2-limit', seconds(15), 2, { below: null, above: 60 }),
      tier('etco2-advisory', seconds(15), 2, { below: 30, above: 50 }),
    ],
  },
  {
    parameter: 'nibp-sys',
    required: 'when-present',
    measured: 'intermittent',
    period: minutes(10),
    tiers: [
      // The notes have no lower figure here; at one this low nobody waits for a repeat.
      tier('nibp-sys-critical', AT_ONCE, 5, { below: 70, above: 200 }),
      tier('nibp-sys-limit', REPEAT_WITHIN, 5, { below: 90, above: 180, repeat: true }),
      tier('nibp-sys-advisory', AT_ONCE, 5, { below: 100, above: 160 }),
    ],
  },
  {
    parameter: 'nibp-dia',
    required: 'when-present',
    measured: 'intermittent',
    period: minutes(10),
    tiers: [
      tier('nibp-dia-critical', AT_ONCE, 5, { below: null, above: 120 }),
      tier('nibp-dia-limit', REPEAT_WITHIN, 5, { below: null, above: 110, repeat: true }),
      tier('nibp-dia-advisory', AT_ONCE, 5, { below: null, above: 100 }),
    ],
  },
  {
    parameter: 'sedation',
    required: 'when-present',
    measured: 'intermittent',
    period: minutes(15),
    tiers: [
      tier('sedation-deep', AT_ONCE, 0, { below: 2, above: null }),
      tier('sedation-limit', AT_ONCE, 0, { below: 4, above: null }),
      tier('sedation-advisory', AT_ONCE, 0, { below: 5, above: null }),
    ],
  },
];
