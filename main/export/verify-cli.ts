import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '../../drivers/kit/app-error.ts';
import { exitCodeOf, verdictOf } from './verdict.ts';
import { recordFileOf, verifyData } from './verify-data.ts';
import { type FolderReport, verifyFolder } from './verify-folder.ts';

// `npm run verify -- PATH [--root FINGERPRINT] [--since FILE]`: exit 0 proven, 1 damage, 2 no evidence or usage, 3 redacted rows.

const USAGE = `usage: npm run verify -- PATH [--root FINGERPRINT] [--since FILE]
Checks an export (a folder or a zip), or a whole record: the data folder of a station that is closed, or a copy (.db).
FINGERPRINT is the root fingerprint that was written down when the station was set up. FILE holds older checkpoints of
the record, checkpoint.txt of an export or the lines of an anchor medium: the record must begin with them.
Exit code: 0 proven, 1 damage was found, 2 there is no evidence to check or this could not be checked,
3 proven except for rows whose text was taken out of this copy.`;

interface Request {
  readonly path: string;
  readonly root: string | undefined;
  readonly since: string | undefined;
}

function readArguments(args: string[]): Request | null {
  try {
    const options = { root: { type: 'string' }, since: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0) return null;
    const since = values.since === undefined ? undefined : resolve(values.since);
    return { path: resolve(path), root: values.root, since };
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
function check({ path, root, since }: Request): Promise<FolderReport> | null {
  const database = recordFileOf(path);
  if (database !== null) return verifyData(database, { root, since, onProgress: showProgress });
  return since === undefined ? verifyFolder(path, root) : null;
}

async function run(args: string[]): Promise<number> {
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
