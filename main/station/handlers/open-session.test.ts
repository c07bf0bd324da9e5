import { expect, test } from 'vitest';
import { settle } from '../chair-bench.ts';
import { MACHINE_BOOT } from '../machine-boot.ts';
import { seatBench } from '../seat-bench.ts';

const ORDER = {
  entryId: 'KETAMINE-PAIN-CLINIC',
  concentrationUgPerMl: 2000,
  weightG: 70_000,
  doseUg: 20_000,
  durationMs: 3_600_000,
};

test('a patient who was paused twice at another chair is locked here by the third pause (R-2.9)', async () => {
  const { bench, ask } = await seatBench('clinician');
  const there = { mono: 0, chair: 'chair-2', session: 'S-1', patient: 'P-7', actor: null, outcome: 'ok' } as const;
  const session = { id: 'S-1', chairId: 'chair-2', patientId: 'P-7', patientName: 'T', clinician: 'A' };
  await bench.trail.openSession(session, { ...there, act: 'session.open' });
  await bench.trail.append({ ...there, act: 'session.phase' });
  const counted = [0, 60_000].map((agoMs) => ({ cause: 'person', agoMs }));
  const figures = { machineBoot: MACHINE_BOOT, lockedBy: null, counted };
  await bench.trail.append({ ...there, act: 'chair.pauses', new: figures });
  await bench.trail.closeSession('S-1', 'ended', { ...there, act: 'session.close' });
  const input = { chairId: 'chair-1', patientId: 'P-7', patientName: 'T', drugLot: 'L1', overrideReason: null };
  expect(await ask('session.open', { ...input, order: ORDER })).toMatchObject({ ok: true });
  expect(bench.chair.state.pauses.map(({ cause }) => cause)).toEqual(['person', 'person']);
  await settle();
  const carried = bench.trail.rows.findLast(({ act }) => act === 'chair.pauses');
  expect(carried).toMatchObject({ chair: 'chair-1', patient: 'P-7' });
});
