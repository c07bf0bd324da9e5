import { setTimeout } from 'node:timers/promises';
import { importPeople, openAccessDesk } from './access-desk.ts';
import type { ChairSupervisor } from './chair-supervisor.ts';
import { earlierPauses } from './earlier-pauses.ts';
import { ExportDesk } from './export-desk.ts';
import { AppError } from '../../drivers/kit/app-error.ts';
import { findHolds } from './find-holds.ts';
import { findInterrupted } from './interrupted.ts';
import { MACHINE_BOOT } from './machine-boot.ts';
import { openSeat } from './seat.ts';
import type { LostRows } from './recorder.ts';
import { libraryOf } from './station-library.ts';
import type { StationContext } from './station-context.ts';
import type { Station, StationOptions } from './station-types.ts';
import { Supervision } from './supervision.ts';

/** How long closing waits for each of: a pump to read back as stopped, the device hosts, the record (ms). */
const CLOSE_PATIENCE = 3000;

/**
 * Composes the host-free station and begins supervision. Rejects with CONFIG_INVALID for a device that no driver
 * knows, or with the trail's AppError when the record cannot be read.
 */
export async function createStation(options: StationOptions): Promise<Station> {
  const interrupted = await findInterrupted(options.trail);
  const sessions = await options.trail.sessions();
  const desk = await openAccessDesk(options);
  const isNew = desk.book.needsEnrolment && sessions.length === 0;
  const holds = findHolds(options, { rows: await options.trail.holdRows(), isNew });
  const supervision = new Supervision(options, desk, holds);
  const now = { wall: new Date(), mono: options.clock.now(), boot: MACHINE_BOOT };
  for (const chair of supervision.chairs.values())
    chair.recallPauses(await earlierPauses(options.trail, chair.id, now));
  supervision.takeUp(interrupted);
  await importPeople(desk, options.configuration.people, supervision);
  const exportDesk = new ExportDesk({ station: options, journal: supervision.journal, people: () => desk.book.people });
  // Not waited for: a slow disk must not keep the chairs from being watched.
  void exportDesk.removeDrafts();
  let closing = false;
  const context: StationContext = {
    options,
    chairs: supervision.chairs,
    recorder: supervision.recorder,
    journal: supervision.journal,
    soundWatch: supervision.soundWatch,
    holds,
    program: supervision.program,
    exportDesk,
    backups: supervision.backups,
    ...desk,
    library: libraryOf(options).library,
    profile: options.profile,
    isClosing: () => closing,
  };
  return {
    runningChairs: () => [...supervision.chairs.values()].filter((chair) => chair.isRunning).map(({ name }) => name),
    fault: (error) => supervision.fault(error),
    openSeat: () => openSeat(context, supervision.topics),
    close: () => {
      closing = true;
      return closeStation(supervision, exportDesk, options);
    },
  };
}

/** Stop first, then the ports, then the record. A session under way stays open there, so the next start shows it. */
async function closeStation(supervision: Supervision, exportDesk: ExportDesk, options: StationOptions): Promise<void> {
  const { chairs, recorder, journal } = supervision;
  const supervisors = [...chairs.values()];
  for (const chair of supervisors) chair.stopForClosing();
  await untilStopped(supervisors);
  supervision.stopTicking();
  options.backupSound?.set(null);
  await Promise.all(supervisors.map((chair) => chair.close(CLOSE_PATIENCE)));
  await Promise.race([exportDesk.close(), setTimeout(CLOSE_PATIENCE, null, { ref: false })]);
  journal.note('station.stop');
  await recorder.flush(CLOSE_PATIENCE);
  await closeRecord(options.trail, recorder.close());
}

/** Whoever ends the station has to say what is lost: nobody else is left who could. */
async function closeRecord(trail: StationOptions['trail'], { rows, acts }: LostRows): Promise<void> {
  const lost =
    rows === 0
      ? ''
      : `Not known to be written, and lost if not: ${rows === 1 ? '1 row' : `${rows} rows`} (${acts.join(', ')}).`;
  try {
    await trail.close();
  } catch (error) {
    const { code, message } = toAppError(error);
    throw new AppError(code, `${message} ${lost}`.trim(), { cause: error });
  }
  if (rows > 0) throw new AppError('RECORD_FAILED', lost);
}

function toAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError('RECORD_FAILED', String(error));
}

/** The engines keep repeating the stop meanwhile; what stays unconfirmed is for the device hosts to finish. */
async function untilStopped(chairs: readonly ChairSupervisor[]): Promise<void> {
  for (let waited = 0; waited < CLOSE_PATIENCE && chairs.some(({ isStopping }) => isStopping); waited += 50) {
    await setTimeout(50);
  }
}
