import { ALARMS_VERSION } from '../../core/alarms.ts';
import { PROPOSED_PROFILE } from '../../core/profile.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { monotonicClock } from '../../drivers/kit/clock.ts';
import type { StationFrame, TrailEvent } from '../../preload/contract/frames.ts';
import { hashPin } from '../access/pin.ts';
import { PUMP_DRIVERS } from '../../drivers/registry.ts';
import { SITE_LIBRARY } from '../library/testing-library.ts';
import { ALARMS_DIGEST } from './alarm-table.ts';
import { createStation } from './station.ts';
import type { Seat, Station, StationOptions } from './station-types.ts';
import { FakeHost, FakeTrail } from './test-kit.ts';

const pumpPort = { driver: 'new-era', port: 'serial:p', baudRate: null, address: 0, format: null };
const monitorPort = { driver: 'nonin', port: 'serial:m', baudRate: null, address: 0, format: null };
const syringe = Object.keys(PUMP_DRIVERS['new-era']?.manifest.syringes ?? {}).at(-1) ?? '';
const pin = await hashPin('204816');

const ORDER = {
  entryId: 'KETAMINE-PAIN-CLINIC',
  concentrationUgPerMl: 2000,
  weightG: 70_000,
  doseUg: 20_000,
  durationMs: 3_600_000,
};

let trail: FakeTrail;
let hosts: FakeHost[];
let station: Station;

function options(): StationOptions {
  return {
    configuration: {
      stationName: 'test',
      demonstration: false,
      chairs: [{ name: 'Chair 1', devices: { chairId: 'chair-1', pump: pumpPort, syringe, monitor: monitorPort } }],
      people: [{ id: 'ada', name: 'Ada', role: 'clinician', pin, hint: null }],
    },
    trail,
    spawnDeviceHost: () => {
      const host = new FakeHost();
      hosts.push(host);
      return host;
    },
    clock: monotonicClock,
    profile: PROPOSED_PROFILE,
    library: SITE_LIBRARY,
    host: 'browser',
    version: '0',
    exportFolder: 'nowhere',
    backupSound: null,
    playScenario: null,
  };
}

function open(seat: Seat, order: object = ORDER, more: object = {}) {
  const session = { patientId: 'P-7', patientName: 'Test', drugLot: 'L1', overrideReason: null };
  return seat.call('session.open', { chairId: 'chair-1', ...session, order, ...more });
}

async function signedIn(): Promise<Seat> {
  const seat = station.openSeat();
  await seat.call('access.signIn', { personId: 'ada', pin: '204816' });
  return seat;
}

beforeEach(async () => {
  trail = new FakeTrail();
  hosts = [];
  station = await createStation(options());
});

afterEach(() => station.close());

