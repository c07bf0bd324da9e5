import { describe, expect, test } from 'vitest';
import type { PatientFactors } from '../../core/patient-limits.ts';
import { PROPOSED_PROFILE } from '../../core/profile.ts';
import { PUMP_DRIVERS } from '../../drivers/registry.ts';
import { monotonicClock } from '../../drivers/kit/clock.ts';
import type { StationFrame } from '../../preload/contract/frames.ts';
import { hashPin } from '../access/pin.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { type LoadedLibrary, provedLibrary, SHIPPED } from '../library/signed-library.ts';
import { content, signed, TRUSTED } from '../library/testing-library.ts';
import { ChairBench, settle } from './chair-bench.ts';
import { libraryState } from './library-state.ts';
import { bindingFrom, type OpenRow, parseOpenRow } from './open-row.ts';
import { createStation } from './station.ts';
import type { Seat } from './station-types.ts';
import { libraryOf } from './station-library.ts';
import { FakeHost, FakeTrail } from './test-kit.ts';

const port = { port: 'serial:p', baudRate: null, address: 0, format: null };
const syringe = Object.keys(PUMP_DRIVERS['new-era']?.manifest.syringes ?? {}).at(-1) ?? '';
const ORDER = {
  entryId: 'KETAMINE-PAIN-CLINIC',
  concentrationUgPerMl: 2000,
  weightG: 70_000,
  doseUg: 20_000,
  durationMs: 3_600_000,
};

const pump = { ...port, driver: 'new-era' };
const monitor = { ...port, driver: 'nonin', port: 'serial:m' };
const ADA = { personId: 'ada', pin: '204816' };
const CONFIGURATION: Configuration = {
  stationName: 'test',
  demonstration: false,
  chairs: [{ name: 'Chair 1', devices: { chairId: 'chair-1', pump, syringe, monitor } }],
  people: [{ id: 'ada', name: 'Ada', role: 'clinician', pin: await hashPin(ADA.pin), hint: null }],
};

async function start(library: LoadedLibrary | null, demonstration = false) {
  const trail = new FakeTrail();
  const host = new FakeHost();
  const station = await createStation({
    configuration: { ...CONFIGURATION, demonstration },
    trail,
    spawnDeviceHost: () => host,
    clock: monotonicClock,
    profile: PROPOSED_PROFILE,
    ...(library !== null && { library }),
    host: 'browser',
    version: '0',
    exportFolder: 'nowhere',
    playScenario: null,
    backupSound: null,
  });
  const seat = station.openSeat();
  const frames: StationFrame[] = [];
  await seat.call('access.signIn', ADA);
  seat.subscribe('station', ({ data }) => frames.push(data));
  return { trail, host, station, seat, frames };
}

const open = (seat: Seat, patientFactors: PatientFactors | null = null) => {
  const session = { patientId: 'P-7', patientName: 'Test', drugLot: 'L1', overrideReason: null, patientFactors };
  return seat.call('session.open', { chairId: 'chair-1', ...session, order: ORDER });
};

/** Starts a station with this library, tries to open a session, and closes it again. */
async function tryWith(library: LoadedLibrary, patientFactors: PatientFactors | null = null) {
  const { trail, station, seat, frames } = await start(library);
  const opened = await open(seat, patientFactors);
  await station.close();
  return { trail, opened, frame: frames.at(0) };
}

