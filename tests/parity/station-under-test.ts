import { PROPOSED_PROFILE } from '../../core/profile.ts';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monotonicClock } from '../../drivers/kit/clock.ts';
import { hashPin } from '../../main/access/pin.ts';
import type { Configuration } from '../../main/configuration/configuration.ts';
import { SITE_LIBRARY } from '../../main/library/testing-library.ts';
import { createStation } from '../../main/station/station.ts';
import type { Station, StationOptions } from '../../main/station/station-types.ts';
import { FakeHost, FakeTrail } from '../../main/station/test-kit.ts';

export const CHAIR = 'chair-1';
export const PERSON = { personId: 'dana', pin: '246813' };

async function configuration(): Promise<Configuration> {
  const pin = await hashPin(PERSON.pin);
  const port = { baudRate: null, address: 0, format: null };
  return {
    stationName: 'Station under test',
    demonstration: false,
    chairs: [
      {
        name: 'Chair 1',
        devices: {
          chairId: CHAIR,
          pump: { ...port, driver: 'new-era', port: 'serial:pump' },
          syringe: 'BD 60 mL',
          monitor: { ...port, driver: 'nonin', port: 'serial:monitor' },
        },
      },
    ],
    people: [{ id: PERSON.personId, name: 'Dana Clinician', role: 'clinician', pin, hint: null }],
  };
}

/** The real station; only the record and the device processes behind it are the test's. */
export async function stationUnderTest(host: StationOptions['host']): Promise<Station> {
  return createStation({
    configuration: await configuration(),
    trail: new FakeTrail(),
    spawnDeviceHost: () => new FakeHost(),
    clock: monotonicClock,
    profile: PROPOSED_PROFILE,
    library: SITE_LIBRARY,
    host,
    version: 'test',
    exportFolder: join(mkdtempSync(join(tmpdir(), 'chairside-parity-')), 'exports'),
    backupSound: null,
    playScenario: null,
  });
}
