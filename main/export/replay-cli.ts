import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readProfileChange } from './profile-file.ts';
import { replayFolder } from './replay-folder.ts';
import { replayText } from './replay-text.ts';

// `npm run replay -- FOLDER [--profile FILE.json]`: exit 0 the same, 1 different, 2 usage.

const USAGE = `usage: npm run replay -- FOLDER [--profile FILE.json]
Puts everything that the engine was given in an exported session to the engine again, and compares what it decides
with the record. FILE.json has other limits (any fields of the safety profile), to show what they would have changed.
Exit code: 0 the same, 1 different or damaged, 2 this could not be replayed.`;

interface Request {
  readonly folder: string;
  readonly profile: string | undefined;
}

function readArguments(args: string[]): Request | null {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { profile: { type: 'string' } },
    });
    const [folder, ...more] = positionals;
    return folder === undefined || more.length > 0 ? null : { folder: resolve(folder), profile: values.profile };
  } catch {
    // parseArgs throws for an unknown option; the usage text says what there is.
    return null;
  }
}

async function run(args: string[]): Promise<number> {
  const request = readArguments(args);
  if (request === null) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const { folder, profile } = request;
  try {
    const change = profile === undefined ? undefined : await readProfileChange(resolve(profile));
    const report = await replayFolder(folder, change);
    process.stdout.write(replayText(report));
    return report.differences.length === 0 ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${folder} cannot be replayed: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

process.exitCode = await run(process.argv.slice(2));