describe('a station with a drug library of its own (R-4.9)', { timeout: 60_000 }, () => {
  test('plans by it and writes its version and digest into the row that opens a session', async () => {
    const library = provedLibrary(signed(content()), TRUSTED);
    const { trail, opened, frame } = await tryWith(library);
    expect(opened).toMatchObject({ ok: true });
    expect(frame?.chairs[0]?.libraryProblem).toBeNull();
    const row = trail.rows.find(({ act }) => act === 'session.open');
    expect(row?.new).toMatchObject({ libraryVersion: 'site-1', libraryDigest: library.digest });
    expect(trail.rows.find(({ act }) => act === 'station.start')?.new).toMatchObject({ libraryIsProposal: false });
  });

  test.each([
    [{ rank: 'pause', loosestBelow: 88 }, 88],
    [{ rank: 'advisory', loosestBelow: 86 }, 90],
  ] as const)('loosens no limit of a patient past %o, and the record keeps the bound (R-5.8)', async (part, below) => {
    const vitalBounds = [{ parameter: 'spo2', loosestAbove: null, ...part } as const];
    const entries = content().entries.map((entry) => ({ ...entry, vitalBounds }));
    const factors: PatientFactors = { comorbidities: [], baseline: { spo2: 90 }, reason: '90 % for years' };
    const { trail } = await tryWith(provedLibrary(signed(content({ entries })), TRUSTED), factors);
    const opened = trail.rows.find(({ act }) => act === 'session.open');
    expect(opened?.new).toMatchObject({ vitalBounds });
    expect(bindingFrom(parseOpenRow(opened?.new) as OpenRow, 'S', 'P-7').patient).toEqual({
      ...factors,
      bounds: vitalBounds,
    });
    const own = trail.rows.find(({ act }) => act === 'limit.patient');
    expect(own?.new).toMatchObject({
      limits: expect.arrayContaining([expect.objectContaining({ alarm: 'spo2-low', below })]),
    });
  });

  test.each([
    ['expired', provedLibrary(signed(content({ expiresOn: '2020-06-01' })), TRUSTED), 'expired on 2020-06-01'],
    ['not effective yet', provedLibrary(signed(content({ effectiveFrom: '2099-01-01' })), TRUSTED), 'not effective'],
    ['not trusted', provedLibrary(signed(content()), []), 'not one that this station trusts'],
  ])('that is %s starts, shows why and opens nothing', async (_how, library, why) => {
    const { trail, opened, frame } = await tryWith(library);
    expect(opened).toMatchObject({ ok: false, code: 'LIBRARY_UNUSABLE', message: expect.stringContaining(why) });
    expect(frame?.chairs[0]?.libraryProblem).toContain(why);
    expect(trail.records.size).toBe(0);
    expect(JSON.stringify(trail.rows.find(({ act }) => act === 'station.start'))).toContain(why);
  });
});

describe('a station whose configuration names no library', { timeout: 60_000 }, () => {
  test('opens nothing outside a demonstration, and says what to do (R-4.9)', async () => {
    const { trail, station, seat, frames } = await start(null);
    const why = expect.stringMatching(/names no drug library.*two approvers.*docs\/library\.md/);
    expect(await open(seat)).toMatchObject({ ok: false, code: 'LIBRARY_UNUSABLE', message: why });
    expect(await seat.call('library.entries', {})).toEqual({ ok: true, value: [] });
    await expect.poll(() => frames.at(-1)?.chairs[0]?.alarms.map(({ id }) => id)).toContain('library-unusable');
    expect(frames.at(-1)?.chairs[0]?.libraryProblem).toEqual(why);
    expect(libraryState(libraryOf({ configuration: CONFIGURATION }), new Date())).toEqual({ ok: false, detail: why });
    await station.close();
    expect(trail.records.size).toBe(0);
    const started = trail.rows.find(({ act }) => act === 'station.start');
    expect(started?.new).toMatchObject({ libraryVersion: 'none', libraryIsProposal: false, libraryProblem: why });
  });

  test('shows vital signs and stops its pump all the same', async () => {
    const { host, station, seat, frames } = await start(null);
    const at = monotonicClock.now();
    host.say({ kind: 'link', device: 'monitor', state: 'up', detail: '', at });
    host.say({ kind: 'vitals', samples: [{ parameter: 'spo2', value: 97, quality: 'good', at }], at });
    await expect.poll(() => frames.at(-1)?.chairs[0]?.vitals.spo2).toMatchObject({ state: 'valid', value: 97 });
    expect(await seat.call('chair.stop', { chairId: 'chair-1' })).toMatchObject({ ok: true });
    expect(host.kinds()).toContain('stop');
    await station.close();
  });

  test('opens by the shipped proposal in a demonstration, and the record calls it one', async () => {
    const { trail, station, seat, frames } = await start(null, true);
    expect(await open(seat)).toMatchObject({ ok: true });
    expect(frames.at(0)?.chairs[0]?.libraryProblem).toBeNull();
    await station.close();
    const started = trail.rows.find(({ act }) => act === 'station.start');
    expect(started?.new).toMatchObject({ libraryDigest: SHIPPED.digest, libraryIsProposal: true });
  });
});

test('a library that ends while a chair is armed is an alarm there and starts nothing', async () => {
  const bench = new ChairBench();
  bench.arm();
  bench.libraryProblem = 'The drug library expired on 2026-11-22 (UTC).';
  bench.pass(1, 'stopped');
  expect(bench.chair.frame().alarms).toMatchObject([{ id: 'library-unusable', priority: 'medium' }]);
  expect(bench.start()).toMatchObject({ accepted: false, code: 'library-unusable' });
  await settle();
  expect(bench.trail.acts()).toContain('alarm.raised');
});
