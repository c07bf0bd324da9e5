import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '../../drivers/kit/app-error.ts';
import type { Papers } from './roots.ts';
import { exitCodeOf, verdictOf } from './verdict.ts';
import { recordFileOf, verifyData } from './verify-data.ts';
import { verifyAgainst } from './verify-against.ts';
import { type FolderReport, verifyFolder } from './verify-folder.ts';

// `npm run verify -- PATH [--record DATA] [--root FINGERPRINT]... [--since FILE]`: exit 0 proven, 1 damage, 2 no evidence or usage, 3 redacted rows.

const USAGE = `usage: npm run verify -- PATH [--record DATA] [--root FINGERPRINT]... [--since FILE]
Checks an export (a folder or a zip), or a whole record: the data folder of a station, or a copy (.db). While the station
runs, its record as it is at this moment is copied to the folder for temporary files, checked there and removed.
DATA is the record from which the export at PATH was made, as folder or copy: each is checked, and one by the other.
FINGERPRINT is the root fingerprint that was written down when the station was set up. Where its key was lost since there is a
paper for each root key: give --root for each; without the newest one nothing is proven. FILE holds older checkpoints of
the record, checkpoint.txt of an export, an anchor sheet or the lines of an anchor medium: the record must begin with them.
Exit code: 0 proven, 1 damage was found, 2 there is no evidence to check, the newest root key is none of those given, or this
could not be checked,
3 proven except for rows whose text was taken out of this copy.`;

interface Request {
  readonly path: string;
  readonly papers: Papers;
  readonly since: string | undefined;
  /** Database of the record that an export is held to. */
  readonly record: string | undefined;
}

function readArguments(args: string[]): Request | null {
  try {
    const options = {
      root: { type: 'string', multiple: true },
      since: { type: 'string' },
      record: { type: 'string' },
    } as const;
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0) return null;
    const [since, record] = [values.since, values.record].map((given) =>
      given === undefined ? given : resolve(given),
    );
    return { path: resolve(path), papers: values.root ?? [], since, record };
  } catch {
    // parseArgs throws for an unknown option; the usage text says what there is.
    return null;
  }
}

function list(title: string, sentences: readonly string[]): string {
  return sentences.length === 0 ? '' : `${title}\n${sentences.map((sentence) => `  - ${sentence}\n`).join('')}\n`;
}

function toText(report: FolderReport): string {
  const { damage, findings, notProven } = report;
  return `${verdictOf(report)}\n\n${list('Damage', damage)}${list('Proven', findings)}${list('Not proven', notProven)}`;
}

/** One line that is written over. */
function showProgress(done: number, total: number): void {
  process.stderr.write(`\r${done} of ${total} rows${done === total ? '\n' : ''}`);
}

/** Null where what was asked for makes no sense. */
function check({ path, papers, since, record }: Request): Promise<FolderReport> | null {
  const own = recordFileOf(path);
  const options = { papers, since, onProgress: showProgress };
  if (own !== null) return record === undefined ? verifyData(own, options) : null;
  if (record !== undefined) return verifyAgainst(path, recordFileOf(record) ?? join(record, 'record.db'), options);
  return since === undefined ? verifyFolder(path, ...papers) : null;
}

async function run(args: string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const request = readArguments(args);
  const checking = request === null ? null : check(request);
  if (request === null || checking === null) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  try {
    const report = await checking;
    process.stdout.write(toText(report));
    return exitCodeOf(report);
  } catch (error) {
    const isDamaged = error instanceof AppError && error.code === 'RECORD_DAMAGED';
    const why = error instanceof AppError ? error.message : String(error);
    process.stderr.write(`${request.path} ${isDamaged ? 'is damaged' : 'cannot be checked'}: ${why}\n`);
    return isDamaged ? 1 : 2;
  }
}

process.exitCode = await run(process.argv.slice(2));
