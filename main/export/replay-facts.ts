import { type AlarmKey, recordedKey } from '../../core/alarm-keys.ts';
import type { Effect } from '../../core/engine/effects.ts';
import type { EngineEvent } from '../../core/engine/events.ts';
import type { ReplayedStep } from '../../core/replay.ts';
import type { RecordedRow } from './recordings.ts';

/** One decision, in the words in which the engine's and the record's are compared. */
export interface Fact {
  readonly kind: 'phase' | 'alarm' | 'stop' | 'stopped' | 'program' | 'start';
  readonly text: string;
}

function because(reason: string): string {
  return reason === '' ? '' : ` (${reason})`;
}

function person(by: string | null): string {
  return by === null ? '' : ` by ${by}`;
}

type Figure = RecordedRow['new'][string] | undefined;

function alarmText(change: string, key: AlarmKey | null, value: Figure, limit: Figure, by: string | null): string {
  const figures = value === null ? '' : ` at ${String(value)}, limit ${String(limit)}`;
  return `alarm ${String(key)} ${change}${figures}${person(by)}`;
}

const rounded = (figure: number | null): number | null => (figure === null ? null : Math.round(figure));

function factOf(effect: Effect): Fact | null {
  switch (effect.kind) {
    case 'phase': {
      const { from, to, reason, by } = effect;
      return { kind: 'phase', text: `${from} -> ${to}${because(reason)}${person(by)}` };
    }
    case 'alarm': {
      const { change, key, value, limit, by } = effect;
      return { kind: 'alarm', text: alarmText(change, key, rounded(value), rounded(limit), by) };
    }
    case 'program':
      return { kind: 'program', text: `program ${effect.id}: ${effect.rate} uL/h, ${effect.volume} uL` };
    case 'start':
      return { kind: 'start', text: `start ${effect.id}` };
    case 'stop':
      return { kind: 'stop', text: `stop${because(effect.reason)}` };
    case 'permit':
    case 'send':
    case 'withdrawn':
    case 'answer':
      return null;
  }
}

const none: ReadonlySet<number> = new Set();

/**
 * What a step must have left in the record, in its order. A repeated stop is one fact until it is read back.
 * @param unrecorded commands to leave out
 */
export function factsOf({ before, after, effects }: ReplayedStep, unrecorded = none): readonly Fact[] {
  const isRepeated = before.stopping !== null;
  const facts = effects.flatMap((effect): Fact[] => {
    if ((effect.kind === 'program' || effect.kind === 'start') && unrecorded.has(effect.id)) return [];
    if (effect.kind === 'stop' && isRepeated) return [];
    const fact = factOf(effect);
    return fact === null ? [] : [fact];
  });
  const isConfirmed = before.stopping !== null && after.stopping === null;
  return isConfirmed ? [...facts, { kind: 'stopped', text: 'stop confirmed' }] : facts;
}

/** Commands whose intent could not be written: nothing was sent, and there is no row of them. */
export function unrecordedCommands(events: readonly EngineEvent[]): ReadonlySet<number> {
  return new Set(
    events.flatMap((event) =>
      event.kind === 'outcome' && event.outcome.kind === 'refused' && event.outcome.code === 'record'
        ? [event.commandId]
        : [],
    ),
  );
}

/** The same words for a row; null for rows that no decision of the engine is behind, and for repeated stops. */
export function rowFact({ act, actor, reason, old, new: now }: RecordedRow): Fact | null {
  const by = actor?.id ?? null;
  switch (act) {
    case 'session.phase':
      return {
        kind: 'phase',
        text: `${String(old['phase'])} -> ${String(now['phase'])}${because(reason)}${person(by)}`,
      };
    case 'alarm.raised':
    case 'alarm.cleared':
    case 'alarm.escalated':
    case 'alarm.paused':
    case 'alarm.acknowledged': {
      const change = act.slice('alarm.'.length);
      return {
        kind: 'alarm',
        text: alarmText(change, recordedKey(now['id'], now['subject']), now['value'], now['limit'], by),
      };
    }
    case 'pump.program.intent': {
      const text = `program ${String(now['id'])}: ${String(now['rateUlPerH'])} uL/h, ${String(now['volumeUl'])} uL`;
      return { kind: 'program', text };
    }
    case 'pump.start.intent':
      return { kind: 'start', text: `start ${String(now['id'])}` };
    case 'pump.stop.intent':
      return now['sent'] === 1 ? { kind: 'stop', text: `stop${because(reason)}` } : null;
    case 'pump.stop.outcome':
      return { kind: 'stopped', text: 'stop confirmed' };
    default:
      return null;
  }
}
