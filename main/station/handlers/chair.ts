import { requireAccepted } from '../refusals.ts';
import { chairOf, personOf } from '../station-context.ts';
import type { GroupHandlers } from './handler.ts';

export const chair: GroupHandlers<'chair'> = {
  /** whoever stands at the chair may stop; the engine accepts it in every phase. */
  stop: ({ chairId }, call) => {
    const by = call.person?.id ?? null;
    chairOf(call, chairId).operate({ kind: 'stop', by, reason: 'STOP pressed' }, { act: 'chair.stop', by });
    return {};
  },

  stoppedByHand: ({ chairId, reason }, call) => {
    const by = personOf(call).id;
    const row = { act: 'pump.stopped-by-hand', by, reason };
    requireAccepted(chairOf(call, chairId).operate({ kind: 'stopped-by-hand', by, reason }, row));
    return {};
  },
};
