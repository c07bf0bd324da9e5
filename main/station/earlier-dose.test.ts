import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTrail } from '../../db/client.ts';
import { millisecond } from '../../core/units.ts';
import type { AuditInput, Trail } from '../../db/trail.ts';
import { earlierDose } from './earlier-dose.ts';

const folder = mkdtempSync(join(tmpdir(), 'chairside-earlier-'));
const HOUR = 3_600_000;
const DAY = millisecond(24 * HOUR);
/** By the wall clock; the machine was started since, so that its own clock says nothing. */
const at = (milliseconds: number) => ({
  wall: new Date(milliseconds),
  mono: millisecond(5),
  boot: 'later',
});
const FOUR_HOURS = millisecond(4 * HOUR);
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
  expect((await earlierDose(trail, 'P-7', at(Date.now()))).within(DAY)).toBe(35_000);
  expect((await earlierDose(trail, 'P-9', at(Date.now()))).within(DAY)).toBe(0);
});

test('leaves out a session that was closed more than 24 h ago, but never an open one', async () => {
  expect((await earlierDose(trail, 'P-7', at(Date.now() + 23 * HOUR))).within(DAY)).toBe(35_000);
  expect((await earlierDose(trail, 'P-7', at(Date.now() + 25 * HOUR))).within(DAY)).toBe(15_000);
});

test('counts what lies within the window, to the row, and not the whole session', async () => {
  const early = await earlierDose(trail, 'P-8', at(Date.now()));
  expect(early.within(DAY)).toBe(40_000);
  expect((await earlierDose(trail, 'P-8', at(Date.now() + 5 * HOUR))).within(FOUR_HOURS)).toBe(0);
  // A wall clock that was put back hides nothing.
  expect((await earlierDose(trail, 'P-8', at(Date.now() - 5 * HOUR))).within(FOUR_HOURS)).toBe(40_000);
});

test('an open session counts with all that it may still give (R-4.5)', async () => {
  const session = { id: 'S-10', chairId: 'chair-2', patientId: 'P-10', patientName: 'N', clinician: 'C' };
  const opening = row('session.open', 'S-10', 'P-10', 0);
  await trail.openSession(session, { ...opening, new: { doseCeilingUg: 35_000 } });
  await trail.append(row('pump.progress', 'S-10', 'P-10', 1_000));
  expect((await earlierDose(trail, 'P-10', at(Date.now()))).within(DAY)).toBe(35_000);
  await trail.closeSession('S-10', 'ended', row('session.close', 'S-10', 'P-10', 2_000));
  expect((await earlierDose(trail, 'P-10', at(Date.now()))).within(DAY)).toBe(2_000);
});

test('a stop or command without a known outcome counts as delivered, until a later row knows better (R-4.2, R-4.5)', async () => {
  const session = { id: 'S-11', chairId: 'chair-2', patientId: 'P-11', patientName: 'N', clinician: 'C' };
  const progress = (deliveredUg: number, countedUg: number): AuditInput => ({
    ...row('pump.progress', 'S-11', 'P-11', deliveredUg),
    new: { deliveredUg, countedUg },
  });
  await trail.openSession(session, row('session.open', 'S-11', 'P-11', 0));
  await trail.append(progress(10_000, 35_000));
  expect((await earlierDose(trail, 'P-11', at(Date.now()))).within(DAY)).toBe(35_000);
  await trail.append(progress(12_000, 12_000));
  await trail.closeSession('S-11', 'ended', progress(12_000, 12_000));
  expect((await earlierDose(trail, 'P-11', at(Date.now()))).within(DAY)).toBe(12_000);
});

describe('a wall clock that was put forward (R-4.5)', () => {
  const given = async (boot: string, mono: number) => {
    const now = { wall: new Date(Date.now() + 30 * HOUR), mono: millisecond(mono), boot };
    return (await earlierDose(trail, 'P-12', now)).within(DAY);
  };

  beforeAll(async () => {
    const session = { id: 'S-12', chairId: 'chair-1', patientId: 'P-12', patientName: 'N', clinician: 'C' };
    const opening = row('session.open', 'S-12', 'P-12', 0);
    await trail.openSession(session, { ...opening, new: { machineBoot: 'boot-1' } });
    await trail.closeSession('S-12', 'ended', { ...row('session.close', 'S-12', 'P-12', 9_000), mono: 1_000 });
  });

  test('makes the station forget nothing while the machine stays on, until a day has really passed', async () => {
    expect(await given('boot-1', 1_000 + HOUR)).toBe(9_000);
    expect(await given('boot-1', 1_000 + DAY)).toBe(0);
  });

  test('is believed only once the machine was started anew', async () => {
    expect(await given('boot-2', 1_000 + HOUR)).toBe(0);
  });

  test('is not believed after a start of the machine either, where the station saw it being put forward', async () => {
    const step = { ...row('clock.step', '', '', 0), session: null, patient: null, new: { stepMs: 30 * HOUR } };
    await trail.append(step);
    expect(await given('boot-2', 1_000 + HOUR)).toBe(9_000);
    // What was given since then has the new time.
    await give('S-13', 'P-13', [4_000], true);
    const later = { wall: new Date(Date.now() + DAY), mono: millisecond(5), boot: 'boot-2' };
    expect((await earlierDose(trail, 'P-13', later)).within(DAY)).toBe(0);
  });
});

/** Found by the search in tests/exploration/station. */
test('what a pump may go on to give unheard counts until its program would be over, not only until its session was closed', async () => {
  const session = { id: 'S-14', chairId: 'chair-1', patientId: 'P-14', patientName: 'N', clinician: 'C' };
  const opening = row('session.open', 'S-14', 'P-14', 0);
  await trail.openSession(session, { ...opening, new: { runningTimeMs: 6 * HOUR, doseCeilingUg: 35_000 } });
  const figures = { deliveredUg: 1_000, countedUg: 35_000 };
  await trail.closeSession('S-14', 'ended', { ...row('session.close', 'S-14', 'P-14', 0), new: figures });
  const within = async (hours: number) => (await earlierDose(trail, 'P-14', at(Date.now() + hours * HOUR))).within(DAY);
  expect(await within(23)).toBe(35_000);
  expect(await within(29)).toBe(34_000);
  expect(await within(31)).toBe(0);
});
