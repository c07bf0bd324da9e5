import type { PersonId } from '../../core/engine/state.ts';
import type { Actor } from '../../db/trail.ts';
import type { StationFrame } from '../../preload/contract/frames.ts';
import type { ChairConfiguration } from '../configuration/configuration.ts';
import { type AccessDesk, accessFrame, actorOf } from './access-desk.ts';
import { ChairSupervisor } from './chair-supervisor.ts';
import { type ChairEquipment, equipmentOf } from './equipment.ts';
import { writtenEvent } from './event-text.ts';
import type { InterruptedSession } from './interrupted.ts';
import { Journal } from './journal.ts';
import { withZone } from './local-time.ts';
import { Recorder } from './recorder.ts';
import { StationTopics } from './station-topics.ts';
import type { StationOptions } from './station-types.ts';

/** Engines and frames run at this pace (ms): frames at most ten times a second, alarms at once. */
const TICK_EVERY = 100;

/** All chairs of the station with the one record and the topics they share. */
export class Supervision {
  readonly chairs: ReadonlyMap<string, ChairSupervisor>;
  readonly recorder: Recorder;
  readonly journal: Journal;
  readonly topics: StationTopics;
  readonly #options: StationOptions;
  readonly #desk: AccessDesk;
  readonly #actorOf: (person: PersonId) => Actor;
  readonly #ticker: NodeJS.Timeout;

  /** Throws CONFIG_INVALID for a device that no driver knows, before any device host is spawned. */
  constructor(options: StationOptions, desk: AccessDesk) {
    this.#options = options;
    this.#desk = desk;
    this.#actorOf = (person) => actorOf(desk, person);
    const { clock, trail, configuration } = options;
    const equipped = configuration.chairs.map((chair) => ({ chair, equipment: equipmentOf(chair.devices) }));
    this.topics = new StationTopics(
      () => this.#frame(),
      (error) => this.#listenerFailed(error),
    );
    this.recorder = new Recorder({
      trail,
      clock,
      listeners: {
        written: (event, receipt) =>
          this.topics.publish('trail', writtenEvent(event, receipt, new Date(), desk.book.people)),
        health: (healthy) => this.#recordHealth(healthy),
      },
    });
    this.journal = this.#journalOf(null);
    this.journal.note('station.start', { new: { version: options.version, host: options.host } });
    this.chairs = new Map(
      equipped.map(({ chair, equipment }) => [chair.devices.chairId, this.#supervise(chair, equipment)]),
    );
    this.#ticker = setInterval(() => this.#tick(), TICK_EVERY);
  }

  /** the newest open session of a chair is shown as interrupted there; any other is closed in the record. */
  takeUp(sessions: readonly InterruptedSession[]): void {
    sessions.forEach(({ record, known, delivered }, index) => {
      const chair = this.chairs.get(record.chairId);
      const isNewest = !sessions.slice(index + 1).some((other) => other.record.chairId === record.chairId);
      if (chair !== undefined && known !== null && isNewest) {
        return chair.interrupt(known.binding, known.details, delivered);
      }
      const session = { sessionId: record.id, patientId: record.patientId };
      const details = { reason: 'open when the station ended', new: { state: 'interrupted', deliveredUl: delivered } };
      const row = this.#journalOf(record.chairId).row('session.close', details, session);
      this.recorder.closeSession(record.id, 'interrupted', row);
    });
  }

  stopTicking(): void {
    clearInterval(this.#ticker);
  }

  #supervise(chair: ChairConfiguration, equipment: ChairEquipment): ChairSupervisor {
    const { spawnDeviceHost, clock, profile } = this.#options;
    return new ChairSupervisor({
      chair,
      equipment,
      profile,
      spawn: spawnDeviceHost,
      clock,
      recorder: this.recorder,
      actorOf: this.#actorOf,
      onUrgent: () => this.topics.publishFrame(),
      onWave: (batch) => this.topics.publish('wave', batch),
    });
  }

  #tick(): void {
    for (const chair of this.chairs.values()) chair.tick();
    this.topics.publishFrame();
  }

  #recordHealth(healthy: boolean): void {
    for (const chair of this.chairs.values()) chair.recordHealth(healthy);
  }

  #frame(): StationFrame {
    return {
      now: withZone(new Date()),
      demonstration: this.#options.configuration.demonstration,
      access: accessFrame(this.#desk),
      chairs: [...this.chairs.values()].map((chair) => chair.frame()),
    };
  }

  #journalOf(chairId: string | null): Journal {
    return new Journal({ chairId, recorder: this.recorder, clock: this.#options.clock, actorOf: this.#actorOf });
  }

  #listenerFailed(error: unknown): void {
    this.journal.note('station.error', { outcome: 'failed', reason: String(error), new: { leaf: 'subscribe' } });
  }
}
