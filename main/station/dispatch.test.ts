import { beforeAll, describe, expect, test } from 'vitest';
import { PROPOSED_PROFILE } from '../../core/profile.ts';
import { SHIPPED_LIBRARY } from '../../core/shipped-library.ts';
import { millisecond } from '../../core/units.ts';
import { AppError } from '../../drivers/kit/app-error.ts';
import { contract } from '../../preload/contract/contract.ts';
import { type Leaf, ROLES, type Role } from '../../preload/contract/leaf.ts';
import { hashPin } from '../access/pin.ts';
import { SignIn } from '../access/sign-in.ts';
import type { PersonConfiguration } from '../configuration/configuration.ts';
import { BINDING, ChairBench, settle } from './chair-bench.ts';
import { dispatch } from './dispatch.ts';
import { ExportDesk } from './export-desk.ts';
import { Journal } from './journal.ts';
import type { Call } from './station-context.ts';
import type { StationOptions } from './station-types.ts';

type AnyLeaf = Pick<Leaf<never, never>, 'kind' | 'right'>;
const leaves = Object.entries(contract).flatMap(([group, members]) =>
  Object.entries(members).map(([name, leaf]): [string, AnyLeaf] => [`${group}.${name}`, leaf]),
);

let pin = '';
beforeAll(async () => {
  pin = await hashPin('204816');
});

function setUp(role: Role | null, demonstration = true) {
  const bench = new ChairBench();
  const clock = { now: () => millisecond(5000) };
  const { recorder } = bench;
  const people: PersonConfiguration[] = [{ id: 'ada', name: 'Ada', role: 'clinician', pin, hint: '204816' }];
  const scenarios: string[] = [];
  const closing = { now: false };
  const options: StationOptions = {
    configuration: { stationName: 'test', demonstration, chairs: [], people },
    trail: bench.trail,
    spawnDeviceHost: () => bench.host,
    clock,
    profile: PROPOSED_PROFILE,
    host: 'browser',
    version: '0',
    exportFolder: 'nowhere',
    playScenario: demonstration ? (_chair, scenario) => scenarios.push(scenario) : null,
  };
  const journal = new Journal({ chairId: null, recorder, clock, actorOf: (id) => ({ id, role: 'x', auth: [] }) });
  const call: Omit<Call, 'person'> = {
    station: {
      options,
      isClosing: () => closing.now,
      chairs: new Map([['chair-1', bench.chair]]),
      recorder,
      journal,
      exportDesk: new ExportDesk({ station: options, journal }),
      signIn: new SignIn(people),
      library: SHIPPED_LIBRARY,
      profile: PROPOSED_PROFILE,
      nextEpoch: () => 1,
    },
    seat: { person: role === null ? null : { id: 'ada', name: 'Ada', role } },
  };
  return { call, bench, scenarios, closing };
}

function mayCall({ right }: AnyLeaf, role: Role | null): boolean {
  if (right === 'anyone') return true;
  if (role === null) return false;
  return right === 'signed-in' || right.includes(role);
}

const RIGHTS = new Set(['NOT_SIGNED_IN', 'NOT_ALLOWED']);

