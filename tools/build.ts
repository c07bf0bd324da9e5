import { cpSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type InlineConfig } from 'vite';
import { FALLBACK_FILE, FONT_FILES } from '../main/export/report/fonts.ts';

/** Builds out/: the screens, the preload script, and the desktop program with its processes and threads. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const out = join(root, 'out');

/** Loaded from node_modules as they are: native code, or given by Electron itself. */
const NOT_BUNDLED = ['electron', 'better-sqlite3', 'serialport', '@lydell/node-pty'];

interface Bundle {
  readonly folder: string;
  readonly format: 'es' | 'cjs';
  /** File name without its ending -> source. */
  readonly entries: Readonly<Record<string, string>>;
}

const bundles: readonly Bundle[] = [
  {
    folder: 'main',
    format: 'es',
    entries: {
      index: 'main/electron/index.ts',
      'device-host-process': 'main/devices/device-host-process.ts',
      demonstration: 'main/electron/demonstration-entry.ts',
      'db-worker': 'db/worker.ts',
      'export-worker': 'main/export/run/export-worker.ts',
    },
  },
  // A sandboxed preload script can be nothing but one CommonJS file.
  { folder: 'preload', format: 'cjs', entries: { index: 'preload/index.ts' } },
];

function configurationOf({ folder, format, entries }: Bundle): InlineConfig {
  const ending = format === 'cjs' ? 'cjs' : 'js';
  return {
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: NOT_BUNDLED },
    build: {
      ssr: true,
      target: 'node24',
      minify: false,
      outDir: join(out, folder),
      emptyOutDir: true,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([name, source]) => [name, join(root, source)])),
        output: { format, entryFileNames: `[name].${ending}`, chunkFileNames: `chunk-[name].${ending}` },
      },
    },
  };
}

/** What pdfkit and the report read from files of their own. */
function copyReportFiles(): void {
  const modules = join(root, 'node_modules');
  for (const name of Object.values(FONT_FILES)) {
    cpSync(join(modules, 'dejavu-fonts-ttf', 'ttf', name), join(out, 'main', 'fonts', name));
  }
  cpSync(join(modules, 'dejavu-fonts-ttf', 'LICENSE'), join(out, 'main', 'fonts', 'LICENSE'));
  const fallback = join(modules, '@fontsource', 'unifontex');
  cpSync(join(fallback, 'files', FALLBACK_FILE), join(out, 'main', 'fonts', FALLBACK_FILE));
  cpSync(join(fallback, 'LICENSE'), join(out, 'main', 'fonts', 'LICENSE-UnifontEX'));
  // pdfkit looks for it beside the file that it was bundled into.
  const profile = join('data', 'sRGB_IEC61966_2_1.icc');
  cpSync(join(modules, 'pdfkit', 'js', profile), join(out, 'main', profile));
}

rmSync(out, { recursive: true, force: true });
await build({
  configFile: join(root, 'renderer', 'vite.config.ts'),
  logLevel: 'warn',
  // Loaded from this machine, never over a network, so one chunk is right.
  build: { chunkSizeWarningLimit: 2000 },
});
for (const bundle of bundles) await build(configurationOf(bundle));
cpSync(join(root, 'db', 'schema'), join(out, 'main', 'schema'), { recursive: true });
// Entries and chunks lie in one folder, so a file beside the sources is beside whichever of them it ends up in.
cpSync(join(root, 'main', 'export', 'verify.mjs'), join(out, 'main', 'verify.mjs'));
copyReportFiles();
