import { choose } from '../export-choice.ts';
import { personOf } from '../station-context.ts';
import type { GroupHandlers } from './handler.ts';

/** How long an export waits for rows on their way (ms). */
const FLUSH_PATIENCE = 2000;

export const exports: GroupHandlers<'exports'> = {
  async start(request, call) {
    const { recorder, options, exportDesk } = call.station;
    // The closing row of a session that just ended may still be on its way.
    await recorder.flush(FLUSH_PATIENCE);
    const chosen = await choose(request.subject, request.content, options.trail);
    return { exportId: exportDesk.start(request, chosen, personOf(call)) };
  },
  progress: ({ exportId }, { station }) => station.exportDesk.stateOf(exportId),
  async cancel({ exportId }, { station }) {
    await station.exportDesk.cancel(exportId);
    return {};
  },
};
