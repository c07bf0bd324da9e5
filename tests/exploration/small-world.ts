import type { EngineEvent } from '../../core/engine/events.ts';
import type { SessionBinding } from '../../core/engine/state.ts';
import { BINDING } from '../../core/engine/testing.ts';
import { PROPOSED_PROFILE, type SafetyProfile } from '../../core/profile.ts';
import type {
  Microgram,
  MicrogramPerMillilitre,
  Microlitre,
  MicrolitrePerHour,
  Millisecond,
} from '../../core/units.ts';

// The shipped engine in a world with small figures: whole seconds, short delays and a plan of three seconds, so that
// every combination of what it remembers can be walked through. Only figures differ from the product, no rule does.

/** What the plan delivers in one second; all volumes of this world are multiples of it. */
export const PORTION = 1000 as Microlitre;
export const PLAN_RATE = 3_600_000 as MicrolitrePerHour;
/** Longest delay of a tier. */
export const LONGEST_DELAY = 2000;

const delay = LONGEST_DELAY as Millisecond;
const now = 0 as Millisecond;

export const SMALL_PROFILE: SafetyProfile = {
  ...PROPOSED_PROFILE,
  version: 'exploration',
  vitals: [
    {
      parameter: 'spo2',
      required: 'always',
      measured: 'continuous',
      period: 1000 as Millisecond,
      tiers: [
        { alarm: 'spo2-critical', below: 85, above: null, delay: now, hysteresis: 2 },
        { alarm: 'spo2-low', below: 90, above: null, delay, hysteresis: 2 },
        { alarm: 'spo2-advisory', below: 94, above: null, delay, hysteresis: 2 },
      ],
    },
    {
      // From its first value on it is watched, too, so that one of two signs can be lost or critical alone.
      parameter: 'rr',
      required: 'when-present',
      measured: 'continuous',
      period: 1000 as Millisecond,
      tiers: [
        { alarm: 'apnoea', below: 1, above: null, delay: now, hysteresis: 1 },
        { alarm: 'rr-limit', below: 8, above: null, delay, hysteresis: 1 },
      ],
    },
  ],
  pauseOnLossAfter: 4000 as Millisecond,
  holdPoorSignal: 3000 as Millisecond,
  permitLifetime: 1000 as Millisecond,
  pumpSilentAfter: 2000 as Millisecond,
  stopRepeat: 1000 as Millisecond,
  stopAlarmAfter: 2000 as Millisecond,
  steadyBeforeRun: 2000 as Millisecond,
  deviationMicrolitres: 500,
  deviationFor: 2000 as Millisecond,
  escalateAfter: 1000 as Millisecond,
  supervisionGap: 2000 as Millisecond,
  repeatedPauses: 2,
  repeatedPausesWithin: 3000 as Millisecond,
  idleAfter: 1000 as Millisecond,
};

/** Of every plan here, in ng/mL. */
export const PREDICTION_CEILING = 500;

/** Three portions, 1 ug each uL. */
function planOf(ceiling: number): SessionBinding {
  const order = { ...BINDING.plan.order, concentration: 1000 as MicrogramPerMillilitre, dose: 3000 as Microgram };
  const plan = { order, rate: PLAN_RATE, volume: (3 * PORTION) as Microlitre, runningTime: 3000 as Millisecond };
  return { ...BINDING, plan, doseCeiling: (ceiling * PORTION) as Microgram, predictionCeiling: PREDICTION_CEILING };
}

export const WHOLE_PLAN = planOf(3);
/** The dose ceiling is reached a portion before the plan is complete. */
export const LOW_CEILING = planOf(2);

type WithoutTime<Event> = Event extends unknown ? Omit<Event, 'at'> : never;
export type Happening = WithoutTime<EngineEvent>;
