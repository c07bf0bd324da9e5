import { describe, expect, test } from 'vitest';
import { AppError } from '../../drivers/kit/app-error.ts';
import type { Role } from '../../preload/contract/leaf.ts';
import { BINDING, settle } from './chair-bench.ts';
import { dispatch } from './dispatch.ts';
import { seatBench } from './seat-bench.ts';
import { rightCheck } from './testing-check.ts';

const setUp = (role: Role | null, demonstration = true) => seatBench(role, { demonstration });

describe('an answer', () => {
  test('a command is answered when its rows are durable, a stop at once (R-8.2)', async () => {
    const { call, bench } = await setUp('clinician');
    await settle();
    const { promise, resolve } = Promise.withResolvers<void>();
    bench.trail.hold = promise;
    const answered: string[] = [];
    const ended = dispatch('alarm.acknowledge', { chairId: 'chair-1', alarms: [] }, call).then(() =>
      answered.push('acknowledge'),
    );
    await dispatch('chair.stop', { chairId: 'chair-1' }, call);
    await settle();
    expect(answered).toEqual([]);
    resolve();
    await ended;
    expect(bench.trail.acts()).toContain('alarm.acknowledge');
  });

  test('a station that is being closed takes nothing but a stop', async () => {
    const { call, closing } = await setUp('clinician');
    closing.now = true;
    expect(await dispatch('session.start', { chairId: 'chair-1' }, call)).toMatchObject({ code: 'STATION_CLOSING' });
    expect(await dispatch('chair.stop', { chairId: 'chair-1' }, call)).toMatchObject({ ok: true });
  });

  test('half a character is refused before it reaches the record, which could not hold it', async () => {
    const { call } = await setUp('clinician');
    const input = { chairId: 'chair-1', reason: 'half \ud83d a face' };
    expect(await dispatch('session.pause', input, call)).toMatchObject({ ok: false, code: 'INVALID_INPUT' });
  });

  test('a command refused by right is a row; nobody is named where nobody is signed in', async () => {
    const { call, bench } = await setUp(null);
    await dispatch('session.start', { chairId: 'chair-1' }, call);
    await settle();
    const row = bench.trail.rows.find(({ act }) => act === 'access.denied');
    expect(row).toMatchObject({ outcome: 'denied', actor: null, new: { leaf: 'session.start' } });
  });
});

describe('a call', () => {
  test.each(['session.launch', 'session', '', 'constructor.name', '__proto__.toString', 'session.__proto__'])(
    'of "%s" is refused as unknown',
    async (name) => {
      expect(await dispatch(name, {}, (await setUp('clinician')).call)).toMatchObject({
        ok: false,
        code: 'UNKNOWN_LEAF',
      });
    },
  );

  test.each([
    ['session.pause', { chairId: 'chair-1' }, 'reason'],
    ['session.resume', { chairId: 'chair-1', reason: 'better now', confirmedRateUlPerH: 1.5 }, 'confirmedRateUlPerH'],
    ['session.start', { chairId: 'chair-1', extra: 1 }, 'extra'],
    ['session.start', null, 'the input'],
  ])('of %s with a malformed input names the field', async (name, input, field) => {
    const result = await dispatch(name, input, (await setUp('clinician')).call);
    expect(result).toMatchObject({ ok: false, code: 'INVALID_INPUT', message: expect.stringContaining(field) });
  });

  test('for a chair that does not exist is refused', async () => {
    const result = await dispatch('session.start', { chairId: 'chair-9' }, (await setUp('clinician')).call);
    expect(result).toMatchObject({ ok: false, code: 'UNKNOWN_CHAIR' });
  });

  test('that the engine refuses says what to do', async () => {
    const result = await dispatch('session.start', { chairId: 'chair-1' }, (await setUp('clinician')).call);
    expect(result).toMatchObject({ ok: false, code: 'WRONG_PHASE', message: expect.stringContaining('phase') });
  });

  test('that meets a fault of the program gives no stack away and is written down', async () => {
    const { call, bench } = await setUp('clinician');
    bench.trail.sessions = () => Promise.reject(new Error('secret detail'));
    const result = await dispatch('session.list', {}, call);
    expect(result).toMatchObject({ ok: false, code: 'INTERNAL' });
    expect(JSON.stringify(result)).not.toContain('secret');
    await settle();
    expect(bench.trail.rows.find(({ act }) => act === 'station.error')?.reason).toContain('secret detail');
  });

  test("that meets the record's failure passes its code on", async () => {
    const { call, bench } = await setUp('clinician');
    bench.trail.sessions = () => Promise.reject(new AppError('RECORD_LOCKED', 'in use'));
    expect(await dispatch('session.list', {}, call)).toEqual({ ok: false, code: 'RECORD_LOCKED', message: 'in use' });
  });
});

