import type { AuditInput } from './trail.ts';

/** An event of the record about itself: no person, no patient, and the clock the station uses (CLOCK_MONOTONIC). */
export function systemEvent(
  act: string,
  details: Pick<AuditInput, 'old' | 'new' | 'reason'> & { readonly outcome?: AuditInput['outcome'] } = {},
): AuditInput {
  const mono = Number(process.hrtime.bigint() / 1_000_000n);
  return { act, mono, chair: null, session: null, patient: null, actor: null, outcome: 'ok', ...details };
}
