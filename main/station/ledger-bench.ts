import { PROPOSED_PROFILE } from '../../core/profile.ts';
import { openTrail } from '../../db/client.ts';
import { temporaryFolder } from '../../db/test-kit.ts';
import type { Trail } from '../../db/trail.ts';
import { monotonicClock } from '../../drivers/kit/clock.ts';
import { PUMP_DRIVERS } from '../../drivers/registry.ts';
import type { Role } from '../../preload/contract/leaf.ts';
import { hashPin } from '../access/pin.ts';
import { SITE_LIBRARY } from '../library/testing-library.ts';
import { createStation } from './station.ts';
import type { Seat, Station } from './station-types.ts';
import { FakeHost } from './test-kit.ts';

const PIN = '204816';
const pin = await hashPin(PIN);
const line = { driver: 'new-era', port: 'serial:p', baudRate: null, address: 0, format: null };
const monitor = { driver: 'nonin', port: 'serial:m', baudRate: null, address: 0, format: null };
const syringe = Object.keys(PUMP_DRIVERS['new-era']?.manifest.syringes ?? {}).at(-1) ?? '';

const PEOPLE: readonly { readonly id: string; readonly name: string; readonly role: Role }[] = [
  { id: 'ada', name: 'Ada', role: 'clinician' },
  { id: 'ben', name: 'Ben', role: 'clinician' },
  { id: 'sam', name: 'Sam', role: 'supervisor' },
  { id: 'tess', name: 'Tess', role: 'technician' },
];

export const sign = (personId: string, secret = PIN) => ({ personId, pin: secret });

/** 35 mg in 40 min at 2 mg/mL for 70 kg. */
const ORDER = {
  entryId: 'KETAMINE-MOOD-CLINIC',
  concentrationUgPerMl: 2000,
  weightG: 70_000,
  doseUg: 35_000,
  durationMs: 2_400_000,
};

/** A station with the real record and people; only its device hosts are stand-ins. */
export class LedgerBench {
  readonly station: Station;
  readonly trail: Trail;
  readonly #folder: ReturnType<typeof temporaryFolder>;

  private constructor(station: Station, trail: Trail, folder: ReturnType<typeof temporaryFolder>) {
    this.station = station;
    this.trail = trail;
    this.#folder = folder;
  }

  static async start(): Promise<LedgerBench> {
    const folder = temporaryFolder();
    const trail = await openTrail({ folder: folder.path, station: 'ledger', appVersion: 'test', ballastBytes: 0 });
    const station = await createStation({
      configuration: {
        stationName: 'ledger',
        demonstration: false,
        chairs: [{ name: 'Chair 1', devices: { chairId: 'chair-1', pump: line, syringe, monitor } }],
        people: PEOPLE.map((person) => ({ ...person, pin, hint: null })),
      },
      trail,
      spawnDeviceHost: () => new FakeHost(),
      clock: monotonicClock,
      profile: PROPOSED_PROFILE,
      library: SITE_LIBRARY,
      host: 'browser',
      version: 'test',
      exportFolder: folder.path,
      playScenario: null,
      backupSound: null,
    });
    return new LedgerBench(station, trail, folder);
  }

  async seat(personId: string): Promise<Seat> {
    const seat = this.station.openSeat();
    await seat.call('access.signIn', sign(personId));
    return seat;
  }

  async openSession(patientId = 'P-1'): Promise<string> {
    const seat = await this.seat('ada');
    const who = { chairId: 'chair-1', patientId, patientName: `Name of ${patientId}`, drugLot: 'LOT-1' };
    const opened = await seat.call('session.open', { ...who, order: ORDER, overrideReason: null });
    if (!opened.ok) throw new Error(opened.message);
    return (opened.value as { sessionId: string }).sessionId;
  }

  /** What the station writes while the pump gives: volume given so far, and the pump's own counter. */
  async give(session: string, deliveredUl: number, counterUl = deliveredUl): Promise<void> {
    const row = { mono: 1, chair: 'chair-1', session, patient: 'P-1', actor: null, outcome: 'ok' } as const;
    await this.trail.append({ ...row, act: 'pump.start.intent' });
    await this.trail.append({ ...row, act: 'pump.state', new: { counterUl: 0 } });
    await this.trail.append({ ...row, act: 'pump.state', new: { counterUl } });
    await this.trail.append({ ...row, act: 'pump.progress', new: { deliveredUl, deliveredUg: deliveredUl * 2 } });
  }

  async endSession(): Promise<void> {
    const seat = await this.seat('ada');
    const ended = await seat.call('session.end', { chairId: 'chair-1', reason: 'finished' });
    if (!ended.ok) throw new Error(ended.message);
    await seat.call('access.signOut', {});
  }

  async end(): Promise<void> {
    await this.station.close();
    this.#folder[Symbol.dispose]();
  }
}