describe('single leaves', { timeout: 60_000 }, () => {
  test('STOP works for whoever stands at the chair and is written down with nobody named (R-2.6)', async () => {
    const { call, bench } = await setUp(null);
    expect(await dispatch('chair.stop', { chairId: 'chair-1' }, call)).toEqual({ ok: true, value: {} });
    await settle();
    expect(bench.host.kinds()).toContain('stop');
    expect(bench.trail.rows.find(({ act }) => act === 'chair.stop')).toMatchObject({ outcome: 'ok', actor: null });
  });

  test('bedside checks count only when all are true', async () => {
    const { call } = await setUp('clinician');
    const session = { patientId: 'P-7', drugLot: 'L1', order: { concentrationUgPerMl: 2000 } };
    const input = { chairId: 'chair-1', ...rightCheck(session), otherDrugsAndDiseasesReviewed: false };
    expect(await dispatch('session.check', input, call)).toMatchObject({ ok: false, code: 'CHECK_INCOMPLETE' });
  });

  test('a scenario exists in a demonstration only', async () => {
    const input = { chairId: 'chair-1', scenario: 'desaturate' };
    const real = await setUp('clinician', false);
    expect(await dispatch('demonstration.scenario', input, real.call)).toMatchObject({ code: 'NOT_A_DEMONSTRATION' });
    const simulated = await setUp('clinician');
    expect(await dispatch('demonstration.scenario', input, simulated.call)).toMatchObject({ ok: true });
    expect(simulated.scenarios).toEqual(['desaturate']);
  });

  test('an open session is not exported', async () => {
    const { call, bench } = await setUp('supervisor');
    const session = { id: 'S-1', chairId: 'chair-1', patientId: 'P', patientName: 'T', clinician: 'Ada' };
    await bench.trail.openSession(session, bench.chair.journal.row('session.open', {}, BINDING));
    const result = await dispatch('session.export', { sessionId: 'S-1' }, call);
    expect(result).toMatchObject({ ok: false, code: 'SESSION_OPEN' });
  });

  test('hints are shown in a demonstration only', async () => {
    const hidden = await dispatch('access.people', {}, (await setUp(null, false)).call);
    expect(hidden).toMatchObject({
      ok: true,
      value: expect.arrayContaining([expect.objectContaining({ id: 'ada', hint: null })]),
    });
  });

  test('signing in and out changes what the seat may do; failures are rows without the PIN', async () => {
    const { call, bench } = await setUp(null);
    const wrong = await dispatch('access.signIn', { personId: 'ada', pin: '111111' }, call);
    expect(wrong).toMatchObject({ ok: false, code: 'SIGN_IN_FAILED' });
    await dispatch('access.signIn', { personId: 'ada', pin: '204816' }, call);
    expect(await dispatch('access.me', {}, call)).toMatchObject({ value: { id: 'ada', role: 'clinician' } });
    await dispatch('access.signOut', {}, call);
    expect(await dispatch('access.me', {}, call)).toEqual({ ok: true, value: null });
    await settle();
    const acts = bench.trail.acts().filter((act) => act.startsWith('access'));
    expect(acts).toEqual(['access.sign-in.failed', 'access.sign-in', 'access.sign-out']);
    expect(JSON.stringify(bench.trail.rows)).not.toContain('111111');
  });
});
