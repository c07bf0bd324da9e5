import type { DrugLibrary } from '../../core/library.ts';
import type { SafetyProfile } from '../../core/profile.ts';
import type { Person } from '../../preload/contract/frames.ts';
import type { AccessDesk } from './access-desk.ts';
import type { BackupSchedule } from './backup-schedule.ts';
import type { ChairSupervisor } from './chair-supervisor.ts';
import type { ExportDesk } from './export-desk.ts';
import type { StationHolds } from './holds.ts';
import type { Journal } from './journal.ts';
import type { ProgramWatch } from './program-watch.ts';
import type { SoundWatch } from './sound-watch.ts';
import type { Recorder } from './recorder.ts';
import { Refusal } from './refusals.ts';
import type { StationOptions } from './station-types.ts';

/** What every handler may use. */
export interface StationContext extends AccessDesk {
  readonly options: StationOptions;
  readonly chairs: ReadonlyMap<string, ChairSupervisor>;
  readonly recorder: Recorder;
  /** Rows that belong to no chair. */
  readonly journal: Journal;
  readonly soundWatch: SoundWatch;
  readonly holds: StationHolds;
  readonly program: ProgramWatch;
  readonly exportDesk: ExportDesk;
  /** Null where the configuration names no folder for copies. */
  readonly backups: BackupSchedule | null;
  readonly library: DrugLibrary;
  readonly profile: SafetyProfile;
  /** The station ends: nothing but a stop is taken any more. */
  readonly isClosing: () => boolean;
}

/** Who sits at the seat that made this call; sitting.ts says who may act there. */
export interface SeatPerson {
  person: Person | null;
  /** The person stays, but nobody acts until somebody proves who they are. */
  locked: boolean;
  /** The badge that was read here last, for the row of the sign-in that follows. */
  badge: { readonly personId: string; readonly readAt: number } | null;
  /** When its person last proved who they are (monotonic ms). */
  signedInAt: number;
  /** When somebody last worked here (monotonic ms). */
  usedAt: number;
}

export interface Call {
  readonly station: StationContext;
  readonly seat: SeatPerson;
  /** Who may act there, with the rights of this moment. Stays, whoever signs in or out at the seat while the call is carried out. */
  readonly person: Person | null;
}

/** The person of a call whose leaf asks for one; dispatch has checked the right before. */
export function personOf({ person }: Call): Person {
  if (person === null) throw new Refusal('NOT_SIGNED_IN', 'Sign in first.');
  return person;
}

export function chairOf({ station }: Call, chairId: string): ChairSupervisor {
  const chair = station.chairs.get(chairId);
  if (chair === undefined) throw new Refusal('UNKNOWN_CHAIR', `This station has no chair "${chairId}".`);
  return chair;
}
