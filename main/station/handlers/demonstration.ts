import { Refusal } from '../refusals.ts';
import { chairOf, personOf } from '../station-context.ts';
import type { GroupHandlers } from './handler.ts';

export const demonstration: GroupHandlers<'demonstration'> = {
  scenario: ({ chairId, scenario }, call) => {
    const { configuration, playScenario } = call.station.options;
    if (!configuration.demonstration || playScenario === null) {
      throw new Refusal(
        'NOT_A_DEMONSTRATION',
        'This station has real devices. Scenarios exist in a demonstration only.',
      );
    }
    const chair = chairOf(call, chairId);
    chair.journal.note('demonstration.scenario', { by: personOf(call).id, new: { scenario } });
    playScenario(chairId, scenario);
    return {};
  },
};
