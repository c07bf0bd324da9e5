import type { ShownSession } from '../../app/shown.ts';

export interface DoseDisplay {
  /** Share of the ordered dose that was delivered, 0..1; null: not known now. */
  readonly share: number | null;
  /** At the rate read back now; null while nothing flows. */
  readonly remainingMs: number | null;
}

/** Progress by volume read back from the pump. The remaining time is an estimate and is called one. */
export function doseView(session: ShownSession, flowUlPerH: number | null): DoseDisplay {
  const { plan, deliveredUl } = session;
  if (plan === null || deliveredUl === null) return { share: null, remainingMs: null };
  const remainingUl = Math.max(0, plan.volumeUl - deliveredUl);
  return {
    share: plan.volumeUl === 0 ? null : Math.min(1, deliveredUl / plan.volumeUl),
    remainingMs: flowUlPerH === null || flowUlPerH === 0 ? null : (remainingUl * 3_600_000) / flowUlPerH,
  };
}
