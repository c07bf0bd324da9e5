import type { Microlitre } from '../units.ts';
import type { SessionBinding } from './state.ts';

// The makers of units.ts throw on impossible figures; a step must not, so the arithmetic here is plain.

/** How far a counter may be off a full plan: 1 % of its volume, or 10 uL, the larger. */
const TOLERANCE_SHARE = 0.01;
const TOLERANCE_MICROLITRES = 10;

function tolerance({ plan }: SessionBinding): number {
  return Math.max(plan.volume * TOLERANCE_SHARE, TOLERANCE_MICROLITRES);
}

/** Whether the whole planned volume was given, as closely as a counter can tell. */
export function isComplete(session: SessionBinding, delivered: Microlitre): boolean {
  return delivered >= session.plan.volume - tolerance(session);
}

/** Drug given, in micrograms, rounded up: never understated. */
export function massGiven({ plan }: SessionBinding, delivered: Microlitre): number {
  return Math.ceil((delivered * plan.order.concentration) / 1000);
}

/** the dose ceiling is reached before the plan is complete, or more than the whole plan was given. */
export function isCeilingReached(session: SessionBinding, delivered: Microlitre): boolean {
  if (delivered > session.plan.volume + tolerance(session)) return true;
  return massGiven(session, delivered) >= session.doseCeiling && !isComplete(session, delivered);
}

/** What a further run may give: up to the planned volume and the dose ceiling, whichever is nearer. Rounds down. */
export function volumeLeft({ plan, doseCeiling }: SessionBinding, delivered: Microlitre): Microlitre {
  const ceiling = Math.min(plan.volume, Math.floor((doseCeiling * 1000) / plan.order.concentration));
  return Math.max(0, ceiling - delivered) as Microlitre;
}
