import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInBrowser } from './browser/run.ts';
import { endAfter } from './end-process.ts';
import { watchFaults } from './fault-watch.ts';
import { electronBinary, runInElectron } from './launch-electron.ts';
import { type LaunchOptions, parseLaunchOptions, USAGE } from './launch-options.ts';
import { startFailure } from './start-failure.ts';

/** `npm start`: the desktop program where its binary is present, the browser host elsewhere. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function end(code: number, message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

async function launch(options: LaunchOptions): Promise<void> {
  const binary = options.host === 'browser' ? null : electronBinary(root);
  if (binary !== null) process.exit(await runInElectron(binary, root, options));
  if (options.host === 'electron')
    end(1, 'chairside: the Electron binary is not here; "npx install-electron" fetches it, or use --host browser');
  if (options.host === null) say('chairside: the Electron binary is not here, so the station opens in your browser');
  await launchInBrowser(options);
}

async function launchInBrowser({ data, config, port }: LaunchOptions): Promise<void> {
  // A signal during the start ends it as soon as there is something to end properly.
  const ending = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ending.resolve());
  const run = await runInBrowser({ data, config, port, version });
  watchFaults({ fault: (error) => run.fault(error), end: () => process.exit(1) });
  if (run.demonstration) say(`DEMONSTRATION: pumps, monitors and patients are simulated. Record: ${run.folder}`);
  say(`Chairside is at ${run.url}`);
  await ending.promise;
  await endAfter(run.close(), (code) => process.exit(code));
}

const parsed = parseLaunchOptions(process.argv.slice(2));
if (parsed.kind === 'help') {
  say(USAGE);
} else if (parsed.kind === 'refused') {
  end(2, `chairside: ${parsed.message}; --help lists the options`);
} else {
  launch(parsed.options).catch((error: unknown) => end(1, startFailure(error)));
}
