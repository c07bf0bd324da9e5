import { personOf } from '../station-context.ts';
import type { GroupHandlers } from './handler.ts';

export const sound: GroupHandlers<'sound'> = {
  report: (said, { station: { soundWatch, options }, seat }) => {
    soundWatch.report(seat, said, options.clock.now());
    return { proved: soundWatch.isProved };
  },

  heard: (_input, call) => {
    const { id, name } = personOf(call);
    call.station.soundWatch.heardBy(name);
    call.station.journal.note('sound.heard', { by: id });
    return {};
  },
};
