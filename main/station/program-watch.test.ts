import { mkdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PROPOSED_PROFILE } from '../../core/profile.ts';
import { microlitre, microlitrePerHour, millisecond } from '../../core/units.ts';
import { temporaryFolder } from '../../db/test-kit.ts';
import { monotonicClock } from '../../drivers/kit/clock.ts';
import type { StationFrame } from '../../preload/contract/frames.ts';
import { soundOf } from '../../tests/support/page.ts';
import { hashPin } from '../access/pin.ts';
import { ProgramWatch, type Replaced, replacedHold, RESTART } from './program-watch.ts';
import { createStation } from './station.ts';
import { FakeHost, FakeTrail } from './test-kit.ts';
import { rightCheck } from './testing-check.ts';

let folder: ReturnType<typeof temporaryFolder>;
const file = (): string => join(folder.path, 'main', 'a.js');

beforeEach(() => {
  folder = temporaryFolder();
  mkdirSync(join(folder.path, 'main'));
  writeFileSync(file(), 'one');
});
afterEach(() => folder[Symbol.dispose]());

/** As an installer does it. */
function replace(): void {
  writeFileSync(`${file()}.new`, 'two');
  renameSync(`${file()}.new`, file());
}

describe('the watch of the program (hazard 40)', () => {
  const watch = (lookEvery: number) => {
    const told: Replaced[] = [];
    const program = new ProgramWatch({ paths: [folder.path] }, lookEvery);
    program.begin((replaced) => told.push(replaced));
    return { program, told };
  };

  test('finds a replaced file by itself, and tells it once', async () => {
    const { program, told } = watch(20);
    await pause(200);
    expect(told).toEqual([]);
    replace();
    await expect.poll(() => told.length).toBe(1);
    expect(told).toMatchObject([{ differences: [`${file()} is another one`] }]);
    writeFileSync(`${file()}.2`, 'another');
    await Promise.all([program.look(), program.look(), pause(200)]);
    expect(told).toHaveLength(1);
  });

  test('finds it at once where it is asked, by two who ask at the same time once', async () => {
    const { program, told } = watch(60_000);
    expect(await program.look()).toBeNull();
    replace();
    const [one, other] = await Promise.all([program.look(), program.look()]);
    expect(one).toEqual(told[0]);
    expect(other).toBe(one);
    expect(told).toHaveLength(1);
    program.stop();
  });

  test('tells nobody any more once it was stopped, by a look that was under way either', async () => {
    const { program, told } = watch(60_000);
    expect(await program.look()).toBeNull();
    replace();
    const look = program.look();
    program.stop();
    expect(await look).not.toBeNull();
    expect(told).toEqual([]);
  });

  test('stays with what it found where the old file is put back', async () => {
    const { program } = watch(60_000);
    expect(await program.look()).toBeNull();
    renameSync(file(), join(folder.path, 'old'));
    expect(await program.look()).not.toBeNull();
    renameSync(join(folder.path, 'old'), file());
    expect(await program.look()).not.toBeNull();
    program.stop();
  });

  test('says of a large update what it can, and how much more there is', () => {
    const { details, title } = replacedHold({
      foundAt: new Date(2026, 10, 30, 4, 5),
      differences: Array.from({ length: 300 }, (_, index) => `${index}.js is new`),
    });
    expect(title).toBe("The program's files were replaced at 04:05 on 2026-11-30 while it runs.");
    expect(details).toHaveLength(22);
    expect([details[0], details.at(-1)]).toEqual([RESTART, 'and 280 more']);
  });
});

const PIN = '204816';
const pin = await hashPin(PIN);
const port = { baudRate: null, address: 0, format: null };
const devices = {
  chairId: 'chair-1',
  pump: { ...port, driver: 'new-era', port: 'serial:p' },
  syringe: 'BD 60 mL',
  monitor: { ...port, driver: 'nonin', port: 'serial:m' },
};
const chairId = 'chair-1';

/** A device host whose pump does as it is told and whose patient is well. */
class WellHost extends FakeHost {
  #running = false;
  #rate = microlitrePerHour(10);
  #counter = 0;
  #stopAt: number | null = null;
  readonly #timer = setInterval(() => this.#report(), 50);

