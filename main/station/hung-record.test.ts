import { expect, test } from 'vitest';
import { PROPOSED_PROFILE } from '../../core/profile.ts';
import { openTrail } from '../../db/client.ts';
import { temporaryFolder } from '../../db/test-kit.ts';
import { monotonicClock } from '../../drivers/kit/clock.ts';
import { PUMP_DRIVERS } from '../../drivers/registry.ts';
import type { StationFrame } from '../../preload/contract/frames.ts';
import { hashPin } from '../access/pin.ts';
import { SITE_LIBRARY } from '../library/testing-library.ts';
import { createStation } from './station.ts';
import { FakeHost } from './test-kit.ts';
import { rightCheck } from './testing-check.ts';

/** How long the thread of the record answers nothing at all (ms). */
const STUCK_FOR = 6_000;

/** A real thread behind the real client. It takes every row, and at one of them it blocks as a disk would block it. */
const workerStuckAt = (act: string): string => `
import { parentPort } from 'node:worker_threads';
const LISTS = new Set(['sessions', 'holdRows', 'accessChanges', 'sessionRows', 'sessionTrends']);
const STATUS = { sealed: true, segment: 1, rootFingerprint: 'ROOT', enrolled: true, anchors: [], concerns: [] };
let seq = 0;
parentPort.on('message', ({ id, name, args }) => {
  if (name === 'append' && args[0].act === '${act}')
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${STUCK_FOR});
  const value = LISTS.has(name) ? [] : name === 'status' ? STATUS : { seq: ++seq, hash: '' };
  parentPort.postMessage({ kind: 'done', id, value });
  if (name === 'close') parentPort.close();
});
parentPort.postMessage({ kind: 'ready' });
`;

const line = { driver: 'new-era', port: 'serial:p', baudRate: null, address: 0, format: null };
const syringe = Object.keys(PUMP_DRIVERS['new-era']?.manifest.syringes ?? {}).at(-1) ?? '';

async function startStation(folder: string, stuckAt: string) {
  const host = new FakeHost();
  const monitor = { ...line, driver: 'nonin', port: 'serial:m' };
  const station = await createStation({
    configuration: {
      stationName: 'test',
      demonstration: false,
      chairs: [{ name: 'Chair 1', devices: { chairId: 'chair-1', pump: line, syringe, monitor } }],
      people: [{ id: 'ada', name: 'Ada', role: 'clinician', pin: await hashPin('204816'), hint: null }],
    },
    trail: await openTrail({
      folder,
      station: 'test',
      appVersion: '0',
      workerUrl: new URL(`data:text/javascript,${encodeURIComponent(workerStuckAt(stuckAt))}`),
    }),
    spawnDeviceHost: () => host,
    clock: monotonicClock,
    profile: PROPOSED_PROFILE,
    library: SITE_LIBRARY,
    host: 'browser',
    version: '0',
    exportFolder: 'nowhere',
    backupSound: null,
    playScenario: null,
  });
  return { host, station };
}

async function until(
  frames: readonly StationFrame[],
  fits: (frame: StationFrame) => boolean,
  within: number,
): Promise<void> {
  const began = performance.now();
  for (;;) {
    const newest = frames.at(-1);
    if (newest && fits(newest)) return;
    if (performance.now() - began > within) throw new Error(`not within ${within} ms: ${JSON.stringify(newest)}`);
    await new Promise((resolve) => void setTimeout(resolve, 10));
  }
}

test('a record whose thread is stuck is alarmed within seconds and starts nothing, STOP goes out at once, and it comes back (R-2.4, R-4.2)', {
  timeout: 60_000,
}, async () => {
  using work = temporaryFolder();
  const { host, station } = await startStation(work.path, 'session.check');
  const seat = station.openSeat();
  const frames: StationFrame[] = [];
  seat.subscribe('station', ({ data }) => frames.push(data));
  await seat.call('access.signIn', { personId: 'ada', pin: '204816' });
  const order = { entryId: 'KETAMINE-PAIN-CLINIC', concentrationUgPerMl: 2000, weightG: 70_000, doseUg: 20_000 };
  const session = { chairId: 'chair-1', patientId: 'P-7', patientName: 'Test', drugLot: 'L1', overrideReason: null };
  const opened = await seat.call('session.open', { ...session, order: { ...order, durationMs: 3_600_000 } });
  expect(opened).toMatchObject({ ok: true });
  void seat.call('session.check', { chairId: 'chair-1', ...rightCheck({ ...session, order }) });

  const alarmed = (frame: StationFrame) => frame.chairs[0]?.alarms.some(({ id }) => id === 'record-failed') ?? false;
  // The 3 s are held to by the tests of the watch and of the recorder, on a clock that no busy machine slows down.
  await until(frames, alarmed, 5_000);
  expect(frames.at(-1)?.record.concerns.join()).toContain('does not answer');
  expect(frames.at(-1)?.chairs[0]?.recordHealthy).toBe(false);
  expect(host.kinds()).not.toContain('stop');
  void seat.call('chair.stop', { chairId: 'chair-1' });
  await new Promise((resolve) => void setTimeout(resolve, 100));
  expect(host.kinds()).toContain('stop');

  await until(frames, (frame) => !alarmed(frame), STUCK_FOR);
  expect(frames.at(-1)?.record.concerns).toEqual([]);
  await station.close();
});

test('a station whose last row is not written in time says so when it is closed', { timeout: 60_000 }, async () => {
  using work = temporaryFolder();
  const { station } = await startStation(work.path, 'station.stop');
  await expect(station.close()).rejects.toThrow('Not known to be written, and lost if not: 1 row (station.stop)');
});
