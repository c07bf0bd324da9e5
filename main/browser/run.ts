import { fileURLToPath } from 'node:url';
import { compose } from '../compose.ts';
import { forkDeviceHost } from '../devices/fork.ts';
import { forkDemonstration } from './fork-demonstration.ts';
import { startBrowserHost } from './server.ts';

const root = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const SCREENS = root('out/renderer');
/** Main, its threads and processes run from the sources, the page from what was built; npm writes the last one with every package. */
const LOADED = ['core', 'db', 'drivers', 'main', 'preload', 'out/renderer', 'node_modules/.package-lock.json'];

export interface BrowserRunOptions {
  readonly data: string;
  readonly config: string | null;
  readonly port: number;
  readonly version: string;
}

export interface BrowserRun {
  readonly url: string;
  readonly demonstration: boolean;
  readonly folder: string;
  /** Tells the station of a fault of this process. */
  fault(error: unknown): void;
  close(): Promise<void>;
}

/** The whole station on the loopback. Rejects like `compose`, or with the system's error for the port. */
export async function runInBrowser({ port, ...options }: BrowserRunOptions): Promise<BrowserRun> {
  const composition = await compose({
    ...options,
    host: 'browser',
    program: { paths: LOADED.map(root) },
    spawnDeviceHost: forkDeviceHost,
    spawnDemonstration: forkDemonstration,
    beep: null,
  });
  const { station } = composition;
  try {
    const host = await startBrowserHost({ station, port, screens: SCREENS });
    return {
      url: host.url,
      demonstration: composition.demonstration,
      folder: composition.folder,
      fault: (error) => station.fault(error),
      close: async () => {
        // The pump first, the pages last: they show how the stop goes.
        try {
          await composition.close();
        } finally {
          await host.close();
        }
      },
    };
  } catch (error) {
    await composition.close();
    throw error;
  }
}
