import { soundOf } from '../../tests/support/page.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AlarmPriority } from '../../core/alarms.ts';
import { PROPOSED_PROFILE } from '../../core/profile.ts';
import { microlitre, microlitrePerHour } from '../../core/units.ts';
import { monotonicClock } from '../../drivers/kit/clock.ts';
import type { StationFrame } from '../../preload/contract/frames.ts';
import { hashPin } from '../access/pin.ts';
import { SITE_LIBRARY } from '../library/testing-library.ts';
import { createStation } from './station.ts';
import type { Seat, Station } from './station-types.ts';
import { FakeHost, FakeTrail } from './test-kit.ts';
import { rightCheck } from './testing-check.ts';

const port = { baudRate: null, address: 0, format: null };
const devices = {
  chairId: 'chair-1',
  pump: { ...port, driver: 'new-era', port: 'serial:p' },
  syringe: 'BD 60 mL',
  monitor: { ...port, driver: 'nonin', port: 'serial:m' },
};
const pin = await hashPin('204816');

let trail: FakeTrail;
let host: FakeHost;
let station: Station;
/** What the backup was told, each change once. */
let told: (AlarmPriority | null)[];

beforeEach(async () => {
  trail = new FakeTrail();
  host = new FakeHost();
  told = [];
  station = await createStation({
    configuration: {
      stationName: 'test',
      demonstration: false,
      chairs: [{ name: 'Chair 1', devices }],
      people: [{ id: 'ada', name: 'Ada', role: 'clinician', pin, hint: null }],
    },
    trail,
    spawnDeviceHost: () => host,
    clock: monotonicClock,
    profile: PROPOSED_PROFILE,
    library: SITE_LIBRARY,
    host: 'browser',
    version: '0',
    exportFolder: 'nowhere',
    backupSound: {
      name: 'test player',
      set: (priority) => {
        if (told.at(-1) !== priority) told.push(priority);
      },
    },
    playScenario: null,
  });
});
afterEach(() => station.close());

/** The newest frame that a seat was sent. */
function watch(seat: Seat): () => StationFrame | undefined {
  const frames: StationFrame[] = [];
  seat.subscribe('station', ({ data }) => void frames.push(data));
  return () => frames.at(-1);
}

/** A pump that runs without anybody's command: a high alarm at an idle chair. */
function runaway(): void {
  const at = monotonicClock.now();
  const reading = {
    state: 'infusing',
    rate: microlitrePerHour(1000),
    counter: microlitre(1),
    alarm: null,
    at,
  } as const;
  host.say({ kind: 'link', device: 'pump', state: 'up', detail: '', at });
  host.say({ kind: 'pump', reading, afterStop: null });
}

test('where no page proves its sound, main sounds the alarm within 3 s (R-6.8)', async () => {
  runaway();
  await expect.poll(() => told.at(-1), { timeout: 3000 }).toBe('high');
});

test('where a page proves its sound main is silent, and sounds when that page goes (R-6.7, R-6.8)', async () => {
  const page = station.openSeat();
  const newest = watch(page);
  const report = () => page.call('sound.report', soundOf(newest() ?? null));
  await expect.poll(newest, { timeout: 3000 }).toBeDefined();
  await report();
  await expect.poll(() => trail.acts()).toContain('sound.proved');
  runaway();
  await expect.poll(() => newest()?.chairs[0]?.alarms.length, { timeout: 3000 }).toBeGreaterThan(0);
  await report();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(told.filter((priority) => priority !== null)).toEqual([]);
  page.close();
  await expect.poll(() => told.at(-1), { timeout: 3000 }).toBe('high');
  expect(trail.acts()).toContain('sound.lost');
});

test('a page that proves its sound by an old frame is not believed: main sounds what it does not know of (R-6.7)', async () => {
  const page = station.openSeat();
  const newest = watch(page);
  await expect.poll(newest, { timeout: 3000 }).toBeDefined();
  const old = soundOf(newest() ?? null);
  await page.call('sound.report', old);
  await expect.poll(() => trail.acts()).toContain('sound.proved');
  runaway();
  const timer = setInterval(() => void page.call('sound.report', old), 200);
  await expect
    .poll(() => told.at(-1), { timeout: 5000 })
    .toBe('high')
    .finally(() => clearInterval(timer));
  expect(trail.acts()).toContain('sound.lost');
});

