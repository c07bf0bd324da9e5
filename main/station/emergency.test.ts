import { describe, expect, test } from 'vitest';
import type { Role } from '../../preload/contract/leaf.ts';
import { EMERGENCY_MS } from '../access/emergencies.ts';
import { accessFrame } from './access-desk.ts';
import { settle } from './chair-bench.ts';
import { SECRET, seatBench } from './seat-bench.ts';

type Begun = { readonly value: { readonly id: string } };

async function broken(role: Role) {
  const bench = await seatBench(role);
  const { value } = (await bench.ask('emergency.begin', {})) as Begun;
  const as = (personId: string) => bench.ask('access.signIn', { personId, pin: SECRET });
  return { ...bench, id: value.id, as };
}
const CHAIR = { chairId: 'chair-1', reason: 'patient unwell' };

describe('break-glass', { timeout: 60_000 }, () => {
  test('gives a technician the rights of a clinician; each of their rows says so', async () => {
    const { ask, bench } = await broken('technician');
    expect(await ask('session.pause', CHAIR)).toMatchObject({ ok: false, code: 'WRONG_PHASE' });
    await ask('seat.lock', {});
    await settle();
    const row = bench.trail.rows.find(({ act }) => act === 'access.lock');
    expect(row?.actor).toEqual({ id: 'ada', role: 'clinician', auth: ['pin', 'break-glass'] });
  });

  test.each<[Role, string]>([
    ['supervisor', 'session.export'],
    ['supervisor', 'emergency.review'],
    ['administrator', 'people.add'],
  ])('takes from a %s what a clinician may not: %s', async (role, leaf) => {
    const { ask } = await broken(role);
    expect(await ask(leaf, {})).toMatchObject({ ok: false, code: 'NOT_ALLOWED' });
  });

  test('is in every frame while it lasts, and waits for its review afterwards', async () => {
    const { ask, desk } = await broken('technician');
    expect(accessFrame(desk)).toEqual({ emergencies: [{ person: 'Ada', leftMs: EMERGENCY_MS }], awaitingReview: 0 });
    await ask('emergency.end', {});
    expect(accessFrame(desk)).toEqual({ emergencies: [], awaitingReview: 1 });
  });

  test('ends by itself after an hour, and not before', async () => {
    const { ask, time, call } = await broken('technician');
    time.now += EMERGENCY_MS - 1;
    call.seat.usedAt = time.now;
    expect(await ask('session.pause', CHAIR)).toMatchObject({ code: 'WRONG_PHASE' });
    time.now += 1;
    expect(await ask('session.pause', CHAIR)).toMatchObject({ code: 'NOT_ALLOWED' });
  });

  test('outlasts a change of person at the seat, for its own person alone', async () => {
    const { ask, as } = await broken('technician');
    await as('administrator');
    expect(await ask('session.pause', CHAIR)).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await as('ada')).toMatchObject({ value: { role: 'clinician' } });
  });

  test('is not for clinicians, nor twice', async () => {
    const clinician = await seatBench('clinician');
    expect(await clinician.ask('emergency.begin', {})).toMatchObject({ ok: false, code: 'NOT_NEEDED' });
    const { ask } = await broken('technician');
    expect(await ask('emergency.begin', {})).toMatchObject({ ok: false, code: 'EMERGENCY_LASTS' });
  });

  test('grants nothing while the record cannot be written', async () => {
    const bench = await seatBench('technician');
    bench.bench.trail.refuse = ({ act }) => act === 'access.change';
    expect(await bench.ask('emergency.begin', {})).toMatchObject({ ok: false, code: 'RECORD_FAILED' });
    expect(await bench.ask('session.pause', CHAIR)).toMatchObject({ code: 'NOT_ALLOWED' });
  });
});

describe('afterwards', { timeout: 60_000 }, () => {
  test('the person gives the reason, once; nobody else does', async () => {
    const { ask, as, id } = await broken('technician');
    const reason = { emergencyId: id, reason: 'The clinician collapsed' };
    await as('clinician');
    expect(await ask('emergency.reason', reason)).toMatchObject({ ok: false, code: 'NOT_ALLOWED' });
    await as('ada');
    expect(await ask('seat.state', {})).toMatchObject({ value: { emergency: { id, reasonGiven: false } } });
    expect(await ask('emergency.reason', reason)).toMatchObject({ ok: true });
    expect(await ask('emergency.reason', reason)).toMatchObject({ ok: false, code: 'REASON_GIVEN' });
    await ask('emergency.end', {});
    expect(await ask('seat.state', {})).toMatchObject({ value: { emergency: null } });
  });

  test('a reason after the hour is late for good, in its row too, though the wall clock says otherwise', async () => {
    const { ask, as, id, time, bench } = await broken('technician');
    time.now += EMERGENCY_MS + 1;
    await as('ada');
    await ask('emergency.reason', { emergencyId: id, reason: 'The clinician collapsed' });
    const row = bench.trail.rows.findLast(({ act }) => act === 'access.change');
    expect(row).toMatchObject({ new: { what: 'reason of the emergency access', late: true } });
    await as('supervisor');
    expect(await ask('emergency.list', {})).toMatchObject({ value: [{ id, reasonLate: true }] });
  });

  test('within the hour nobody reviews it without its reason; afterwards the review says that there is none', async () => {
    const { ask, as, id, time } = await broken('technician');
    const review = { emergencyId: id, justified: false, finding: 'No reason was given' };
    await ask('emergency.end', {});
    await as('supervisor');
    expect(await ask('emergency.review', review)).toMatchObject({ ok: false, code: 'REASON_PENDING' });
    expect(await ask('emergency.list', {})).toMatchObject({ value: [{ reasonLate: false }] });
    time.now += EMERGENCY_MS + 1;
    await as('supervisor');
    expect(await ask('emergency.review', review)).toMatchObject({ ok: true });
    expect(await ask('emergency.list', {})).toMatchObject({ value: [{ reason: null, reasonLate: true }] });
  });

  test('its reason and its end, given at the same time, are both kept', async () => {
    const { ask, id, desk } = await broken('technician');
    const reason = { emergencyId: id, reason: 'The clinician collapsed' };
    await Promise.all([ask('emergency.reason', reason), ask('emergency.end', {})]);
    expect(desk.book.emergencies).toMatchObject([{ id, reason: reason.reason, endedAt: expect.any(String) }]);
  });

  test('another supervisor reviews it when it is over, once', async () => {
    const { ask, as, id } = await broken('supervisor');
    const review = { emergencyId: id, justified: true, finding: 'Talked to all involved' };
    await as('supervisor');
    expect(await ask('emergency.review', review)).toMatchObject({ ok: false, code: 'EMERGENCY_LASTS' });
    await as('ada');
    await ask('emergency.reason', { emergencyId: id, reason: 'The clinician collapsed' });
    await ask('emergency.end', {});
    expect(await ask('emergency.review', review)).toMatchObject({ ok: false, code: 'SECOND_PERSON_NEEDED' });
    await as('supervisor');
    expect(await ask('emergency.review', review)).toMatchObject({ ok: true });
    expect(await ask('emergency.review', review)).toMatchObject({ ok: false, code: 'REVIEWED' });
    const list = await ask('emergency.list', {});
    expect(list).toMatchObject({ value: [{ id, person: 'Ada', review: { by: 'supervisor', justified: true } }] });
  });
});
