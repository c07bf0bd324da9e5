import type { Clock } from '../../drivers/kit/clock.ts';
import type { SafetyProfile } from '../../core/profile.ts';
import type { KeySeal } from '../../db/key-seal.ts';
import type { Trail } from '../../db/trail.ts';
import type { TopicData, Update } from '../../preload/contract/api.ts';
import type { TopicName } from '../../preload/contract/contract.ts';
import type { Result } from '../../preload/contract/leaf.ts';
import type { Scenario } from '../../drivers/virtual-patient/messages.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { BackupSound } from '../sound/backup-sound.ts';
import type { LoadedLibrary } from '../library/signed-library.ts';
import type { SpawnDeviceHost } from '../devices/process.ts';
import type { ExportParts } from '../export/run/run-export.ts';
import type { ProgramWatch } from './program-watch.ts';

/** Everything the host-free station needs from its host. */
export interface StationOptions {
  readonly configuration: Configuration;
  readonly trail: Trail;
  readonly spawnDeviceHost: SpawnDeviceHost;
  readonly clock: Clock;
  /** Limits and delays by which every chair is supervised. */
  readonly profile: SafetyProfile;
  /** The drug library that the configuration names; left out, the shipped proposal in a demonstration, else none. */
  readonly library?: LoadedLibrary;
  readonly host: 'electron' | 'browser';
  readonly version: string;
  /** Key of this device for PINs, passwords and badges. @default none */
  readonly pepper?: Buffer | null;
  /** Under which secrets of the station lie. @default none */
  readonly keySeal?: KeySeal | null;
  /** Watches the files of this program; made before anything is loaded from them. @default a program without files */
  readonly program?: ProgramWatch;
  /** Sentences for the alarm of the record, known before the station came up. @default none */
  readonly concerns?: readonly string[];
  /** Folder under which each export gets its own folder. */
  readonly exportFolder: string;
  /** Sounds where no page does; null on a machine without a player. */
  readonly backupSound: BackupSound | null;
  /** Where a packaged host keeps what an export needs. @default what lies in the sources */
  readonly exportParts?: ExportParts;
  /** Moves the virtual patient of a chair; null outside a demonstration. */
  readonly playScenario: ((chairId: string, scenario: Scenario) => void) | null;
}

/**
 * One window or socket. It carries who signed in there. Calls name a leaf of the contract ("session.start"); input is
 * whatever arrived and is checked here, never in the host.
 */
export interface Seat {
  /** @param stamp what came with a call over a connection, or null for nothing; left out only inside this process */
  call(leaf: string, input: unknown, stamp?: unknown): Promise<Result<unknown>>;
  /** Calls the listener with the snapshot (number 0) and then with every update, until the returned function is called. */
  subscribe<Name extends TopicName>(
    name: Name,
    listener: (update: Update<TopicData<Name>>) => void,
  ): Result<() => void>;
  close(): void;
}

export interface Station {
  openSeat(): Seat;
  /** Names of the chairs at which an infusion runs or is being started. */
  readonly runningChairs: () => readonly string[];
  /** An exception or rejection in this process that nobody caught: everything is stopped and alarmed, nothing starts again. */
  fault(error: unknown): void;
  /** Stops what runs, ends supervision, leaves the record closed. Rejects in the end, in bounded time, where rows are lost. */
  close(): Promise<void>;
}
