import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { sealedAnchor } from '../../db/anchor-places.ts';
import { Ballast } from '../../db/ballast.ts';
import { prepareConnection } from '../../db/connection.ts';
import { fileKeyStore } from '../../db/keys.ts';
import type { RecordCall } from '../../db/messages.ts';
import { migrate } from '../../db/migrate.ts';
import { RecordDesk } from '../../db/record-desk.ts';
import { event } from '../../db/test-kit.ts';
import type { Verification } from '../../db/trail.ts';

/** What a reopened record was found to be. Hash in hex of the row asked for; empty where there is none. */
interface Reopened extends Verification {
  readonly hash: string;
}

const SCHEMA = pathToFileURL(join(import.meta.dirname, '..', '..', 'db', 'schema', '/'));
const ignoreProgress = (): void => undefined;

/**
 * Opens what a power cut left, as db/worker.ts does but in this thread: a thread for each of ten thousand records would
 * only measure how threads start. Verifies it, adds a row, and closes it. Throws what the record throws.
 */
export async function reopen(folder: string, seq: number): Promise<Reopened> {
  const db = new Database(join(folder, 'record.db'), { timeout: 200 });
  try {
    prepareConnection(db);
    migrate(db, SCHEMA);
    const run = { station: 'room 1', app: '0.1.0', boot: 'after the cut' };
    const keyStore = fileKeyStore(join(folder, 'keys'));
    const ballast = new Ballast(join(folder, 'reserve.bin'));
    const places = [sealedAnchor(join(folder, 'anchor'), null)];
    const copyTo = (path: string): Promise<object> => db.backup(path);
    const desk = new RecordDesk({ db, run, keyStore, ballast, places, copyTo, room: () => Number.POSITIVE_INFINITY });
    const ask = (call: RecordCall) => desk.serve(call, ignoreProgress);
    const row = db.prepare('SELECT hash FROM audit WHERE seq = ?').get(seq) as { readonly hash: Buffer } | undefined;
    const found = (await ask({ id: 1, name: 'verify', args: [] })) as Verification;
    desk.tidy();
    await ask({ id: 2, name: 'append', args: [event('after.cut')] });
    return { ...found, hash: row?.hash.toString('hex') ?? '' };
  } finally {
    db.close();
  }
}
