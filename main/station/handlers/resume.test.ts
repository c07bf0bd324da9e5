import { describe, expect, test } from 'vitest';
import { settle } from '../chair-bench.ts';
import { dispatch } from '../dispatch.ts';
import { SECRET, seatBench } from '../seat-bench.ts';
import type { Call } from '../station-context.ts';

/** Ada's chair, paused for the third time by hand. */
async function lockedChair() {
  const { bench, call } = await seatBench('clinician');
  bench.arm();
  bench.start();
  for (let time = 1; time <= 3; time += 1) {
    await settle();
    bench.confirm(2 * time - 1);
    await settle();
    bench.confirm(2 * time);
    bench.pass(1, 'infusing');
    expect(await dispatch('session.pause', { chairId: 'chair-1', reason: 'a break' }, call)).toMatchObject({
      ok: true,
    });
    bench.pass(1, 'stopped');
    if (time < 3) expect(await resume(call)).toMatchObject({ ok: true });
  }
  return { bench, call };
}

const OWN = { personId: 'ada', pin: SECRET };
const resume = (call: Omit<Call, 'person'>, second?: { personId: string; pin: string }) => {
  const asked = { chairId: 'chair-1', reason: 'well again', confirmedRateUlPerH: 30_000 };
  return dispatch(
    'session.resume',
    second === undefined ? asked : { ...asked, signatures: { signature: OWN, second } },
    call,
  );
};

describe('the third pause by hand within ten minutes (R-2.9)', () => {
  test('locks the chair, and its screen says why', async () => {
    const { bench, call } = await lockedChair();
    expect(bench.chair.frame().session?.lockedBecause).toContain(
      '3 pauses within 10 min. A second person has to sign.',
    );
    expect(await resume(call)).toMatchObject({ ok: false, code: 'SECOND_PERSON_NEEDED' });
    expect(bench.chair.state.pending).toBeNull();
  });

  test.each([
    ['for oneself', 'ada', SECRET, 'SECOND_PERSON_NEEDED'],
    ['with a wrong PIN', 'supervisor', '111111', 'SIGN_IN_FAILED'],
    ['as a technician', 'technician', SECRET, 'NOT_ALLOWED'],
  ])('nobody unlocks it %s', async (_how, personId, typed, code) => {
    const { bench, call } = await lockedChair();
    expect(await resume(call, { personId, pin: typed })).toMatchObject({ ok: false, code });
    expect(bench.chair.state.lockedBy).toBe('person');
  });

  test('the person who resumes proves anew who they are, too', async () => {
    const { bench, call } = await lockedChair();
    const signatures = { signature: { ...OWN, pin: '111111' }, second: { personId: 'supervisor', pin: SECRET } };
    const asked = { chairId: 'chair-1', reason: 'well again', confirmedRateUlPerH: 30_000, signatures };
    expect(await dispatch('session.resume', asked, call)).toMatchObject({ ok: false, code: 'SIGN_IN_FAILED' });
    expect(bench.chair.state.lockedBy).toBe('person');
  });

  test('a supervisor unlocks it, and the row names both', async () => {
    const { bench, call } = await lockedChair();
    expect(await resume(call, { personId: 'supervisor', pin: SECRET })).toMatchObject({ ok: true });
    expect(bench.chair.state).toMatchObject({ lockedBy: null, pending: { kind: 'program' } });
    const row = bench.trail.rows.findLast(({ act }) => act === 'session.resume');
    expect(row).toMatchObject({ actor: { id: 'ada' }, new: { witness: 'supervisor', witnessName: 'supervisor' } });
    expect(JSON.stringify(bench.trail.rows)).not.toContain(SECRET);
  });
});
