import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { restoreRecord } from '../../db/restore.ts';
import { AppError } from '../../drivers/kit/app-error.ts';
import { broughtFrom } from '../export/brought-anchors.ts';
import { lost, restoredSchema } from './restored-facts.ts';

// `npm run restore -- BACKUP DATA_FOLDER [--since FILE]`: exit 0 put in place, 1 the copy may not be, 2 could not be done.

const USAGE = `usage: npm run restore -- BACKUP DATA_FOLDER [--since FILE]
Puts BACKUP, a copy of the record (chairside-record-*.db), in the place of the record of a station that is closed. The copy
is checked whole before anything is touched; what was there moves to a folder record-replaced-* beside it, and nothing
is deleted. FILE holds older checkpoints of the record, checkpoint.txt of an export or the lines of an anchor medium: the
copy must be of the same record. At its next start the station says what is lost and starts nothing before an
administrator and a second person signed for it.
Exit code: 0 the copy is in place, 1 the copy is damaged or of another record, 2 it could not be done.`;

interface Request {
  readonly copy: string;
  readonly folder: string;
  readonly since: string | undefined;
}

function readArguments(args: string[]): Request | null {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { since: { type: 'string' } } });
    const [copy, folder, ...more] = positionals;
    if (copy === undefined || folder === undefined || more.length > 0) return null;
    return { copy: resolve(copy), folder: resolve(folder), since: values.since && resolve(values.since) };
  } catch {
    // parseArgs throws for an unknown option; the usage text says what there is.
    return null;
  }
}

/** One line that is written over. */
function showProgress(done: number, total: number): void {
  process.stderr.write(`\r${done} of ${total} rows checked${done === total ? '\n' : ''}`);
}

async function restore({ copy, folder, since }: Request): Promise<string> {
  const brought = since === undefined ? null : await broughtFrom(since);
  process.stderr.write('Copying, then checking every page and row ...\n');
  const facts = restoredSchema.parse(await restoreRecord({ copy, folder, brought, onProgress: showProgress }));
  const moved =
    facts.movedTo === null
      ? 'There was no record before.'
      : `What was there is kept: ${resolve(folder, facts.movedTo)}`;
  const sentences = [
    `${copy} was checked and is the record now: ${facts.rows} rows, the last one of ${facts.lastRowAt}.`,
    ...lost(facts),
    moved,
    'Now start the station. It starts nothing before an administrator and a second person have signed for this.',
  ];
  return `IN PLACE\n\n${sentences.map((sentence) => `  - ${sentence}\n`).join('')}`;
}

async function run(args: string[]): Promise<number> {
  const request = readArguments(args);
  if (request === null) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  try {
    process.stdout.write(await restore(request));
    return 0;
  } catch (error) {
    process.stderr.write(`Not restored. ${error instanceof AppError ? error.message : String(error)}\n`);
    return error instanceof AppError && error.code === 'RECORD_DAMAGED' ? 1 : 2;
  }
}

process.exitCode = await run(process.argv.slice(2));