describe('rights, for every leaf and role of the contract', () => {
  const table = leaves.flatMap(([name, leaf]) =>
    [...ROLES, null].map((role) => ({ name, role, allowed: mayCall(leaf, role) })),
  );

  test.each(table)('$name as $role: $allowed', async ({ name, role, allowed }) => {
    const { call } = setUp(role);
    const result = await dispatch(name, { nonsense: 1 }, call);
    const refusedByRight = !result.ok && RIGHTS.has(result.code);
    expect(refusedByRight).toBe(!allowed);
    if (!allowed) expect(result).toMatchObject({ code: role === null ? 'NOT_SIGNED_IN' : 'NOT_ALLOWED' });
  });

  test('a command is answered when its rows are durable, a stop at once (R-8.2)', async () => {
    const { call, bench } = setUp('clinician');
    await settle();
    const { promise, resolve } = Promise.withResolvers<void>();
    bench.trail.hold = promise;
    const answered: string[] = [];
    const ended = dispatch('alarm.acknowledge', { chairId: 'chair-1' }, call).then(() => answered.push('acknowledge'));
    await dispatch('chair.stop', { chairId: 'chair-1' }, call);
    await settle();
    expect(answered).toEqual([]);
    resolve();
    await ended;
    expect(bench.trail.acts()).toContain('alarm.acknowledge');
  });

  test('a station that is being closed takes nothing but a stop', async () => {
    const { call, closing } = setUp('clinician');
    closing.now = true;
    expect(await dispatch('session.start', { chairId: 'chair-1' }, call)).toMatchObject({ code: 'STATION_CLOSING' });
    expect(await dispatch('chair.stop', { chairId: 'chair-1' }, call)).toMatchObject({ ok: true });
  });

  test('half a character is refused before it reaches the record, which could not hold it', async () => {
    const { call } = setUp('clinician');
    const input = { chairId: 'chair-1', reason: 'half \ud83d a face' };
    expect(await dispatch('session.pause', input, call)).toMatchObject({ ok: false, code: 'INVALID_INPUT' });
  });

  test('a command refused by right is a row; nobody is named where nobody is signed in', async () => {
    const { call, bench } = setUp(null);
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
      expect(await dispatch(name, {}, setUp('clinician').call)).toMatchObject({ ok: false, code: 'UNKNOWN_LEAF' });
    },
  );

  test.each([
    ['session.pause', { chairId: 'chair-1' }, 'reason'],
    ['session.resume', { chairId: 'chair-1', reason: 'better now', confirmedRateUlPerH: 1.5 }, 'confirmedRateUlPerH'],
    ['session.start', { chairId: 'chair-1', extra: 1 }, 'extra'],
    ['session.start', null, 'the input'],
  ])('of %s with a malformed input names the field', async (name, input, field) => {
    const result = await dispatch(name, input, setUp('clinician').call);
    expect(result).toMatchObject({ ok: false, code: 'INVALID_INPUT', message: expect.stringContaining(field) });
  });

  test('for a chair that does not exist is refused', async () => {
    const result = await dispatch('session.start', { chairId: 'chair-9' }, setUp('clinician').call);
    expect(result).toMatchObject({ ok: false, code: 'UNKNOWN_CHAIR' });
  });

  test('that the engine refuses says what to do', async () => {
    const result = await dispatch('session.start', { chairId: 'chair-1' }, setUp('clinician').call);
    expect(result).toMatchObject({ ok: false, code: 'WRONG_PHASE', message: expect.stringContaining('phase') });
  });

  test('that meets a fault of the program gives no stack away and is written down', async () => {
    const { call, bench } = setUp('clinician');
    bench.trail.sessions = () => Promise.reject(new Error('secret detail'));
    const result = await dispatch('session.list', {}, call);
    expect(result).toMatchObject({ ok: false, code: 'INTERNAL' });
    expect(JSON.stringify(result)).not.toContain('secret');
    await settle();
    expect(bench.trail.rows.find(({ act }) => act === 'station.error')?.reason).toContain('secret detail');
  });

  test("that meets the record's failure passes its code on", async () => {
    const { call, bench } = setUp('clinician');
    bench.trail.sessions = () => Promise.reject(new AppError('RECORD_LOCKED', 'in use'));
    expect(await dispatch('session.list', {}, call)).toEqual({ ok: false, code: 'RECORD_LOCKED', message: 'in use' });
  });
});

describe('single leaves', { timeout: 60_000 }, () => {
  test('STOP works for whoever stands at the chair and is written down with nobody named (R-2.6)', async () => {
    const { call, bench } = setUp(null);
    expect(await dispatch('chair.stop', { chairId: 'chair-1' }, call)).toEqual({ ok: true, value: {} });
    await settle();
    expect(bench.host.kinds()).toContain('stop');
    expect(bench.trail.rows.find(({ act }) => act === 'chair.stop')).toMatchObject({ outcome: 'ok', actor: null });
  });

  test('bedside checks count only when all are true', async () => {
    const { call } = setUp('clinician');
    const input = {
      chairId: 'chair-1',
      identityConfirmed: true,
      drugAndConcentrationConfirmed: true,
      otherDrugsAndDiseasesReviewed: false,
      risksDisclosed: true,
    };
    expect(await dispatch('session.check', input, call)).toMatchObject({ ok: false, code: 'CHECK_INCOMPLETE' });
  });

  test('a scenario exists in a demonstration only', async () => {
    const input = { chairId: 'chair-1', scenario: 'desaturate' };
    const real = setUp('clinician', false);
    expect(await dispatch('demonstration.scenario', input, real.call)).toMatchObject({ code: 'NOT_A_DEMONSTRATION' });
    const simulated = setUp('clinician');
    expect(await dispatch('demonstration.scenario', input, simulated.call)).toMatchObject({ ok: true });
    expect(simulated.scenarios).toEqual(['desaturate']);
  });

  test('an open session is not exported', async () => {
    const { call, bench } = setUp('supervisor');
    const session = { id: 'S-1', chairId: 'chair-1', patientId: 'P', patientName: 'T', clinician: 'Ada' };
    await bench.trail.openSession(session, bench.chair.journal.row('session.open', {}, BINDING));
    const result = await dispatch('session.export', { sessionId: 'S-1' }, call);
    expect(result).toMatchObject({ ok: false, code: 'SESSION_OPEN' });
  });

  test('hints are shown in a demonstration only', async () => {
    const hidden = await dispatch('access.people', {}, setUp(null, false).call);
    expect(hidden).toMatchObject({ ok: true, value: [{ id: 'ada', hint: null }] });
  });

  test('signing in and out changes what the seat may do; failures are rows without the PIN', async () => {
    const { call, bench } = setUp(null);
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
