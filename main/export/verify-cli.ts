import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type FolderReport, verifyFolder } from './verify-folder.ts';

// `npm run verify -- FOLDER [--root FINGERPRINT]`: exit 0 in order, 1 damage, 2 usage.

const USAGE = `usage: npm run verify -- FOLDER [--root FINGERPRINT]
Checks an export, a folder or a zip. FINGERPRINT is the root fingerprint that was written down when the station was set up.
Exit code: 0 everything is in order, 1 damage was found, 2 this could not be checked.`;

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

function toText({ damage, findings, notProven }: FolderReport): string {
  const verdict = damage.length === 0 ? 'IN ORDER' : 'DAMAGED';
  return `${verdict}\n\n${list('Damage', damage)}${list('Proven', findings)}${list('Not proven', notProven)}`;
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
    return report.damage.length === 0 ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${request.folder} cannot be read: ${String(error)}\n`);
    return 2;
  }
}

process.exitCode = await run(process.argv.slice(2));
