import { millisecond, SECOND } from '../../../core/units.ts';
import { requireAccepted } from '../refusals.ts';
import { chairOf, personOf } from '../station-context.ts';
import type { GroupHandlers } from './handler.ts';

export const alarm: GroupHandlers<'alarm'> = {
  acknowledge: ({ chairId, alarms }, call) => {
    const by = personOf(call).id;
    const row = { act: 'alarm.acknowledge', by, new: { alarms } };
    requireAccepted(chairOf(call, chairId).operate({ kind: 'acknowledge', by, alarms }, row));
    return {};
  },

  /** a lock-out must never keep a person at the chair in the noise; the engine bounds and ends it. */
  pauseAudio: ({ chairId, alarms, seconds }, call) => {
    const by = call.person?.id ?? null;
    const row = { act: 'alarm.pause-audio', by, new: { alarms, seconds } };
    const duration = millisecond(seconds * SECOND);
    requireAccepted(chairOf(call, chairId).operate({ kind: 'audio-pause', by, alarms, duration }, row));
    return {};
  },
};
