import { planOrder } from '../../../core/plan.ts';
import { planView } from '../frames.ts';
import { entryLimits } from '../limit-text.ts';
import { chairOf } from '../station-context.ts';
import type { GroupHandlers } from './handler.ts';
import { entryOf, orderOf } from './order.ts';

export const library: GroupHandlers<'library'> = {
  entries: (_input, { station: { library } }) =>
    library.entries.map((entry) => ({
      id: entry.id,
      drug: entry.drug,
      careArea: entry.careArea,
      concentrationsUgPerMl: [...entry.concentrations],
      limits: entryLimits(entry),
      proposal: library.proposal,
    })),

  preview: ({ chairId, order }, call) => {
    const entry = entryOf(call.station.library, order.entryId);
    const result = planOrder(orderOf(order), entry, chairOf(call, chairId).equipment.capability);
    const plan = result.kind === 'plan' ? planView(result.plan, entry) : null;
    return { plan, findings: [...result.findings] };
  },
};
