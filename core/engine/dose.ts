import { massOf, type Microlitre, volumeHolding } from '../units.ts';
import { isActive } from './facts.ts';
import type { EngineState, SessionBinding } from './state.ts';
import { volumeUnseen } from './unseen.ts';

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
  return massOf(delivered, plan.order.concentration);
}

/**
 * Drug that counts as given, in micrograms: while nobody knows whether the pump still runs, all that it
 * was programmed to give; after a restart also what it may have given unseen.
 */
export function massCounted(state: EngineState): number {
  const { session, pump, boundPump, stopping } = state;
  if (session === null) return 0;
  const isHandled = boundPump !== null && pump.reading === null;
  const isUnresolved = stopping !== null || isHandled || isActive(state, 'command-unknown');
  const most = Math.min(session.plan.volume, ceilingVolume(session));
  const seen = isUnresolved ? Math.max(pump.delivered, most) : pump.delivered;
  const volume = Math.max(seen, pump.delivered + volumeUnseen(state));
  return massGiven(session, volume as Microlitre);
}

/** Volume that holds the whole dose ceiling, rounded down. */
function ceilingVolume({ plan, doseCeiling }: SessionBinding): number {
  return volumeHolding(doseCeiling, plan.order.concentration);
}

/** more than the whole plan was given, or the dose ceiling where it lies below a complete plan. */
export function isCeilingReached(session: SessionBinding, delivered: Microlitre): boolean {
  if (delivered > session.plan.volume + tolerance(session)) return true;
  const liesBelowPlan = ceilingVolume(session) < session.plan.volume - tolerance(session);
  return liesBelowPlan && massGiven(session, delivered) >= session.doseCeiling;
}

/** What a further run may give: up to the planned volume and the dose ceiling, whichever is nearer. Rounds down. */
export function volumeLeft(session: SessionBinding, delivered: Microlitre): Microlitre {
  return Math.max(0, Math.min(session.plan.volume, ceilingVolume(session)) - delivered) as Microlitre;
}
