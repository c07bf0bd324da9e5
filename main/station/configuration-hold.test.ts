import { afterEach, describe, expect, test } from 'vitest';
import { PROPOSED_PROFILE } from '../../core/profile.ts';
import { openTrail } from '../../db/client.ts';
import { temporaryFolder } from '../../db/test-kit.ts';
import { monotonicClock } from '../../drivers/kit/clock.ts';
import type { StationFrame } from '../../preload/contract/frames.ts';
import { hashPin } from '../access/pin.ts';
import type { Configuration, PersonConfiguration } from '../configuration/configuration.ts';
import { SITE_LIBRARY } from '../library/testing-library.ts';
import { findHolds } from './find-holds.ts';
import { createStation } from './station.ts';
import { FakeHost } from './test-kit.ts';

// The record is a real one, opened anew for every start.

const PIN = '204816';
const stored = hashPin(PIN);
const line = { baudRate: null, address: 0, format: null };
const pump = { ...line, driver: 'new-era', port: 'serial:p' };
const devices = {
  chairId: 'chair-1',
  pump,
  syringe: 'BD 60 mL',
  monitor: { ...line, driver: 'nonin', port: 'serial:m' },
};
const CONFIGURATION: Configuration = {
  stationName: 'Room 1',
  demonstration: false,
  chairs: [{ name: 'Chair 1', devices }],
  people: [],
};
const MOVED: Configuration = {
  ...CONFIGURATION,
  chairs: [{ name: 'Chair 1', devices: { ...devices, pump: { ...pump, port: 'serial:q' } } }],
};
const PAIR = {
  administrator: { name: 'Ada Admin', password: 'four plain words' },
  supervisor: { name: 'Sam Supervisor', password: 'another long sentence' },
};

let folder = temporaryFolder();
afterEach(() => {
  folder[Symbol.dispose]();
  folder = temporaryFolder();
});

async function people(): Promise<readonly PersonConfiguration[]> {
  const pin = await stored;
  return (['administrator', 'supervisor'] as const).map((role) => ({ id: role, name: role, role, pin, hint: null }));
}

/** One start of the station on the record of this test. */
async function start(configuration: Configuration, library = SITE_LIBRARY) {
  const trail = await openTrail({ folder: folder.path, station: 'Room 1', appVersion: '0', ballastBytes: 0 });
  const station = await createStation({
    configuration,
    library,
    trail,
    spawnDeviceHost: () => new FakeHost(),
    clock: monotonicClock,
    profile: PROPOSED_PROFILE,
    host: 'browser',
    version: '0',
    exportFolder: 'nowhere',
    playScenario: null,
    backupSound: null,
  });
  const seat = station.openSeat();
  const frames: StationFrame[] = [];
  seat.subscribe('station', ({ data }) => frames.push(data));
  return {
    call: (leaf: string, input: object) => seat.call(leaf, input),
    frame: () => frames.at(-1),
    rows: () => trail.holdRows(),
    close: () => station.close(),
  };
}

const LIFT = {
  signature: { personId: 'administrator', pin: PIN },
  second: { personId: 'supervisor', pin: PIN },
};

/** A start at which both persons sign for everything. */
async function accept(configuration: Configuration): Promise<void> {
  const station = await start(configuration);
  await station.call('access.signIn', LIFT.signature);
  for (const { id } of station.frame()?.holds ?? []) await station.call('station.liftHold', { ...LIFT, holdId: id });
  await station.close();
}

