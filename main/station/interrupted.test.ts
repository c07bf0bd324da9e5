import { expect, test } from 'vitest';
import { SHIPPED_LIBRARY } from '../../core/shipped-library.ts';
import type { AuditInput } from '../../db/trail.ts';
import { BINDING } from './chair-bench.ts';
import { entryOf } from './handlers/order.ts';
import { findInterrupted } from './interrupted.ts';
import { openRow } from './open-row.ts';
import { FakeTrail } from './test-kit.ts';

const row = (act: string, figures: AuditInput['new'] = {}): AuditInput => ({
  act,
  mono: 0,
  chair: 'chair-1',
  session: 'S-1',
  patient: 'P-7',
  actor: null,
  outcome: 'ok',
  new: figures,
});

/** A record whose session was open when the station died, with these figures of what had been given. */
async function left(inRow: number, inTrend: number) {
  const trail = new FakeTrail();
  const session = { id: 'S-1', chairId: 'chair-1', patientId: 'P-7', patientName: 'Test', clinician: 'Ada' };
  const entry = entryOf(SHIPPED_LIBRARY, 'KETAMINE-PAIN-CLINIC');
  await trail.openSession(session, row('session.open', openRow(BINDING, entry, { digest: '', approvedBy: [] })));
  await trail.append(row('session.phase', { deliveredUl: inRow }));
  const blank = { session: 'S-1', chair: 'chair-1', startedAt: '', mono: 0, spo2: [], pulse: [], rateUlPerH: [] };
  await trail.putTrend({ ...blank, deliveredUl: [null, inTrend, null] });
  const [found] = await findInterrupted(trail);
  return found;
}

test('what was given is the largest figure that rows or trends know (R-4.5)', async () => {
  expect((await left(1200, 1300))?.delivered).toBe(1300);
  expect((await left(1400, 1300))?.delivered).toBe(1400);
});

test('the session is known again with everything it was bound to (R-4.7)', async () => {
  expect((await left(0, 0))?.known?.binding).toEqual(BINDING);
});
