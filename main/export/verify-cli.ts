import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type FolderReport, verifyFolder } from './verify-folder.ts';

// `npm run verify -- FOLDER [--root FINGERPRINT]`: exit 0 in order, 1 damage, 2 usage, 3 redacted rows.

const USAGE = `usage: npm run verify -- FOLDER [--root FINGERPRINT]
Checks an export, a folder or a zip. FINGERPRINT is the root fingerprint that was written down when the station was set up.
Exit code: 0 everything is in order, 1 damage was found, 2 this could not be checked,
3 everything is in order except for rows whose text was taken out of this copy.`;

interface Request {
  readonly folder: string;
  readonly root: string | undefined;
}

function readArguments(args: string[]): Request | null {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { root: { type: 'string' } } });
    const [folder, ...more] = positionals;
    return folder === undefined || more.length > 0 ? null : { folder: resolve(folder), root: values.root };
  } catch {
    // parseArgs throws for an unknown option; the usage text says what there is.
    return null;
  }
}

function list(title: string, sentences: readonly string[]): string {
  return sentences.length === 0 ? '' : `${title}\n${sentences.map((sentence) => `  - ${sentence}\n`).join('')}\n`;
}

function verdictOf({ damage, redacted }: FolderReport): string {
  if (damage.length > 0) return 'DAMAGED';
  return redacted === 0 ? 'IN ORDER' : `${redacted} REDACTED, the rest in order`;
}

function exitCodeOf({ damage, redacted }: FolderReport): number {
  if (damage.length > 0) return 1;
  return redacted === 0 ? 0 : 3;
}

function toText(report: FolderReport): string {
  const { damage, findings, notProven } = report;
  return `${verdictOf(report)}\n\n${list('Damage', damage)}${list('Proven', findings)}${list('Not proven', notProven)}`;
}

async function run(args: string[]): Promise<number> {
  const request = readArguments(args);
  if (request === null) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  try {
    const report = await verifyFolder(request.folder, request.root);
    process.stdout.write(toText(report));
    return exitCodeOf(report);
  } catch (error) {
    process.stderr.write(`${request.folder} cannot be read: ${String(error)}\n`);
    return 2;
  }
}

process.exitCode = await run(process.argv.slice(2));