describe('the configuration of a new record', { timeout: 60_000 }, () => {
  test('is not accepted by the people it brings, until two of them have signed for what they read', async () => {
    const configuration = { ...CONFIGURATION, people: await people() };
    for (const run of [1, 2]) {
      const station = await start(configuration);
      const [hold] = station.frame()?.holds ?? [];
      expect(hold?.title, `start ${run}`).toBe('Nobody has accepted this configuration yet.');
      expect(hold?.details).toContain('chairs.chair-1.pump.port: nothing -> serial:p');
      expect(await station.rows()).toEqual([]);
      await station.close();
    }
    await accept(configuration);
    const again = await start(configuration);
    expect(again.frame()?.holds).toEqual([]);
    await again.close();
  });

  test.each([
    ['with people in the file', true, true],
    ['of a record that has sessions', false, false],
  ])('%s waits for signatures, not for the enrolment of whoever stands there', async (_what, isNew, hasPeople) => {
    const configuration = { ...CONFIGURATION, people: hasPeople ? await people() : [] };
    const holds = findHolds({ configuration }, { rows: [], isNew });
    expect(holds.isHeld).toBe(true);
    expect(holds.awaitsFounding).toBeNull();
    const founded = findHolds({ configuration: CONFIGURATION }, { rows: [], isNew: true });
    expect(founded.isHeld).toBe(false);
    expect(founded.awaitsFounding).toMatchObject({ 'chairs.chair-1.pump.port': 'serial:p' });
  });

  test('is accepted by the two persons who are enrolled at the station', async () => {
    const first = await start(CONFIGURATION);
    expect(first.frame()?.holds).toEqual([]);
    expect(await first.rows()).toEqual([]);
    expect(await first.call('enrolment.begin', PAIR)).toMatchObject({ ok: true });
    expect(await first.rows()).toMatchObject([{ facts: { people: ['ada-admin', 'sam-supervisor'] } }]);
    await first.close();
    const second = await start(MOVED);
    expect(second.frame()?.holds).toMatchObject([{ details: ['chairs.chair-1.pump.port: serial:p -> serial:q'] }]);
    await second.close();
  });

  test('of a demonstration is nobody s to accept, however its ports change', async () => {
    const configuration = { ...CONFIGURATION, demonstration: true, people: await people() };
    for (const chairs of [CONFIGURATION.chairs, MOVED.chairs]) {
      const station = await start({ ...configuration, chairs });
      expect(station.frame()?.holds).toEqual([]);
      expect(await station.rows()).toEqual([]);
      await station.close();
    }
  });
});

describe('a configuration that changed', { timeout: 60_000 }, () => {
  test('holds the station, before anybody signs in too, until two persons have signed for what they read', async () => {
    const known = await people();
    await accept({ ...CONFIGURATION, people: known });
    const moved = await start({ ...MOVED, people: known });
    const [hold] = moved.frame()?.holds ?? [];
    expect(hold).toMatchObject({
      title: 'The configuration of this station changed.',
      details: ['chairs.chair-1.pump.port: serial:p -> serial:q'],
    });
    await expect.poll(() => moved.frame()?.chairs[0]?.alarms.map(({ id }) => id)).toEqual(['station-held']);
    await moved.call('access.signIn', LIFT.signature);
    expect(await moved.call('station.liftHold', { ...LIFT, holdId: hold?.id })).toMatchObject({ ok: true });
    await expect.poll(() => moved.frame()).toMatchObject({ holds: [], chairs: [{ alarms: [] }] });
    const [first, accepted] = (await moved.rows()).map(({ facts }) => facts);
    expect(accepted).toMatchObject({
      hard: { 'chairs.chair-1.pump.port': 'serial:q' },
      changes: ['chairs.chair-1.pump.port: serial:p -> serial:q'],
      second: 'supervisor',
    });
    expect(first).toMatchObject({ hard: { 'chairs.chair-1.pump.port': 'serial:p' } });
    await moved.close();
    const again = await start({ ...MOVED, people: known });
    expect(again.frame()?.holds).toEqual([]);
    await again.close();
    const back = await start({ ...CONFIGURATION, people: known });
    expect(back.frame()?.holds).toHaveLength(1);
    await back.close();
  });

  test('holds every start as long as nobody signs, and none once it is as it was', async () => {
    const known = await people();
    await accept({ ...CONFIGURATION, people: known });
    for (const [configuration, holds] of [
      [MOVED, 1],
      [MOVED, 1],
      [CONFIGURATION, 0],
    ] as const) {
      const station = await start({ ...configuration, people: known });
      expect(station.frame()?.holds).toHaveLength(holds);
      await station.close();
    }
  });

  test('only in its drug library, under the same name and version, holds too (R-4.9)', async () => {
    const known = await people();
    await accept({ ...CONFIGURATION, people: known });
    const exchanged = await start({ ...CONFIGURATION, people: known }, { ...SITE_LIBRARY, digest: 'ab' });
    expect(exchanged.frame()?.holds).toMatchObject([{ details: [`library.digest: ${SITE_LIBRARY.digest} -> ab`] }]);
    await exchanged.close();
  });

  test('in a record from before any was accepted is shown whole', async () => {
    await (await start({ ...CONFIGURATION, demonstration: true, people: await people() })).close();
    const station = await start(CONFIGURATION);
    const [hold] = station.frame()?.holds ?? [];
    expect(hold?.title).toBe('Nobody has accepted this configuration yet.');
    expect(hold?.details).toContain('chairs.chair-1.pump.port: nothing -> serial:p');
    await station.close();
  });
});
