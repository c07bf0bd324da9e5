import type { z } from 'zod';
import { rulesOf } from '../../../core/engine/vital-rules.ts';
import { SEDATION_LEVELS } from '../../../core/sedation.ts';
import { isPossible, PARAMETERS, type Parameter } from '../../../core/vitals.ts';
import type { vitals as leaves } from '../../../preload/contract/vitals.ts';
import type { ChairSupervisor } from '../chair-supervisor.ts';
import { withZone } from '../local-time.ts';
import { Refusal } from '../refusals.ts';
import { chairOf, personOf } from '../station-context.ts';
import type { GroupHandlers } from './handler.ts';

type Reading = z.output<typeof leaves.enter.input>['reading'];
type Figures = readonly (readonly [Parameter, number])[];

const figuresOf = (reading: Reading): Figures =>
  reading.kind === 'sedation'
    ? [['sedation', reading.score]]
    : [
        ['nibp-sys', reading.systolicMmHg],
        ['nibp-dia', reading.diastolicMmHg],
      ];

export const vitals: GroupHandlers<'vitals'> = {
  enter: ({ chairId, takenAgoMs, reading }, call) => {
    const by = personOf(call).id;
    const chair = chairOf(call, chairId);
    const figures = figuresOf(reading);
    const why = whyNot(chair, figures, takenAgoMs);
    if (why !== null) {
      chair.journal.note('vitals.enter', { by, outcome: 'denied', reason: why.message });
      throw why;
    }
    const takenAt = withZone(new Date(Date.now() - takenAgoMs));
    const scale = reading.kind === 'sedation' ? { scale: SEDATION_LEVELS.id } : {};
    chair.enterReading(figures, takenAgoMs, { by, new: { what: inWords(reading), takenAt, takenAgoMs, ...scale } });
    return {};
  },
};

/** what cannot be is refused and explained. What is too old, or older than what is known, would decide nothing. */
function whyNot(chair: ChairSupervisor, figures: Figures, takenAgoMs: number): Refusal | null {
  const impossible = figures.find(([parameter, value]) => !Number.isInteger(value) || !isPossible(parameter, value));
  if (impossible !== undefined) {
    const { label, unit, min, max } = PARAMETERS[impossible[0]];
    const range = `${label} is a whole number from ${min} to ${max} ${unit}`;
    return new Refusal('VITALS_IMPOSSIBLE', `${range}; ${impossible[1]} is not. Measure again.`);
  }
  const [systolic, diastolic] = figures;
  if (systolic !== undefined && diastolic !== undefined && diastolic[1] >= systolic[1]) {
    return new Refusal('VITALS_IMPOSSIBLE', 'The diastolic pressure has to be below the systolic. Read both again.');
  }
  if (!chair.isOccupied) return new Refusal('NO_SESSION', 'There is no session at this chair. Open one first.');
  return tooLate(chair, figures, takenAgoMs);
}

function tooLate(chair: ChairSupervisor, figures: Figures, takenAgoMs: number): Refusal | null {
  const takenAt = chair.now() - takenAgoMs;
  const rules = rulesOf(chair.state);
  for (const [parameter] of figures) {
    const period = rules.find((rule) => rule.parameter === parameter)?.period ?? 0;
    if (takenAgoMs > period || takenAt < 0) {
      return new Refusal('VITALS_TOO_OLD', `A reading may be entered up to ${period / 60_000} min after it was taken.`);
    }
    if (takenAt <= (chair.state.vitals[parameter].latest?.at ?? -1)) {
      return new Refusal('VITALS_OUT_OF_ORDER', 'A newer reading is known already. Enter a reading taken after it.');
    }
  }
  return null;
}

function inWords(reading: Reading): string {
  if (reading.kind === 'sedation') return `${SEDATION_LEVELS.name} ${reading.score}`;
  return `NIBP ${reading.systolicMmHg}/${reading.diastolicMmHg} mmHg`;
}