  override send(message: Parameters<FakeHost['send']>[0]): void {
    super.send(message);
    const at = monotonicClock.now();
    if (message.kind === 'program' || message.kind === 'start') {
      this.#running = message.kind === 'start';
      if (message.kind === 'program') this.#rate = message.rate;
      setTimeout(() => this.say({ kind: 'outcome', id: message.id, outcome: { kind: 'confirmed' }, at }), 10);
    }
    if (message.kind === 'stop') {
      this.#running = false;
      this.#stopAt = message.at;
    }
    if (message.kind === 'close') clearInterval(this.#timer);
  }

  #report(): void {
    const at = monotonicClock.now();
    this.#counter += this.#running ? (this.#rate * 50) / 3_600_000 : 0;
    const state = this.#running ? 'infusing' : 'stopped';
    this.say({ kind: 'alive' });
    for (const device of ['pump', 'monitor'] as const) this.say({ kind: 'link', device, state: 'up', detail: '', at });
    this.say({ kind: 'identity', identity: { model: 'NE-1000', firmware: '3.9', serial: null }, at });
    const reading = {
      state,
      rate: this.#rate,
      counter: microlitre(Math.floor(this.#counter)),
      alarm: null,
      at,
    } as const;
    this.say({ kind: 'pump', reading, afterStop: this.#stopAt === null ? null : millisecond(this.#stopAt) });
    const signs = { spo2: 98, pulse: 70 } as const;
    const samples = (['spo2', 'pulse'] as const).map((parameter) => {
      return { parameter, value: signs[parameter], quality: 'good', at } as const;
    });
    this.say({ kind: 'vitals', samples, at });
  }
}

/** A real station on the files of this test, with a page that sounds and a clinician who has opened and checked a session. */
async function checkedStation(lookEvery: number) {
  const trail = new FakeTrail();
  trail.verify = async () => ({ rows: 1, damage: null }) as never;
  const host = new WellHost();
  const station = await createStation({
    configuration: {
      stationName: 'test',
      demonstration: true,
      chairs: [{ name: 'Chair 1', devices }],
      people: [{ id: 'ada', name: 'Ada', role: 'clinician', pin, hint: null }],
    },
    trail,
    spawnDeviceHost: () => host,
    clock: monotonicClock,
    profile: { ...PROPOSED_PROFILE, steadyBeforeRun: millisecond(200) },
    host: 'browser',
    version: '0',
    program: new ProgramWatch({ paths: [folder.path] }, lookEvery),
    exportFolder: 'nowhere',
    backupSound: null,
    playScenario: null,
  });
  const seat = station.openSeat();
  const frames: StationFrame[] = [];
  seat.subscribe('station', ({ data }) => void frames.push(data));
  const page = setInterval(() => void seat.call('sound.report', soundOf(frames.at(-1) ?? null)), 200);
  const must = async (leaf: string, input: object = {}) =>
    expect(await seat.call(leaf, input), leaf).toMatchObject({ ok: true });
  await must('access.signIn', { personId: 'ada', pin: PIN });
  await expect.poll(() => trail.acts(), { timeout: 5000 }).toContain('sound.proved');
  await must('sound.heard');
  const order = { entryId: 'KETAMINE-MOOD-CLINIC', concentrationUgPerMl: 2000, weightG: 70_000, doseUg: 35_000 };
  const opened = { patientId: 'P-7', patientName: 'Test', drugLot: 'L1', order: { ...order, durationMs: 2_400_000 } };
  await must('session.open', { chairId, ...opened, overrideReason: null });
  await must('session.check', { chairId, ...rightCheck(opened) });
  return {
    call: (leaf: string, input: object = {}) => seat.call(leaf, { chairId, ...input }),
    must: (leaf: string) => must(leaf, { chairId }),
    frame: () => frames.at(-1),
    chair: () => frames.at(-1)?.chairs[0],
    steady: () => expect.poll(() => (frames.at(-1)?.chairs[0]?.steadyMs ?? 0) >= 200, { timeout: 5000 }).toBe(true),
    host,
    trail,
    close: () => {
      clearInterval(page);
      return station.close();
    },
  };
}

describe('a station whose program is replaced while it runs (hazard 40)', { timeout: 60_000 }, () => {
  const held = { id: 'program', endsBy: 'restart', details: [RESTART, expect.stringContaining('a.js is another one')] };

  test('goes on with what runs, obeys STOP, resumes nothing, and tells of it once', async () => {
    const station = await checkedStation(50);
    await station.must('session.arm');
    await station.steady();
    await station.must('session.start');
    await expect.poll(() => station.chair()?.phase, { timeout: 5000 }).toBe('infusing');
    replace();
    await expect.poll(() => station.frame()?.holds).toMatchObject([held]);
    await expect.poll(() => station.chair()?.alarms.map(({ id }) => id)).toEqual(['station-held']);
    await pause(1000);
    expect(station.chair()).toMatchObject({ phase: 'infusing', pump: { state: 'infusing' } });
    expect(station.host.kinds()).not.toContain('stop');
    expect(await station.call('chair.stop')).toMatchObject({ ok: true });
    expect(station.host.kinds().at(-1)).toBe('stop');
    await expect.poll(() => station.chair()).toMatchObject({ phase: 'paused', pump: { state: 'stopped' } });
    await station.steady();
    const confirmedRateUlPerH = station.chair()?.session?.plan.rateUlPerH;
    const resumed = await station.call('session.resume', { reason: 'well again', confirmedRateUlPerH });
    expect(resumed).toMatchObject({ ok: false, code: 'STATION_HELD' });
    utimesSync(file(), 1, 1);
    await pause(300);
    const rows = station.trail.rows.filter(({ act }) => act === 'station.held');
    expect(rows).toMatchObject([
      { reason: expect.stringMatching(/^The program's files were replaced at \d\d:\d\d on \S+ while it runs\.$/) },
    ]);
    expect(rows[0]).toMatchObject({ new: { hold: 'program', endsBy: 'restart' } });
    await station.close();
  });

  test('starts nothing that was armed before', async () => {
    const station = await checkedStation(50);
    await station.must('session.arm');
    await station.steady();
    replace();
    await expect.poll(() => station.chair()?.alarms.map(({ id }) => id)).toEqual(['station-held']);
    expect(await station.call('session.start')).toMatchObject({ ok: false, code: 'STATION_HELD' });
    expect(station.host.kinds()).not.toContain('program');
    await station.close();
  });

  test('arms nothing, before the watch has looked by itself: the self-test looks (R-7.19)', async () => {
    const station = await checkedStation(3_600_000);
    replace();
    const armed = await station.call('session.arm');
    expect(armed).toMatchObject({ ok: false, code: 'SELF_TEST_FAILED', message: expect.stringContaining(RESTART) });
    expect(station.trail.acts().filter((act) => act === 'station.held')).toHaveLength(1);
    await expect.poll(() => station.frame()?.holds).toMatchObject([held]);
    await station.close();
  });
});
