import { requireAccepted } from '../refusals.ts';
import { chairOf, personOf } from '../station-context.ts';
import type { GroupHandlers } from './handler.ts';

export const alarm: GroupHandlers<'alarm'> = {
  acknowledge: ({ chairId }, call) => {
    const by = personOf(call).id;
    requireAccepted(chairOf(call, chairId).operate({ kind: 'acknowledge', by }, { act: 'alarm.acknowledge', by }));
    return {};
  },
};
