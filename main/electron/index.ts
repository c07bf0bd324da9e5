import type fs from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  powerSaveBlocker,
  protocol,
  safeStorage,
  session,
  shell,
  utilityProcess,
} from 'electron';
import { boot } from './boot.ts';

/** Given by Electron itself, to whoever requires it. */
const originalFs = createRequire(import.meta.url)('original-fs') as typeof fs;

/** Entry of the desktop program, built to out/main/index.js. */
const self = fileURLToPath(import.meta.url);
/** Before the program's own path stand Electron's options; in a package there is no such path. */
const own = process.argv.findIndex((argument, index) => index > 0 && resolve(argument) === self);
const args = process.argv.slice(own === -1 ? 1 : own + 1);

// Not awaited: Electron gets ready only after this module has been evaluated.
boot(
  {
    app,
    BrowserWindow,
    dialog,
    ipcMain,
    originalFs: originalFs.promises,
    powerSaveBlocker,
    protocol,
    safeStorage,
    session,
    shell,
    utilityProcess,
  },
  args,
  dirname(dirname(self)),
).catch((error: unknown) => {
  process.stderr.write(`chairside: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  app.exit(1);
});
