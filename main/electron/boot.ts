import type * as electronModule from 'electron';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sha256 } from '../../db/hash.ts';
import { type Composition, compose } from '../compose.ts';
import { endAfter } from '../end-process.ts';
import { watchFaults } from '../fault-watch.ts';
import { type LaunchOptions, parseLaunchOptions, USAGE } from '../launch-options.ts';
import type { ProgramFiles } from '../program-files.ts';
import { startFailure } from '../start-failure.ts';
import { confirmClosing } from './closing.ts';
import { StationIpc } from './ipc.ts';
import { SCHEME } from './origin.ts';
import { keySealOf } from './safe-storage.ts';
import { screenHandler } from './protocol.ts';
import { confine, denyAll } from './security.ts';
import { utilityDemonstration, utilityDeviceHosts } from './utility-process.ts';
import { keepPage } from './window.ts';
import { windowOptions } from './window-options.ts';

/** What the desktop program uses of Electron. */
export type ElectronParts = Pick<
  typeof electronModule,
  | 'app'
  | 'BrowserWindow'
  | 'dialog'
  | 'ipcMain'
  | 'powerSaveBlocker'
  | 'protocol'
  | 'safeStorage'
  | 'session'
  | 'shell'
  | 'utilityProcess'
> & {
  /** Electron's own `fs` looks into archives as if they were folders. */
  readonly originalFs: NonNullable<ProgramFiles['fs']>;
};

/**
 * Packaged: the archive as one file, native code beside it, and Electron itself. With `npm start` all was built but the
 * packages with native code; npm writes the last file with every package.
 */
const programPaths = (isPackaged: boolean, built: string): string[] =>
  isPackaged
    ? [process.resourcesPath, process.execPath]
    : [built, join(dirname(built), 'node_modules', '.package-lock.json')];

/** The desktop program, in the order in which it comes up. */
export async function boot(electron: ElectronParts, args: readonly string[], built: string): Promise<void> {
  const { app, BrowserWindow, ipcMain, powerSaveBlocker, protocol, session } = electron;
  const options = optionsOrExit(electron, args);
  if (options === null) return;

  // One desktop program per data folder; the lock of the record and of the ports stands behind this one.
  app.setPath('userData', join(options.data, 'window'));
  if (!app.requestSingleInstanceLock()) return endWith(electron, 1, 'chairside: it is running already');
  app.enableSandbox();
  // With LANG=C the page would get a language tag that Intl refuses.
  app.commandLine.appendSwitch('lang', 'en-GB');
  // As in tools/run.mjs: threads that come and go must not end the program.
  app.commandLine.appendSwitch('js-flags', '--no-memory-protection-keys');
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  app.on('web-contents-created', (_event, contents) => confine(contents));
  await app.whenReady();

  denyAll(session.defaultSession);
  protocol.handle(SCHEME, screenHandler(join(built, 'renderer')));
  let composition: Composition;
  try {
    composition = await composeForElectron(electron, options, built);
  } catch (error) {
    return endWith(electron, 1, startFailure(error));
  }
  const { station } = composition;
  watchFaults({ fault: (error) => station.fault(error), end: () => app.exit(1) });
  const ipc = new StationIpc(ipcMain, station);
  powerSaveBlocker.start('prevent-display-sleep');
  endInOrder(electron, composition);

  const window = new BrowserWindow(windowOptions(join(built, 'preload', 'index.cjs')));
  app.on('second-instance', () => window.focus());
  confirmClosing(window, electron.dialog, station.runningChairs);
  await keepPage(
    window,
    (contentsId) => ipc.closeSeat(contentsId),
    (listener) => ipc.onReports(listener),
  );
}

function optionsOrExit(electron: ElectronParts, args: readonly string[]): LaunchOptions | null {
  const parsed = parseLaunchOptions(args);
  if (parsed.kind === 'run') return parsed.options;
  if (parsed.kind === 'help') endWith(electron, 0, USAGE);
  else endWith(electron, 2, `chairside: ${parsed.message}; --help lists the options`);
  return null;
}

async function composeForElectron(
  { app, safeStorage, shell, utilityProcess, originalFs }: ElectronParts,
  options: LaunchOptions,
  built: string,
) {
  const main = join(built, 'main');
  return compose({
    host: 'electron',
    data: options.data,
    config: options.config,
    version: app.getVersion(),
    program: { paths: programPaths(app.isPackaged, built), fs: originalFs },
    keySeal: await keySealOf(safeStorage),
    // Away from the data folder, so that a copy of that folder put back does not bring its own anchor along.
    anchorFolder: join(app.getPath('appData'), 'chairside-anchors', sha256(options.data).toString('hex').slice(0, 16)),
    spawnDeviceHost: utilityDeviceHosts(utilityProcess, join(main, 'device-host-process.js')),
    spawnDemonstration: utilityDemonstration(utilityProcess, join(main, 'demonstration.js')),
    beep: () => shell.beep(),
    workerUrl: pathToFileURL(join(main, 'db-worker.js')),
    schemaFolder: pathToFileURL(join(main, 'schema', '/')),
    exportParts: { workerUrl: pathToFileURL(join(main, 'export-worker.js')), fontFolder: join(main, 'fonts') },
  });
}

/** However the program is ended, the pumps are stopped and the record is closed first. */
function endInOrder({ app }: ElectronParts, composition: Composition): void {
  let ending: Promise<void> | null = null;
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    event.preventDefault();
    ending ??= endAfter(composition.close(), (code) => app.exit(code));
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
}

/** A packaged program has no terminal, so it shows what it would print. */
function endWith({ app, dialog }: ElectronParts, code: number, message: string): void {
  process.stderr.write(`${message}\n`);
  if (app.isPackaged && code !== 0) dialog.showErrorBox('Chairside', message);
  app.exit(code);
}
