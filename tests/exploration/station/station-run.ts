import { drawnIn } from '../../../core/engine/testing.ts';
import type { ChairSupervisor } from '../../../main/station/chair-supervisor.ts';
import type { Clock } from '../../../drivers/kit/clock.ts';
import { Emergencies } from '../../../main/access/emergencies.ts';
import { SignIn } from '../../../main/access/sign-in.ts';
import { bookOf } from '../../../main/access/test-people.ts';
import type { Trail } from '../../../db/trail.ts';
import type { SpawnDeviceHost } from '../../../main/devices/process.ts';
import type { AccessDesk } from '../../../main/station/access-desk.ts';
import { dispatch } from '../../../main/station/dispatch.ts';
import { ExportDesk } from '../../../main/station/export-desk.ts';
import { StationHolds } from '../../../main/station/holds.ts';
import { findInterrupted } from '../../../main/station/interrupted.ts';
import { newSeat } from '../../../main/station/sitting.ts';
import type { Call, StationContext } from '../../../main/station/station-context.ts';
import type { StationOptions } from '../../../main/station/station-types.ts';
import { Supervision } from '../../../main/station/supervision.ts';
import type { Result } from '../../../preload/contract/leaf.ts';
import { CONFIGURATION, LIBRARY, PROFILE } from './small-clinic.ts';

const ADA = { id: 'ada', name: 'Ada', role: 'clinician' } as const;
/** Nobody signs in here: who sits at the seat is taken as proved. */
const book = await bookOf([{ ...ADA, pin: '', hint: null }]);
/** The self-test takes real time and is no part of what is explored. */
const ARM = { act: 'session.arm', by: ADA.id } as const;

export interface Surroundings {
  readonly record: Trail;
  readonly clock: Clock;
  readonly spawn: SpawnDeviceHost;
}

/** Main from one start to its end, put together as station.ts does it, on a clock and a ticker by hand. */
export class StationRun {
  readonly #station: StationContext;
  readonly #supervision: Supervision;

  private constructor(options: StationOptions, supervision: Supervision, desk: AccessDesk) {
    const { journal, recorder, soundWatch, program, chairs } = supervision;
    this.#supervision = supervision;
    this.#station = {
      ...desk,
      options,
      chairs,
      recorder,
      journal,
      soundWatch,
      program,
      holds: NO_HOLDS,
      exportDesk: new ExportDesk({ station: options, journal, people: () => [] }),
      backups: null,
      library: LIBRARY.library,
      profile: PROFILE,
      isClosing: () => false,
    };
  }

  static async start({ record, clock, spawn }: Surroundings): Promise<StationRun> {
    const options = optionsOf(record, clock, spawn);
    const interrupted = await findInterrupted(record);
    const desk = { book, signIn: new SignIn(book), emergencies: new Emergencies(book, clock) };
    const supervision = new Supervision(options, desk, NO_HOLDS);
    supervision.stopTicking();
    supervision.takeUp(interrupted);
    const run = new StationRun(options, supervision, desk);
    for (const { chair } of run.chairs) chair.sound(true);
    return run;
  }

  get chairs(): readonly { readonly id: string; readonly chair: ChairSupervisor }[] {
    return [...this.#supervision.chairs].map(([id, chair]) => ({ id, chair }));
  }

  get isBusy(): boolean {
    return this.chairs.some(({ chair }) => chair.isRunning || chair.isStopping);
  }

  chair(id: string): ChairSupervisor {
    const chair = this.#supervision.chairs.get(id);
    if (chair === undefined) throw new Error(`no chair "${id}"`);
    return chair;
  }

  tick(): void {
    this.#supervision.tick();
  }

  /** A call of somebody who has just signed in. */
  ask(leaf: string, input: object): Promise<Result<unknown>> {
    const now = this.#station.options.clock.now();
    const call: Omit<Call, 'person'> = {
      station: this.#station,
      seat: { ...newSeat(), person: ADA, signedInAt: now, usedAt: now },
    };
    return dispatch(leaf, input, call);
  }

  arm(chairId: string): void {
    this.chair(chairId).operate({ kind: 'arm', by: ADA.id }, ARM);
  }

  acknowledgeAll(chairId: string): void {
    const chair = this.chair(chairId);
    const alarms = drawnIn(chair.state);
    chair.operate({ kind: 'acknowledge', by: ADA.id, alarms }, { act: 'alarm.acknowledge', by: ADA.id });
  }

  /** Lets go of its timers. What it writes now nobody reads any more. */
  async discard(): Promise<void> {
    await Promise.all(this.chairs.map(({ chair }) => chair.close(0)));
  }
}

const NO_HOLDS = new StationHolds([], null);

const optionsOf = (record: Trail, clock: Clock, spawn: SpawnDeviceHost): StationOptions => ({
  configuration: CONFIGURATION,
  trail: record,
  spawnDeviceHost: spawn,
  clock,
  profile: PROFILE,
  library: LIBRARY,
  host: 'browser',
  version: 'exploration',
  exportFolder: 'nowhere',
  backupSound: null,
  playScenario: null,
});
