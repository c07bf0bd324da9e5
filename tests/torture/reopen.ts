import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { sealedAnchor } from '../../db/anchor-places.ts';
import { Ballast } from '../../db/ballast.ts';
import { prepareConnection } from '../../db/connection.ts';
import { fileKeyStore, sealedKeyStore } from '../../db/keys.ts';
import type { RecordCall } from '../../db/messages.ts';
import { makeFolder } from '../../db/durable-file.ts';
import { migrate } from '../../db/migrate.ts';
import { RecordDesk } from '../../db/record-desk.ts';
import { event } from '../../db/test-kit.ts';
import { openSecret } from '../../db/secret.ts';
import type { RecordStatus, Verification } from '../../db/trail.ts';
import { SEAL } from './seal.ts';

/** What a reopened record was found to be. Hash in hex of the row asked for; empty where there is none. */
interface Reopened extends Verification {
  readonly hash: string;
  /** More than one where the signing key was lost. */
  readonly segment: number;
}

const SCHEMA = pathToFileURL(join(import.meta.dirname, '..', '..', 'db', 'schema', '/'));
const secretIn = (folder: string, name: string) =>
  openSecret({ folder, name, plain: join(folder, `${name}.bin`) }, SEAL);
const ignoreProgress = (): void => undefined;

/**
 * Opens what a power cut left, as db/worker.ts does but in this thread: a thread for each of ten thousand records would
 * only measure how threads start. Verifies it, adds a row, and closes it. Throws what the record throws.
 */
export async function reopen(folder: string, seq: number, isSealed: boolean): Promise<Reopened> {
  makeFolder(folder);
  const wrapping = isSealed ? await secretIn(join(folder, 'keys'), 'wrapping-key') : null;
  const anchorWrapping = isSealed ? await secretIn(join(folder, 'anchor'), 'key') : null;
  const db = new Database(join(folder, 'record.db'), { timeout: 200 });
  try {
    prepareConnection(db);
    migrate(db, SCHEMA);
    const run = { station: 'room 1', app: '0.1.0', boot: 'after the cut' };
    const keys = join(folder, 'keys');
    const keyStore = wrapping === null ? fileKeyStore(keys) : sealedKeyStore(keys, wrapping);
    const ballast = new Ballast(join(folder, 'reserve.bin'));
    const places = [sealedAnchor(join(folder, 'anchor'), anchorWrapping, wrapping)];
    const copyTo = (path: string): Promise<object> => db.backup(path);
    const desk = new RecordDesk({ db, run, keyStore, ballast, places, copyTo, room: () => Number.POSITIVE_INFINITY });
    const ask = (call: RecordCall) => desk.serve(call, ignoreProgress);
    const row = db.prepare('SELECT hash FROM audit WHERE seq = ?').get(seq) as { readonly hash: Buffer } | undefined;
    const found = (await ask({ id: 1, name: 'verify', args: ['whole'] })) as Verification;
    // Rejects where a change of people is not what its row vouches for.
    await ask({ id: 3, name: 'accessChanges', args: [] });
    const { segment } = (await ask({ id: 4, name: 'status', args: [] })) as RecordStatus;
    desk.tidy();
    await ask({ id: 2, name: 'append', args: [event('after.cut')] });
    return { ...found, segment, hash: row?.hash.toString('hex') ?? '' };
  } finally {
    db.close();
  }
}
