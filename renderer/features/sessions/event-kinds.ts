import type { TrailEvent } from '../../../preload/contract/frames.ts';

export const EVENT_KINDS = [
  ['', 'All events'],
  ['alarm', 'Alarms'],
  ['pump', 'Pump and devices'],
  ['session', 'Session and people'],
  ['drug', 'Controlled drug'],
] as const;

export type EventKind = (typeof EVENT_KINDS)[number][0];

const GROUPS: Readonly<Record<Exclude<EventKind, ''>, readonly string[]>> = {
  alarm: ['alarm'],
  pump: ['pump', 'device', 'link', 'guard', 'chair'],
  session: ['session', 'limit', 'access'],
  drug: ['drug'],
};

/** Whether an event is of the kind, by the first part of its act. */
export function isOfKind({ act }: Pick<TrailEvent, 'act'>, kind: EventKind): boolean {
  return kind === '' || GROUPS[kind].includes(act.split('.')[0] ?? '');
}
