import { fileURLToPath } from 'node:url';
import { compose } from '../compose.ts';
import { forkDeviceHost } from '../devices/fork.ts';
import { forkDemonstration } from './fork-demonstration.ts';
import { startBrowserHost } from './server.ts';

const SCREENS = fileURLToPath(new URL('../../out/renderer', import.meta.url));

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
