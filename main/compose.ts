import { PROPOSED_PROFILE } from '../core/profile.ts';
import { dirname, join, resolve } from 'node:path';
import { type OpenTrailOptions, openTrail } from '../db/client.ts';
import { makeFolder } from '../db/durable-file.ts';
import { monotonicClock } from '../drivers/kit/clock.ts';
import { devicePepper } from './access/pepper.ts';
import { ClockDiscipline } from './clock-discipline.ts';
import type { Configuration } from './configuration/configuration.ts';
import { demonstrationConfiguration } from './configuration/demonstration.ts';
import { loadConfiguration } from './configuration/load.ts';
import { type Demonstration, type SpawnDemonstration, startDemonstration } from './demonstration-process.ts';
import type { ExportParts } from './export/run/run-export.ts';
import type { SpawnDeviceHost } from './devices/process.ts';
import { backupSound } from './sound/backup-sound.ts';
import { loadLibrary } from './library/signed-library.ts';
import type { ProgramFiles } from './program-files.ts';
import { ProgramWatch } from './station/program-watch.ts';
import { createStation } from './station/station.ts';
import type { Station, StationOptions } from './station/station-types.ts';

export interface CompositionOptions
  extends Pick<OpenTrailOptions, 'workerUrl' | 'schemaFolder' | 'keySeal' | 'anchorFolder'> {
  /** @default what lies in the sources */
  readonly exportParts?: ExportParts;
  readonly host: StationOptions['host'];
  /** Absolute folder for records and exports. */
  readonly data: string;
  /** Absolute path of the configuration file, or null for the demonstration. */
  readonly config: string | null;
  readonly version: string;
  /** Where the program of this host lies. */
  readonly program: ProgramFiles;
  readonly spawnDeviceHost: SpawnDeviceHost;
  readonly spawnDemonstration: SpawnDemonstration;
  /** Beeps where the platform has no player of its own for the backup sound (R-6.8); null: cannot. */
  readonly beep: (() => void) | null;
}

export interface Composition {
  readonly station: Station;
  readonly demonstration: boolean;
  /** Where this station's record is. */
  readonly folder: string;
  /**
   * Stops what runs, closes the record, ends the simulators last: they are what a stop has to reach. Rejects, with all of that done as far
   * as it goes, where rows are lost or the record hangs (RECORD_HUNG).
   */
  close(): Promise<void>;
}

interface Described {
  readonly configuration: Configuration;
  readonly demonstration: Demonstration | null;
}

async function describe({ config, spawnDemonstration }: CompositionOptions): Promise<Described> {
  if (config !== null) return { configuration: await loadConfiguration(config), demonstration: null };
  const demonstration = await startDemonstration(spawnDemonstration);
  return { configuration: await demonstrationConfiguration(demonstration.chairs), demonstration };
}

/**
 * Builds the station that both hosts show. Rejects with the AppError of what cannot start: CONFIG_INVALID with every
 * error of the file, RECORD_LOCKED, RECORD_DAMAGED, HOST_GONE. Nothing keeps running after a rejection.
 */
export async function compose(options: CompositionOptions): Promise<Composition> {
  // First of all: what is begun from here on is loaded from these files.
  const program = new ProgramWatch(options.program);
  const { configuration, demonstration } = await describe(options);
  // A simulated infusion never stands in the record of real ones.
  const folder = demonstration ? join(options.data, 'demonstration') : options.data;
  try {
    const station = await openStation({ ...options, program }, configuration, folder, demonstration);
    return {
      station,
      demonstration: configuration.demonstration,
      folder,
      close: async () => {
        try {
          await station.close();
        } finally {
          demonstration?.end();
        }
      },
    };
  } catch (error) {
    demonstration?.end();
    throw error;
  }
}

/** Never rejects: a library that is not proved is shown, and nothing starts by it (R-4.9). */
async function libraryFor({ library }: Configuration, config: string | null): Promise<Pick<StationOptions, 'library'>> {
  if (library === undefined || config === null) return {};
  return { library: await loadLibrary(resolve(dirname(config), library.file), library.trustedKeys) };
}

const PEPPER_LOST =
  'The key of PINs, passwords and badges was lost: nobody can sign in as before. Use the recovery code, then give everybody a new secret.';

async function openStation(
  options: Omit<CompositionOptions, 'program'> & Required<Pick<StationOptions, 'program'>>,
  configuration: Configuration,
  folder: string,
  demonstration: Demonstration | null,
): Promise<Station> {
  const { host, version, spawnDeviceHost, workerUrl, schemaFolder, exportParts, beep } = options;
  const { keySeal = null, anchorFolder } = options;
  makeFolder(folder);
  const trail = await openTrail({
    folder,
    station: configuration.stationName,
    appVersion: version,
    keySeal,
    anchorFile: configuration.record?.anchor ?? null,
    // A demonstration has no evidence to keep outside its own folder.
    ...(anchorFolder !== undefined && demonstration === null && { anchorFolder }),
    ...(workerUrl && { workerUrl }),
    ...(schemaFolder && { schemaFolder }),
  });
  const indexes = new Map(configuration.chairs.map(({ devices }, index) => [devices.chairId, index]));
  const playScenario: StationOptions['playScenario'] =
    demonstration && ((chairId, scenario) => demonstration.play(indexes.get(chairId) ?? 0, scenario));
  try {
    const pepper = await devicePepper(join(folder, 'keys'), keySeal);
    const station = await createStation({
      configuration,
      trail,
      spawnDeviceHost,
      clock: monotonicClock,
      profile: PROPOSED_PROFILE,
      ...(await libraryFor(configuration, options.config)),
      pepper: pepper.key,
      keySeal,
      concerns: pepper.isLost ? [`${PEPPER_LOST}${pepper.reason === null ? '' : ` (${pepper.reason})`}`] : [],
      host,
      version,
      program: options.program,
      exportFolder: join(folder, 'exports'),
      backupSound: backupSound(join(folder, 'sounds'), beep),
      ...(exportParts && { exportParts }),
      playScenario,
    });
    const clock = new ClockDiscipline(trail, () => station.runningChairs().length === 0);
    return {
      ...station,
      close: () => {
        clock.stop();
        return station.close();
      },
    };
  } catch (error) {
    await trail.close();
    throw error;
  }
}
