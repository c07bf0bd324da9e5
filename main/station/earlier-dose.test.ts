import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTrail } from '../../db/client.ts';
import type { AuditInput, Trail } from '../../db/trail.ts';
import { earlierDose } from './earlier-dose.ts';

const folder = mkdtempSync(join(tmpdir(), 'chairside-earlier-'));
const HOUR = 3_600_000;
let trail: Trail;

const row = (act: string, session: string, patient: string, deliveredUg: number): AuditInput => ({
  act,
  mono: 1,
  chair: 'chair-1',
  session,
  patient,
  actor: null,
  outcome: 'ok',
  new: { deliveredUg },
});

async function give(id: string, patientId: string, steps: readonly number[], close: boolean): Promise<void> {
  const session = { id, chairId: 'chair-1', patientId, patientName: 'N', clinician: 'C' };
  await trail.openSession(session, row('session.open', id, patientId, 0));
  for (const dose of steps) await trail.append(row('pump.progress', id, patientId, dose));
  const most = steps.at(-1) ?? 0;
  if (close) await trail.closeSession(id, 'ended', row('session.close', id, patientId, most));
}

beforeAll(async () => {
  trail = await openTrail({ folder, station: 'test', appVersion: '0' });
  await give('S-1', 'P-7', [1_000, 20_000], true);
  await give('S-2', 'p-7', [15_000], false);
  await give('S-3', 'P-8', [40_000], true);
});
afterAll(async () => {
  await trail.close();
  rmSync(folder, { recursive: true });
});

test('sums what one patient was given in all sessions of the last 24 h, and no other patient (R-4.5)', async () => {
  expect(await earlierDose(trail, 'P-7', new Date())).toBe(35_000);
  expect(await earlierDose(trail, 'P-9', new Date())).toBe(0);
});

test('leaves out a session that was closed more than 24 h ago, but never an open one', async () => {
  expect(await earlierDose(trail, 'P-7', new Date(Date.now() + 23 * HOUR))).toBe(35_000);
  expect(await earlierDose(trail, 'P-7', new Date(Date.now() + 25 * HOUR))).toBe(15_000);
});
