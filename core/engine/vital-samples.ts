import type { Tier } from '../profile.ts';
import type { Millisecond } from '../units.ts';
import { isPossible, type VitalSample } from '../vitals.ts';
import { isActive } from './facts.ts';
import type { EngineState, VitalState } from './state.ts';
import { change, type Turn } from './turn.ts';
import { crossedLimit } from './vital-facts.ts';
import { rulesOf } from './vital-rules.ts';

/** Takes in what the monitor sent, sample by sample in the order of arrival. */
export function takeSamples(turn: Turn, samples: readonly VitalSample[]): Turn {
  return samples.reduce(takeSample, turn);
}

function takeSample(turn: Turn, sample: VitalSample): Turn {
  const { state } = turn;
  const vital = state.vitals[sample.parameter];
  // Written so that a time that is not a number counts as late, too.
  const inOrder = sample.at >= (vital.latest?.at ?? 0);
  if (!inOrder) return turn;
  // A time stamp from the future must not keep a value fresh.
  const at = Math.min(sample.at, turn.at) as Millisecond;
  const next = judge(state, vital, { ...sample, at });
  return change(turn, { vitals: { ...state.vitals, [sample.parameter]: next } });
}

/** Only a good sample makes a physiological verdict; a poor one holds the last; any other is technical. */
function judge(state: EngineState, vital: VitalState, sample: VitalSample): VitalState {
  const { value } = sample;
  // Stryker disable next-line ConditionalExpression: null is no possible value either; only its type has to be told.
  if (value === null || sample.quality === 'invalid' || !isPossible(sample.parameter, value)) {
    return { ...vital, latest: { ...sample, value: null, quality: 'invalid' } };
  }
  if (sample.quality === 'poor') {
    return { ...vital, latest: sample, latestValue: sample, poorSince: vital.poorSince ?? sample.at };
  }
  const tierSince = tiersOf(state, sample).map((tier, i) =>
    crossedLimit(tier, value, marginOf(state, tier)) === null ? null : (vital.tierSince[i] ?? sample.at),
  );
  const good = { ...sample, value };
  return { latest: good, latestValue: good, latestGood: good, poorSince: null, tierSince };
}

/** Hysteresis counts once the alarm is raised: it ends well inside the limit, but begins exactly at it. */
function marginOf(state: EngineState, { alarm, hysteresis }: Tier): number {
  return isActive(state, alarm) ? hysteresis : 0;
}

function tiersOf(state: EngineState, { parameter }: VitalSample): readonly Tier[] {
  return rulesOf(state)
    .filter((rule) => rule.parameter === parameter)
    .flatMap((rule) => rule.tiers);
}