describe('opening a session', { timeout: 60_000 }, () => {
  test('a second session of a day gives the patient no more than one may give (R-4.5)', async () => {
    const closedAt = new Date().toISOString();
    const earlier = { id: 'S-0', chairId: 'chair-2', patientId: 'p-7', patientName: 'T', clinician: 'C' } as const;
    trail.records.set('S-0', { ...earlier, openedAt: closedAt, closedAt, state: 'ended' });
    const given = { act: 'session.close', mono: 1, chair: 'chair-2', session: 'S-0', patient: 'p-7', actor: null };
    trail.rows.push({ ...given, outcome: 'ok', new: { deliveredUg: 190_000 } });
    const seat = await signedIn();
    const refused = await open(seat);
    expect(refused).toMatchObject({ ok: false, code: 'LIMIT_HARD' });
    expect(JSON.stringify(refused)).toContain('190 mg within the last 24 hours');
    expect(await open(seat, ORDER, { patientId: 'P-8' })).toMatchObject({ ok: true });
  });

  test('inside the limits: the row comes first, then the chair shows it', async () => {
    const seat = await signedIn();
    const opened = await open(seat);
    expect(opened).toMatchObject({ ok: true });
    const acts = trail.acts();
    expect(acts).toContain('session.open');
    expect(trail.rows.find(({ act }) => act === 'session.open')).toMatchObject({
      patient: 'P-7',
      new: { doseUg: 20_000, doseCeilingUg: 20_000, volumeUl: 10_000, rateUlPerH: 10_000, epoch: 1 },
    });
    expect(JSON.stringify(trail.rows)).not.toContain('"Test"');
  });

  test('after one that the record refused gives no epoch twice over a restart (R-7.22)', async () => {
    let isRefused = false;
    trail.refuse = ({ act }) => {
      const refuses = act === 'session.open' && !isRefused;
      isRefused ||= refuses;
      return refuses;
    };
    const seat = await signedIn();
    expect(await open(seat)).toMatchObject({ ok: false, code: 'RECORD_FAILED' });
    // The record is tried again every 2 s.
    await vi.waitFor(async () => expect(await open(seat)).toMatchObject({ ok: true }), {
      timeout: 10_000,
      interval: 200,
    });
    await seat.call('session.end', { chairId: 'chair-1', reason: 'finished' });
    await station.close();
    station = await createStation(options());
    expect(await open(await signedIn(), ORDER, { patientId: 'P-8' })).toMatchObject({ ok: true });
    const epochs = trail.rows.flatMap(({ act, new: row }) => (act === 'session.open' ? [row] : []));
    expect(epochs).toMatchObject([{ epoch: 1 }, { epoch: 2 }]);
  });

  test('with limits of the patient: a looser one needs a reason, and figures and reason are in the record (R-5.8)', async () => {
    const seat = await signedIn();
    const patientFactors = { comorbidities: ['copd'], baseline: { spo2: 90 }, reason: '' };
    expect(await open(seat, ORDER, { patientFactors })).toMatchObject({ ok: false, code: 'LIMIT_REASON_MISSING' });
    const reason = '90 % at rest for years';
    expect(await open(seat, ORDER, { patientFactors: { ...patientFactors, reason } })).toMatchObject({ ok: true });
    expect(trail.rows.find(({ act }) => act === 'session.open')).toMatchObject({
      new: { patient: { comorbidities: ['copd'], baseline: { spo2: 90 }, reason } },
    });
    expect(trail.rows.find(({ act }) => act === 'limit.patient')).toMatchObject({
      reason,
      actor: { id: 'ada' },
      new: {
        limits: expect.arrayContaining([
          { parameter: 'spo2', required: 'always', alarm: 'spo2-low', below: 86, above: null },
        ]),
      },
    });
  });

  test('beyond a hard limit is refused with the figures, whatever the reason, and opens nothing', async () => {
    const seat = await signedIn();
    const result = await open(seat, { ...ORDER, durationMs: 600_000 }, { overrideReason: 'because I can' });
    expect(result).toMatchObject({ ok: false, code: 'LIMIT_HARD' });
    expect(result).toMatchObject({ message: expect.stringMatching(/1\.714 mg\/kg\/h .* hard limit of 1 mg\/kg\/h/) });
    expect(trail.records.size).toBe(0);
  });

  test('beyond a soft limit needs a reason, which is written down with the limit and the name', async () => {
    const seat = await signedIn();
    const order = { ...ORDER, durationMs: 1_800_000 };
    const refused = await open(seat, order);
    expect(refused).toMatchObject({ ok: false, code: 'LIMIT_SOFT_NEEDS_REASON' });
    expect(await open(seat, order, { overrideReason: 'tolerated before' })).toMatchObject({ ok: true });
    const row = trail.rows.find(({ act }) => act === 'limit.override');
    expect(row).toMatchObject({ reason: 'tolerated before', actor: { id: 'ada', role: 'clinician' } });
    expect(row?.new).toMatchObject({ findings: [{ what: 'dose-rate', level: 'soft', side: 'above' }] });
  });

  test('twice at one chair is refused', async () => {
    const seat = await signedIn();
    const both = await Promise.all([open(seat), open(seat)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    const stillOpen = () => [...trail.records.values()].filter(({ state }) => state === 'open').length;
    await expect.poll(stillOpen).toBe(1);
  });

  test('for a patient who has one at another chair is refused: no limit of either would hold for both', async () => {
    const elsewhere = { id: 'S-0', chairId: 'chair-2', patientId: 'p-7', patientName: 'T', clinician: 'C' } as const;
    const openedAt = new Date().toISOString();
    trail.records.set('S-0', { ...elsewhere, openedAt, closedAt: null, state: 'open' });
    const seat = await signedIn();
    expect(await open(seat)).toMatchObject({ ok: false, code: 'PATIENT_ELSEWHERE' });
    expect(trail.acts()).not.toContain('session.open');
    expect(await open(seat, ORDER, { patientId: 'P-8' })).toMatchObject({ ok: true });
  });

  test('when the reason for an override cannot be written, no session stays open in the record', async () => {
    const seat = await signedIn();
    trail.refuse = ({ act }) => act === 'limit.override';
    const input = { overrideReason: 'tolerated before' };
    const result = await open(seat, { ...ORDER, durationMs: 1_800_000 }, input);
    expect(result).toMatchObject({ ok: false, code: 'RECORD_FAILED' });
    const states = () => [...trail.records.values()].map(({ state }) => state);
    await expect.poll(states, { timeout: 5000 }).toEqual(['ended']);
  });

  test('a person who signs out meanwhile has still asked for it: nothing is left half open', async () => {
    const seat = await signedIn();
    const [opened] = await Promise.all([open(seat), seat.call('access.signOut', {})]);
    expect(opened.ok).toBe(true);
    expect(trail.rows.find(({ act }) => act === 'session.phase')?.actor).toMatchObject({ id: 'ada' });
  });

  test('an unknown drug is refused', async () => {
    const seat = await signedIn();
    expect(await open(seat, { ...ORDER, entryId: 'PROPOFOL' })).toMatchObject({ ok: false, code: 'UNKNOWN_DRUG' });
  });
});

describe('topics', { timeout: 60_000 }, () => {
  test('the station is visible before sign-in, whole and numbered; the trail is not', async () => {
    const seat = station.openSeat();
    const frames: { number: number; data: StationFrame }[] = [];
    expect(seat.subscribe('station', (update) => frames.push(update)).ok).toBe(true);
    expect(seat.subscribe('trail', () => undefined)).toMatchObject({ ok: false, code: 'NOT_SIGNED_IN' });
    expect(frames[0]).toMatchObject({ number: 0, data: { chairs: [{ id: 'chair-1', phase: 'idle' }] } });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(frames.length).toBeGreaterThan(2);
    expect(frames.length).toBeLessThan(9);
    seat.close();
    const count = frames.length;
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(frames).toHaveLength(count);
  });

  test('the trail tells each row in a sentence, and falls silent after signing out', async () => {
    const seat = await signedIn();
    const events: TrailEvent[] = [];
    seat.subscribe('trail', ({ data }) => events.push(data));
    await open(seat);
    expect(events.find(({ act }) => act === 'session.open')).toMatchObject({
      actor: 'Ada',
      text: 'Session opened: 20 mg ketamine in 10 mL at 10 mL/h',
    });
    await seat.call('access.signOut', {});
    await new Promise((resolve) => setTimeout(resolve, 50));
    const count = events.length;
    await station.openSeat().call('chair.stop', { chairId: 'chair-1' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(events).toHaveLength(count);
  });
});

test('the row of the start names the table of alarms and actions that holds (R-4.4)', () => {
  const start = trail.rows.find(({ act }) => act === 'station.start');
  expect(start?.new).toMatchObject({ alarmsVersion: ALARMS_VERSION, alarmsDigest: ALARMS_DIGEST });
});

test('a fault that nobody caught is a row and an alarm at every chair, and is never taken back', async () => {
  const frames: StationFrame[] = [];
  station.openSeat().subscribe('station', ({ data }) => frames.push(data));
  station.fault(new Error('planted'));
  expect(frames.at(-1)?.chairs[0]?.alarms.map(({ id }) => id)).toContain('station-fault');
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(frames.at(-1)?.chairs[0]?.alarms).toContainEqual(
    expect.objectContaining({ id: 'station-fault', active: true }),
  );
  const row = trail.rows.find(({ act }) => act === 'station.fault');
  expect(row).toMatchObject({ outcome: 'failed', reason: 'Error: planted' });
});

describe('starting again', { timeout: 60_000 }, () => {
  test('a session that was open is closed as interrupted and shown, with the volume the record knows', async () => {
    const reason = { overrideReason: 'tolerated before' };
    const opened = await open(await signedIn(), { ...ORDER, durationMs: 1_800_000 }, reason);
    const sessionId = opened.ok ? (opened.value as { sessionId: string }).sessionId : '';
    await station.close();
    expect(trail.records.get(sessionId)?.state).toBe('open');
    const blank = { session: sessionId, chair: 'chair-1', startedAt: '', mono: 0, spo2: [], pulse: [], rateUlPerH: [] };
    await trail.putTrend({ ...blank, deliveredUl: [1200, 1300, null] });
    station = await createStation(options());
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(trail.records.get(sessionId)?.state).toBe('interrupted');
    const frames: StationFrame[] = [];
    (await signedIn()).subscribe('station', ({ data }) => frames.push(data));
    expect(frames[0]?.chairs[0]).toMatchObject({
      phase: 'interrupted',
      session: {
        id: sessionId,
        patientName: 'Test',
        deliveredUl: 1300,
        deliveredUg: 2600,
        overrides: [{ reason: 'tolerated before' }],
      },
      // Beside it, as soon as the station has ticked, that nobody has signed for this configuration.
      alarms: expect.arrayContaining([expect.objectContaining({ id: 'interrupted', priority: 'high' })]),
    });
    expect(hosts.at(-1)?.kinds()).not.toContain('program');
    // As it stays while its pump is not heard: all it may have given counts, and its patient need not wait for it.
    const record = trail.records.get(sessionId);
    if (record !== undefined) trail.records.set(sessionId, { ...record, state: 'open', closedAt: null });
    expect(await open(await signedIn(), ORDER)).not.toMatchObject({ code: 'PATIENT_ELSEWHERE' });
  });
});
