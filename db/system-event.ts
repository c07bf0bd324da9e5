import { monotonicClock } from '../drivers/kit/clock.ts';
import type { AuditInput } from './trail.ts';

/** An event of the record about itself: no person, no patient, and the clock the station uses. */
export function systemEvent(
  act: string,
  details: Pick<AuditInput, 'old' | 'new' | 'reason'> & { readonly outcome?: AuditInput['outcome'] } = {},
): AuditInput {
  const mono = monotonicClock.now();
  return { act, mono, chair: null, session: null, patient: null, actor: null, outcome: 'ok', ...details };
}
