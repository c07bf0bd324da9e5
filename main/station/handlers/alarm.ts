import type { DrawnAlarm } from '../../../core/engine/events.ts';
import { millisecond, SECOND } from '../../../core/units.ts';
import { requireAccepted } from '../refusals.ts';
import { chairOf, personOf } from '../station-context.ts';
import type { GroupHandlers } from './handler.ts';

type Named = Omit<DrawnAlarm, 'raisedAt'> & { readonly raisedAtMs: number };

const drawn = ({ raisedAtMs, ...alarm }: Named): DrawnAlarm => ({ ...alarm, raisedAt: millisecond(raisedAtMs) });

export const alarm: GroupHandlers<'alarm'> = {
  acknowledge: ({ chairId, alarms }, call) => {
    const by = personOf(call).id;
    const row = { act: 'alarm.acknowledge', by, new: { alarms: alarms.map(({ key }) => key) } };
    requireAccepted(chairOf(call, chairId).operate({ kind: 'acknowledge', by, alarms: alarms.map(drawn) }, row));
    return {};
  },

  /** a lock-out must never keep a person at the chair in the noise; the engine bounds and ends it. */
  pauseAudio: ({ chairId, alarms, seconds }, call) => {
    const by = call.person?.id ?? null;
    const row = { act: 'alarm.pause-audio', by, new: { alarms: alarms.map(({ key }) => key), seconds } };
    const duration = millisecond(seconds * SECOND);
    const event = { kind: 'audio-pause', by, alarms: alarms.map(drawn), duration } as const;
    requireAccepted(chairOf(call, chairId).operate(event, row));
    return {};
  },
};
