import { describe, expect, test } from 'vitest';
import type { PatientFactors } from '../../core/patient-limits.ts';
import { PROPOSED_PROFILE } from '../../core/profile.ts';
import { PUMP_DRIVERS } from '../../drivers/registry.ts';
import { monotonicClock } from '../../drivers/kit/clock.ts';
import type { StationFrame } from '../../preload/contract/frames.ts';
import { hashPin } from '../access/pin.ts';
import { type LoadedLibrary, provedLibrary } from '../library/signed-library.ts';
import { content, signed, TRUSTED } from '../library/testing-library.ts';
import { ChairBench, settle } from './chair-bench.ts';
import { bindingFrom, type OpenRow, parseOpenRow } from './open-row.ts';
import { createStation } from './station.ts';
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

/** Starts a station with this library, tries to open a session, and closes it again. */
async function tryWith(library: LoadedLibrary, patientFactors: PatientFactors | null = null) {
  const trail = new FakeTrail();
  const pump = { ...port, driver: 'new-era' };
  const monitor = { ...port, driver: 'nonin', port: 'serial:m' };
  const station = await createStation({
    configuration: {
      stationName: 'test',
      demonstration: false,
      chairs: [{ name: 'Chair 1', devices: { chairId: 'chair-1', pump, syringe, monitor } }],
      people: [{ id: 'ada', name: 'Ada', role: 'clinician', pin: await hashPin('204816'), hint: null }],
    },
    trail,
    spawnDeviceHost: () => new FakeHost(),
    clock: monotonicClock,
    profile: PROPOSED_PROFILE,
    library,
    host: 'browser',
    version: '0',
    exportFolder: 'nowhere',
    playScenario: null,
    backupSound: null,
  });
  const seat = station.openSeat();
  const frames: StationFrame[] = [];
  await seat.call('access.signIn', { personId: 'ada', pin: '204816' });
  seat.subscribe('station', ({ data }) => frames.push(data));
  const session = { patientId: 'P-7', patientName: 'Test', drugLot: 'L1', overrideReason: null, patientFactors };
  const opened = await seat.call('session.open', { chairId: 'chair-1', ...session, order: ORDER });
  await station.close();
  return { trail, opened, frame: frames.at(0), info: await seat.call('station.info', {}) };
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