test('an audio pause quiets main, too, by anybody, and its press is a row with who and what (R-6.5, R-6.9)', async () => {
  const page = station.openSeat();
  const newest = watch(page);
  runaway();
  await expect.poll(() => told.at(-1), { timeout: 3000 }).toBe('high');
  const alarms =
    newest()?.chairs[0]?.alarms.map(({ key, raisedAtMs, priority }) => ({ key, raisedAtMs, priority })) ?? [];
  const keys = alarms.map(({ key }) => key);
  expect(keys).toContain('pump-unexpected');
  expect(await page.call('alarm.pauseAudio', { chairId: 'chair-1', alarms, seconds: 60 })).toMatchObject({ ok: true });
  await expect.poll(() => told.at(-1), { timeout: 3000 }).toBeNull();
  await expect.poll(() => trail.acts()).toContain('alarm.paused');
  const press = trail.rows.find(({ act }) => act === 'alarm.pause-audio');
  expect(press).toMatchObject({ actor: null, new: { alarms: keys, seconds: 60 } });
  expect(await page.call('alarm.pauseAudio', { chairId: 'chair-1', alarms, seconds: 121 })).toMatchObject({
    ok: false,
  });
});

test('nothing is armed while the self-test fails; the part is named, recorded and shown (R-7.19)', async () => {
  const seat = station.openSeat();
  const newest = watch(seat);
  await seat.call('access.signIn', { personId: 'ada', pin: '204816' });
  const refused = await seat.call('session.arm', { chairId: 'chair-1' });
  expect(refused).toMatchObject({ ok: false, code: 'SELF_TEST_FAILED', message: expect.stringContaining('sound: No') });
  const row = trail.rows.find(({ act }) => act === 'self-test');
  expect(row).toMatchObject({ outcome: 'failed', new: { record: true, sound: false } });
  await expect.poll(() => newest()?.chairs[0]?.selfTest?.parts.find(({ part }) => part === 'sound')?.ok).toBe(false);
});

test('a press to arm is for the session that was there, not for one that took its place during the self-test', async () => {
  const seat = station.openSeat();
  const newest = watch(seat);
  const call = async (leaf: string, input: object) => expect(await seat.call(leaf, input)).toMatchObject({ ok: true });
  await call('access.signIn', { personId: 'ada', pin: '204816' });
  await expect.poll(newest, { timeout: 3000 }).toBeDefined();
  const timer = setInterval(() => void seat.call('sound.report', soundOf(newest() ?? null)), 200);
  await expect.poll(() => trail.acts()).toContain('sound.proved');
  await call('sound.heard', {});
  const order = { entryId: 'KETAMINE-PAIN-CLINIC', concentrationUgPerMl: 2000, weightG: 70_000, doseUg: 20_000 };
  const chairId = 'chair-1';
  const checkedSession = async (patientId: string) => {
    const person = { patientId, patientName: 'Test', drugLot: 'L1', overrideReason: null };
    await call('session.open', { chairId, ...person, order: { ...order, durationMs: 3_600_000 } });
    await call('session.check', { chairId, ...rightCheck({ ...person, order }) });
  };
  await checkedSession('P-7');
  const walk = Promise.withResolvers<never>();
  trail.verify = () => walk.promise;
  host.say({ kind: 'alive' });
  const armed = seat.call('session.arm', { chairId });
  await call('session.end', { chairId, reason: 'another patient first' });
  await checkedSession('P-8');
  walk.resolve({ rows: 1, damage: null, after: 0 } as never);
  expect(await armed).toMatchObject({ ok: false, code: 'SESSION_CHANGED' });
  clearInterval(timer);
});

test('who has heard the test tone is in the record and in the frame (R-6.7)', async () => {
  const seat = station.openSeat();
  await seat.call('access.signIn', { personId: 'ada', pin: '204816' });
  await seat.call('sound.heard', {});
  expect(trail.rows.find(({ act }) => act === 'sound.heard')).toMatchObject({ actor: { id: 'ada' } });
});
