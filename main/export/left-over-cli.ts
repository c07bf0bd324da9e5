import { join, resolve } from 'node:path';
import { readLeftOvers } from '../../db/left-over.ts';
import { recordFileOf } from './verify-data.ts';
import { identifiedBag, identifiedName } from './write/session-bag.ts';
import { publish, removeDraft } from './write/publish.ts';
import { newDraft, openSink } from './write/sink.ts';

// `npm run left-over -- DATA FOLDER [SESSION...]`: exit 0 everything that is left was written, 2 usage or nothing could be read.

const USAGE = `usage: npm run left-over -- DATA FOLDER [SESSION...]
Writes what is left of the sessions of a damaged record to FOLDER, each as an export that says what is missing. DATA is the data
folder of a station, a folder that was moved aside, or a copy (.db). Without SESSION: all sessions. Nothing is written to DATA.
Exit code: 0 written, 2 it could not be done, or the record is whole: then export at the station.`;

async function run([data, folder, ...sessions]: readonly string[]): Promise<number> {
  if (data === undefined || folder === undefined || data.startsWith('--')) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const record = resolve(data);
  const target = resolve(folder);
  const settings = { leftOver: recordFileOf(record) ?? join(record, 'record.db'), sessions };
  try {
    await readLeftOvers(settings, async ({ bundle, rootFingerprint }) => {
      const draft = newDraft(target);
      try {
        const files = await identifiedBag(bundle, rootFingerprint, null);
        const sink = await openSink({ form: 'folder', target, draft }, identifiedName(bundle, files));
        for (const [path, content] of files) await sink.put(path, content);
        await sink.close();
        process.stdout.write(`${await publish(sink)}\n`);
      } catch (error) {
        await removeDraft(draft);
        throw error;
      }
    });
    return 0;
  } catch (error) {
    process.stderr.write(
      `${record} was not read to its end: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return 2;
  }
}

process.exitCode = await run(process.argv.slice(2));
