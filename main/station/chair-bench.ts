import { justBefore } from '../../core/engine/testing.ts';
import type { SessionBinding } from '../../core/engine/state.ts';
import { PROPOSED_PROFILE } from '../../core/profile.ts';
import type { PumpReading } from '../../core/pump.ts';
import {
  gram,
  type Millisecond,
  microgram,
  microgramPerMillilitre,
  microlitre,
  microlitrePerHour,
  millisecond,
} from '../../core/units.ts';
import type { Trail } from '../../db/trail.ts';
import type { ChairFrame } from '../../preload/contract/frames.ts';
import type { FromDeviceHost } from '../devices/messages.ts';
import { ChairSupervisor } from './chair-supervisor.ts';
import type { ChairEquipment } from './equipment.ts';
import { Recorder } from './recorder.ts';
import { FakeHost, FakeTrail } from './test-kit.ts';

const rate = microlitrePerHour(30_000);

export const BINDING: SessionBinding = {
  sessionId: 'S-1',
  epoch: 1,
  patientId: 'P-7',
  plan: {
    order: {
      entryId: 'KETAMINE-PAIN-CLINIC',
      concentration: microgramPerMillilitre(2000),
      weight: gram(70_000),
      dose: microgram(10_000),
      duration: millisecond(600_000),
    },
    rate,
    volume: microlitre(5000),
    runningTime: millisecond(600_000),
  },
  drugLot: 'L1',
  libraryVersion: 'test',
  patient: null,
  doseCeiling: microgram(10_000),
  predictionCeiling: 500,
};

export const EQUIPMENT: ChairEquipment = {
  capability: {
    minRate: microlitrePerHour(10),
    maxRate: microlitrePerHour(1_000_000),
    rateStep: microlitrePerHour(10),
    volumeStep: microlitre(10),
    maxVolume: microlitre(50_000),
  },
  onHostSilence: { kind: 'stops', after: millisecond(3000) },
  monitorName: 'Test monitor',
  waveSamplesPerSecond: 75,
};

const DETAILS = {
  patientName: 'Test',
  clinician: 'Ada',
  openedAt: '2026-01-01T00:00:00+00:00',
  entry: { drug: 'ketamine', careArea: 'pain clinic' },
  overrides: [],
};

const port = { driver: 'x', port: 'serial:x', baudRate: null, address: 0, format: null };

/** One supervised chair with the real engine, between a fake record and a fake device host, on a clock by hand. */
export class ChairBench {
  readonly trail = new FakeTrail();
  readonly hosts: FakeHost[] = [];
  readonly recorder: Recorder;
  readonly chair: ChairSupervisor;
  /** Frames that were published at once, because an alarm or the phase changed. */
  readonly urgent: ChairFrame[] = [];
  /** Why the drug library may not be used. */
  libraryProblem: string | null = null;
  /** Whether the station waits for two signatures. */
  isHeld = false;
  #now = 1000;
  #counter = 0;

  /** @param written another record instead of the fake one */
  constructor(written: Trail | null = null) {
    const clock = { now: (): Millisecond => millisecond(this.#now) };
    this.recorder = new Recorder({
      trail: written ?? this.trail,
      clock,
      listeners: { written: () => undefined, health: (healthy) => this.chair.recordHealth(healthy) },
    });
    this.chair = new ChairSupervisor({
      chair: { name: 'Chair 1', devices: { chairId: 'chair-1', pump: port, syringe: 's', monitor: port } },
      equipment: EQUIPMENT,
      profile: PROPOSED_PROFILE,
      spawn: () => {
        const host = new FakeHost();
        this.hosts.push(host);
        return host;
      },
      clock,
      recorder: this.recorder,
      libraryProblem: () => this.libraryProblem,
      isHeld: () => this.isHeld,
      actorOf: (id) => ({ id, role: 'clinician', auth: ['pin'] }),
      onUrgent: () => {
        this.urgent.push(this.chair.frame());
      },
      onWave: () => undefined,
    });
  }

  get host(): FakeHost {
    const host = this.hosts.at(-1);
    if (host === undefined) throw new Error('no host was spawned');
    return host;
  }

  get now(): Millisecond {
    return millisecond(this.#now);
  }

  say(message: FromDeviceHost): void {
    this.host.say(message);
  }

  connect(): void {
    const at = this.now;
    this.say({ kind: 'link', device: 'pump', state: 'up', detail: 'ok', at });
    this.say({ kind: 'link', device: 'monitor', state: 'up', detail: 'ok', at });
    this.chair.sound(true);
    this.say({ kind: 'identity', identity: { model: 'NE-1000', firmware: '3.9', serial: null }, at });
  }

  read(state: PumpReading['state']): void {
    if (state === 'infusing') this.#counter += 1;
    const counter = microlitre(this.#counter);
    const at = this.now;
    this.say({ kind: 'pump', reading: { state, rate, counter, alarm: null, at }, afterStop: justBefore(at) });
  }

  /** Null: the sensor has no value. */
  vitals(spo2: number | null): void {
    const at = this.now;
    const samples = [
      { parameter: 'spo2', value: spo2, quality: spo2 === null ? 'invalid' : 'good', at },
      { parameter: 'pulse', value: 70, quality: 'good', at },
    ] as const;
    this.say({ kind: 'vitals', samples, at });
  }

  /** Half seconds pass with good signs and the pump in this state. */
  pass(seconds: number, state: PumpReading['state'], spo2 = 98): void {
    for (let half = 0; half < seconds * 2; half += 1) {
      this.#now += 500;
      this.read(state);
      this.vitals(spo2);
      this.chair.tick();
    }
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }

  /** Session planned, checked, armed, steady; nothing runs yet. */
  arm(): void {
    this.connect();
    this.pass(1, 'stopped');
    this.chair.plan(BINDING, DETAILS, 'ada');
    this.chair.operate({ kind: 'check', by: 'ada' }, { act: 'session.check', by: 'ada' });
    this.chair.operate({ kind: 'arm', by: 'ada' }, { act: 'session.arm', by: 'ada' });
    this.pass(31, 'stopped');
  }

  start() {
    return this.chair.operate({ kind: 'start', by: 'ada' }, { act: 'session.start', by: 'ada' });
  }

  confirm(id: number): void {
    this.say({ kind: 'outcome', id, outcome: { kind: 'confirmed' }, at: this.now });
  }
}

/** Lets every promise that is ready run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 2000; turn += 1) await Promise.resolve();
}
