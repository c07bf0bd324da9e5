import { PROPOSED_PROFILE } from '../../core/profile.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTrail } from '../../db/client.ts';
import type { Fault } from '../../drivers/kit/simulator.ts';
import { monotonicClock } from '../../drivers/kit/clock.ts';
import type { Scenario } from '../../drivers/virtual-patient/messages.ts';
import { hashPin } from '../../main/access/pin.ts';
import type { Configuration } from '../../main/configuration/configuration.ts';
import { forkDeviceHost } from '../../main/devices/fork.ts';
import type { ToDeviceHost } from '../../main/devices/messages.ts';
import type { SpawnDeviceHost } from '../../main/devices/process.ts';
import { createStation } from '../../main/station/station.ts';
import type { Seat, Station } from '../../main/station/station-types.ts';
import type { ChairFrame, StationFrame } from '../../preload/contract/frames.ts';
import { playPage } from '../support/page.ts';
import { DemonstrationProcess, type Truth } from '../support/demonstration-process.ts';

const PIN = '204816';

/** The whole station with nothing replaced: device processes, pseudo-terminals, simulators, record, engine. */
export interface Harness {
  /** First chair of the demonstration: the one that every step below is about. */
  readonly chairId: string;
  readonly station: Station;
  readonly exportFolder: string;
  /** What the simulated pump really did; it judges. */
  truth(): Promise<Truth>;
  scenario(scenario: Scenario): void;
  fault(device: 'pump' | 'monitor', fault: Fault): void;
  end(): Promise<void>;
}

const PEOPLE = [
  { id: 'dana', name: 'Dana', role: 'clinician' },
  { id: 'sam', name: 'Sam', role: 'supervisor' },
] as const;

export interface HarnessOptions {
  /** Idle time that locks a seat (ms). @default as the station */
  readonly lockAfterMs?: number;
  /** Hears of everything that main sends to the device host. */
  readonly sent?: (message: ToDeviceHost) => void;
}

/** The real device host, overheard. */
function overheard(spawn: SpawnDeviceHost, sent: (message: ToDeviceHost) => void): SpawnDeviceHost {
  return (chairId) => {
    const host = spawn(chairId);
    return {
      send: (message) => {
        sent(message);
        host.send(message);
      },
      onMessage: (listener) => host.onMessage(listener),
      onExit: (listener) => host.onExit(listener),
      kill: () => host.kill(),
    };
  };
}

export async function startHarness({ lockAfterMs, sent }: HarnessOptions = {}): Promise<Harness> {
  const folder = mkdtempSync(join(tmpdir(), 'chairside-story-'));
  const demonstration = new DemonstrationProcess(1);
  const chairId = 'chair-1';
  const ports = (await demonstration.ready())[0];
  if (ports === undefined) throw new Error('the demonstration offers no chair');
  const pin = await hashPin(PIN);
  const line = { baudRate: null, address: 0 };
  const configuration: Configuration = {
    stationName: 'story',
    ...(lockAfterMs !== undefined && { lockAfterMs }),
    demonstration: true,
    chairs: [
      {
        name: 'Chair 1',
        devices: {
          chairId,
          pump: { driver: 'new-era', port: ports.pump, format: null, ...line },
          syringe: 'BD 60 mL',
          monitor: { driver: 'nonin', port: ports.monitor, format: '7', ...line },
        },
      },
    ],
    people: PEOPLE.map((person) => ({ ...person, pin, hint: PIN })),
  };
  const exportFolder = join(folder, 'exports');
  const station = await createStation({
    configuration,
    trail: await openTrail({ folder: join(folder, 'record'), station: 'story', appVersion: 'test', ballastBytes: 0 }),
    spawnDeviceHost: sent === undefined ? forkDeviceHost : overheard(forkDeviceHost, sent),
    clock: monotonicClock,
    profile: PROPOSED_PROFILE,
    host: 'browser',
    version: 'test',
    exportFolder,
    backupSound: null,
    playScenario: (_chair, scenario) => demonstration.scenario(0, scenario),
  });
  return {
    chairId,
    station,
    exportFolder,
    truth: () => demonstration.truth(0),
    scenario: (scenario) => demonstration.scenario(0, scenario),
    fault: (device, fault) => demonstration.fault(0, device, fault),
    end: async () => {
      await station.close();
      demonstration.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A person at a seat of the station, who sees frames and calls leaves. */
export class Person {
  readonly #seat: Seat;
  readonly #chairId: string;
  #frame: StationFrame | null = null;

  private constructor(seat: Seat, chairId: string) {
    this.#seat = seat;
    this.#chairId = chairId;
    const subscribed = seat.subscribe('station', ({ data }) => {
      this.#frame = data;
    });
    if (!subscribed.ok) throw new Error(subscribed.message);
  }

  static async signIn({ station, chairId }: Harness, personId: (typeof PEOPLE)[number]['id']): Promise<Person> {
    const person = Person.stranger({ station, chairId });
    playPage(
      (leaf, input) => person.asks(leaf, input),
      () => person.#frame,
    );
    await person.does('access.signIn', { personId, pin: PIN });
    await person.does('sound.heard', {});
    return person;
  }

  /** Whoever stands at the chair and has not signed in. */
  static stranger({ station, chairId }: Pick<Harness, 'station' | 'chairId'>): Person {
    return new Person(station.openSeat(), chairId);
  }

  get chair(): ChairFrame {
    const chair = this.#frame?.chairs.find(({ id }) => id === this.#chairId);
    if (chair === undefined) throw new Error('the station sent no frame of this chair');
    return chair;
  }

  /** As when a page is loaded anew or its window dies. */
  leaves(): void {
    this.#seat.close();
  }

  asks(leaf: string, input: object) {
    return this.#seat.call(leaf, input);
  }

  /** Calls and throws unless the station agreed. */
  async does<Value = unknown>(leaf: string, input: object): Promise<Value> {
    const result = await this.asks(leaf, input);
    if (!result.ok) throw new Error(`${leaf}: ${result.code} ${result.message} ${JSON.stringify(this.chair.alarms)}`);
    return result.value as Value;
  }

  /** Answers every alarm that the newest frame shows. */
  async acknowledges(): Promise<void> {
    const alarms = this.chair.alarms.map(({ key, raisedAtMs }) => ({ key, raisedAtMs }));
    await this.does('alarm.acknowledge', { chairId: this.#chairId, alarms });
  }

  /** Waits for a frame that fits, and says what the chair looked like when none came. */
  async sees(what: string, fits: (chair: ChairFrame) => boolean, withinMs = 60_000): Promise<ChairFrame> {
    const deadline = performance.now() + withinMs;
    while (!fits(this.chair)) {
      if (performance.now() > deadline) throw new Error(`never saw ${what}: ${JSON.stringify(this.chair)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return this.chair;
  }
}
