import type { StationLogAsked } from '../../app/types.ts';
import { beginOfDay, dayAfter } from '../../ui/local-day.ts';

/** What a person has set to look through the log by, as set; an empty text asks for nothing. */
export interface LogDraft {
  readonly search: string;
  readonly kind: NonNullable<StationLogAsked['kind']> | '';
  readonly outcome: NonNullable<StationLogAsked['outcome']> | '';
  readonly fromDay: string;
  readonly toDay: string;
}

export const EMPTY_LOG: LogDraft = { search: '', kind: '', outcome: '', fromDay: '', toDay: '' };

export const LOG_KINDS = [
  ['', 'Everything of the station'],
  ['people', 'Sign-ins, people, who looked at what'],
  ['configuration', 'Start, configuration, drug library'],
  ['clock', 'Clock'],
  ['export', 'Exports'],
  ['record', 'Checks, copies, anchors, keys'],
  ['devices', 'Chairs, devices, sound'],
] as const satisfies readonly (readonly [LogDraft['kind'], string])[];

export const OUTCOMES = [
  ['', 'Any'],
  ['ok', 'Done'],
  ['denied', 'Refused'],
  ['failed', 'Failed'],
  ['unknown', 'Not known'],
] as const satisfies readonly (readonly [LogDraft['outcome'], string])[];

/** The question for the station. The last day counts as a whole. */
export function toLogAsked({ search, kind, outcome, fromDay, toDay }: LogDraft, timeZone: string): StationLogAsked {
  return {
    search,
    kind: kind === '' ? null : kind,
    outcome: outcome === '' ? null : outcome,
    from: beginOfDay(fromDay.trim(), timeZone),
    to: beginOfDay(dayAfter(toDay.trim()), timeZone),
  };
}
