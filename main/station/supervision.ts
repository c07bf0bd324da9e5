import { audible, loudest } from '../../core/engine/sounding.ts';
import { ALARMS_VERSION } from '../../core/alarms.ts';
import type { PersonId } from '../../core/engine/state.ts';
import type { Actor } from '../../db/trail.ts';
import type { StationFrame } from '../../preload/contract/frames.ts';
import type { HoldView } from '../../preload/contract/hold-frame.ts';
import type { ChairConfiguration } from '../configuration/configuration.ts';
import { libraryProblem } from '../library/signed-library.ts';
import { type AccessDesk, accessFrame, actorOf } from './access-desk.ts';
import { ALARMS_DIGEST } from './alarm-table.ts';
import { BackupSchedule } from './backup-schedule.ts';
import { ClockWatch } from './clock-watch.ts';
import { ChairSupervisor } from './chair-supervisor.ts';
import { type ChairEquipment, equipmentOf } from './equipment.ts';
import { writtenEvent } from './event-text.ts';
import type { StationHolds } from './holds.ts';
import { closedUnheard, type InterruptedSession } from './interrupted.ts';
import { Journal } from './journal.ts';
import { SoundWatch } from './sound-watch.ts';
import { withZone } from './local-time.ts';
import { RecordWatch } from './record-watch.ts';
import { Recorder } from './recorder.ts';
import { ProgramWatch, type Replaced, replacedHold } from './program-watch.ts';
import { libraryOf } from './station-library.ts';
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
  readonly soundWatch = new SoundWatch();
  readonly program: ProgramWatch;
  /** Null where the configuration names no folder for copies. */
  readonly backups: BackupSchedule | null;
  readonly #options: StationOptions;
  readonly #desk: AccessDesk;
  readonly #holds: StationHolds;
  readonly #actorOf: (person: PersonId) => Actor;
  readonly #record: RecordWatch;
  readonly #clockWatch: ClockWatch;
  readonly #ticker: NodeJS.Timeout;
  #soundProved = false;
  readonly #recordIs = { writes: true, answers: true };

  /** Throws CONFIG_INVALID for a device that no driver knows, before any device host is spawned. */
  constructor(options: StationOptions, desk: AccessDesk, holds: StationHolds) {
    this.#options = options;
    this.#holds = holds;
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
        health: (writes) => this.#recordHealth({ writes }),
      },
    });
    this.journal = this.#journalOf(null);
    this.journal.note('station.start', {
      new: { version: options.version, host: options.host, ...libraryFacts(options), ...ALARM_FACTS },
    });
    for (const hold of holds.views) this.#noteHeld(hold);
    if (options.backupSound === null) this.journal.note('sound.no-backup', { outcome: 'failed' });
    this.chairs = new Map(
      equipped.map(({ chair, equipment }) => [chair.devices.chairId, this.#supervise(chair, equipment)]),
    );
    this.#record = new RecordWatch(trail, (answers) => this.#recordHealth({ answers }));
    const folder = configuration.record?.backup ?? null;
    this.backups = folder === null ? null : new BackupSchedule({ trail, folder, journal: this.journal });
    this.#clockWatch = new ClockWatch(clock);
    this.program = options.program ?? new ProgramWatch({ paths: [] });
    this.program.begin((replaced) => this.#programReplaced(replaced));
    this.#ticker = setInterval(() => this.tick(), TICK_EVERY);
  }

  /** the newest open session of a chair is shown as interrupted there; any other is closed in the record. */
  takeUp(sessions: readonly InterruptedSession[]): void {
    sessions.forEach((session, index) => {
      const { record, known, delivered } = session;
      const chair = this.chairs.get(record.chairId);
      const isNewest = !sessions.slice(index + 1).some((other) => other.record.chairId === record.chairId);
      if (chair !== undefined && known !== null && isNewest) {
        return chair.interrupt(known, delivered);
      }
      const of = { sessionId: record.id, patientId: record.patientId };
      const details = { reason: 'open when the station ended', new: closedUnheard(session) };
      const row = this.#journalOf(record.chairId).row('session.close', details, of);
      this.recorder.closeSession(record.id, 'interrupted', row);
    });
  }

  /**
   * What broke off in the middle nobody knows, so this process gives no permission any more: each pump is stopped, nothing
   * starts until it was started anew. It goes on to watch, since whoever had drug a minute ago must be watched.
   */
  fault(error: unknown): void {
    for (const chair of this.chairs.values()) chair.fault();
    this.journal.note('station.fault', { outcome: 'failed', reason: String(error) });
  }

  /** Comes by itself, ten times a second. */
  tick(): void {
    this.#followSound();
    for (const chair of this.chairs.values()) chair.tick();
    this.#noteClockStep();
    this.topics.publishFrame();
  }

  stopTicking(): void {
    clearInterval(this.#ticker);
    this.#record.stop();
    this.program.stop();
    this.backups?.stop();
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
      libraryProblem: () => libraryProblem(libraryOf(this.#options), new Date()),
      isHeld: () => this.#holds.isHeld,
      actorOf: this.#actorOf,
      onUrgent: () => this.topics.publishFrame(),
      onWave: (batch) => this.topics.publish('wave', batch),
    });
  }

  /** where no page can be heard, this process sounds what wants to be heard. */
  #followSound(): void {
    const chairs = [...this.chairs.values()];
    const wanted = loudest(chairs.flatMap(({ state }) => audible(state)));
    const proved = this.soundWatch.look(this.#options.clock.now(), wanted);
    if (proved !== this.#soundProved) {
      this.#soundProved = proved;
      this.journal.note(proved ? 'sound.proved' : 'sound.lost');
      for (const chair of chairs) chair.sound(proved);
    }
    this.#options.backupSound?.set(proved ? null : wanted);
  }

  /** after the chairs, which decide by the monotonic clock alone. */
  #noteClockStep(): void {
    const step = this.#clockWatch.look();
    if (step === null) return;
    const { expected, actual, stepMs } = step;
    this.journal.note('clock.step', { old: { wall: expected }, new: { wall: actual, stepMs } });
  }

  /** Chairs ask with their next tick. */
  #programReplaced(replaced: Replaced): void {
    const hold = replacedHold(replaced);
    this.#holds.holdUntilRestart(hold);
    this.#noteHeld(hold);
  }

  #noteHeld({ id, title, details, endsBy }: HoldView): void {
    this.journal.note('station.held', { reason: title, new: { hold: id, details, endsBy } });
  }

  #recordHealth(part: { readonly writes?: boolean; readonly answers?: boolean }): void {
    Object.assign(this.#recordIs, part);
    const healthy = this.#recordIs.writes && this.#recordIs.answers;
    for (const chair of this.chairs.values()) chair.recordHealth(healthy);
  }

  #frame(): StationFrame {
    const record = this.#record.view;
    return {
      now: withZone(new Date()),
      monoMs: Math.floor(this.#options.clock.now()),
      demonstration: this.#options.configuration.demonstration,
      sound: {
        proved: this.#soundProved,
        heard: this.soundWatch.heard,
        backup: this.#options.backupSound?.name ?? null,
      },
      record: {
        ...record,
        concerns: [...record.concerns, ...(this.#options.concerns ?? []), ...(this.backups?.concerns ?? [])],
      },
      holds: [...this.#holds.views],
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

/** which table says what each condition does to an infusion is written down. */
const ALARM_FACTS = { alarmsVersion: ALARMS_VERSION, alarmsDigest: ALARMS_DIGEST };

/** which limits the station starts with, or why it has none, is written down. */
function libraryFacts(options: StationOptions) {
  const loaded = libraryOf(options);
  const problem = libraryProblem(loaded, new Date());
  const { version, proposal } = loaded.library;
  return {
    libraryVersion: version,
    libraryDigest: loaded.digest,
    libraryIsProposal: proposal,
    ...(problem !== null && { libraryProblem: problem }),
  };
}
