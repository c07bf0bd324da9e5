import { idOf } from '../../core/alarm-keys.ts';
import type { AlarmId } from '../../core/alarms.ts';
import type { EngineState } from '../../core/engine/state.ts';
import type { SafetyProfile } from '../../core/profile.ts';
import { type ReplayedStep, replay, underProfile } from '../../core/replay.ts';
import type { Recording } from './recordings.ts';
import { type Fact, factsOf } from './replay-facts.ts';
import { wallTime } from './replay-record.ts';

/** What was decided at one moment with the recorded limits and what with the others. */
interface Moment {
  readonly time: string;
  readonly recorded: readonly string[];
  readonly other: readonly string[];
}

export interface WhatIf {
  readonly moments: readonly Moment[];
  /** Time from which the other limits would have treated the pump differently; null where they never would have. */
  readonly partedAt: string | null;
}

const SIGNS: ReadonlySet<AlarmId> = new Set(['vitals-lost', 'vitals-stale', 'signal-poor']);

/**
 * The session under other limits, beside what was. From the moment the two treat the pump differently, the read-backs
 * belong to the recorded course only, so of the other course no more than the alarms of the signs are told.
 */
export function whatIf(recording: Recording, initial: EngineState, profile: SafetyProfile): WhatIf {
  const { events } = recording;
  const moments: Moment[] = [];
  let partedAt: string | null = null;
  const others = replay(underProfile(initial, profile), events);
  for (const step of replay(initial, events)) {
    const { value: other } = others.next();
    const recorded = factsOf(step);
    const otherwise = other === undefined ? [] : factsOf(other);
    const shown = partedAt === null ? otherwise : signAlarms(other, profile);
    const time = wallTime(recording, step.event.at);
    if (recorded.length > 0 || shown.length > 0) moments.push({ time, recorded: texts(recorded), other: texts(shown) });
    if (!isSameControl(recorded, otherwise)) partedAt ??= time;
  }
  return { moments, partedAt };
}

const texts = (facts: readonly Fact[]): readonly string[] => facts.map(({ text }) => text);

function isSameControl(one: readonly Fact[], other: readonly Fact[]): boolean {
  const control = (facts: readonly Fact[]): string =>
    facts
      .filter(({ kind }) => kind !== 'alarm')
      .map(({ kind }) => kind)
      .join();
  return control(one) === control(other);
}

function signAlarms(step: ReplayedStep | undefined, { vitals }: SafetyProfile): readonly Fact[] {
  if (step === undefined) return [];
  const ids = new Set([...SIGNS, ...vitals.flatMap(({ tiers }) => tiers.map(({ alarm }) => alarm))]);
  const effects = step.effects.filter((effect) => effect.kind === 'alarm' && ids.has(idOf(effect.key)));
  return factsOf({ ...step, effects }).filter(({ kind }) => kind === 'alarm');
}
