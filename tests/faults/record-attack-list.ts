import { cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import canonicalize from 'canonicalize';
import { originOf, readCheckpoint, signCheckpoint } from '../../db/checkpoint.ts';
import { leafHash } from '../../db/hash.ts';
import { fileKeyStore, newSeed } from '../../db/keys.ts';
import { event, open } from '../../db/test-kit.ts';
import { beginForeignSegment, type ForgedRow, hideRow, putHead, readForged, rebuild, tamper } from './record-kit.ts';

/** What an attacker of the record works with. */
export interface Loot {
  /** The folder of the station, with its keys and its sealed anchor. */
  readonly folder: string;
  /** An image of that folder from an earlier day. */
  readonly oldImage: string;
  /** Signed heads of the current key: one that an anchor was never made of, and the one of the newest anchor. */
  readonly olderHead: string;
  readonly anchoredHead: string;
}

/**
 * The check that shows it: one of DamageReport, `blocked` by a trigger, `paper` where the root fingerprint is another than
 * the enrolled one, `any` where it depends on the page that was hit; null where nothing shows it.
 */
export type Shown = string | null;

export interface RecordAttack {
  readonly number: number;
  /** As in docs/security.md. */
  readonly name: string;
  /** With the record and the paper alone; with the sealed anchor beside it; with an anchor on another medium or an export. */
  readonly shown: readonly [Shown, Shown, Shown];
  readonly run: (loot: Loot) => unknown;
  /** Of a record whose keys lie under the key store of the system. @default false */
  readonly isSealed?: boolean;
}

const ORIGIN = originOf('room 1');
const everywhere = (what: string): RecordAttack['shown'] => [what, what, what];
const byAnchor: RecordAttack['shown'] = [null, 'anchor', 'anchor'];
const elsewhereOnly: RecordAttack['shown'] = [null, null, 'anchor'];
const UNSEEN: RecordAttack['shown'] = [null, null, null];

const own = (sql: string) => (loot: Loot) => {
  const db = new DatabaseSync(join(loot.folder, 'record.db'));
  try {
    db.exec(sql);
  } finally {
    db.close();
  }
};
const edit = (change: (db: DatabaseSync, loot: Loot) => void) => (loot: Loot) =>
  tamper(loot.folder, (db) => change(db, loot));
const forge = (change: (rows: ForgedRow[]) => ForgedRow[]) =>
  edit((db) => putHead(db, rebuild(db, change(readForged(db)))));

function setBody(db: DatabaseSync, seq: number, change: (body: string) => string): void {
  const body = change(String(db.prepare('SELECT body FROM audit WHERE seq = ?').get(seq)?.['body']));
  db.prepare('UPDATE audit SET body = ?, hash = ? WHERE seq = ?').run(body, leafHash(body), seq);
}

const withRate = (act: string) => (rows: ForgedRow[]) =>
  rows.map((row) => (row.body['act'] === act ? { ...row, body: { ...row.body, new: { rateUlPerH: 1 } } } : row));

/** Signs whatever the trail now is with the key that lies on the disk. */
const rewriteWithStolenKey = (act: string) =>
  edit((db, { folder }) => {
    const stolen = fileKeyStore(join(folder, 'keys')).load()?.current ?? newSeed();
    const range = rebuild(db, withRate(act)(readForged(db)));
    putHead(db, range, signCheckpoint({ origin: ORIGIN, size: range.size, root: range.root() }, stolen));
  });

const cutTo = (head: (loot: Loot) => string) =>
  edit((db, loot) => {
    const note = head(loot);
    const kept = readForged(db).filter(({ seq }) => seq <= (readCheckpoint(note)?.size ?? 0));
    putHead(db, rebuild(db, kept), note);
  });

function putBackImage({ folder, oldImage }: Loot): void {
  rmSync(folder, { recursive: true });
  cpSync(oldImage, folder, { recursive: true });
}

function removeDatabase(folder: string): void {
  for (const name of ['record.db', 'record.db-wal', 'record.db-shm']) rmSync(join(folder, name), { force: true });
}

async function goOn(folder: string, rows: number): Promise<void> {
  const trail = await open(folder);
  for (let row = 0; row < rows; row += 1) await trail.append(event('fork', { new: { row } }));
  await trail.close();
}

/** With everything in one file, as a check of the disk would find it. */
const damageFile = (change: (path: string) => void) => (loot: Loot) => {
  tamper(loot.folder, (db) => db.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
  change(join(loot.folder, 'record.db'));
};

function overwrite(path: string, text: string, change: (bytes: Buffer, at: number) => void): void {
  const bytes = readFileSync(path);
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) change(bytes, at);
  writeFileSync(path, bytes);
}

const putKey = (folder: string, seed: Buffer): void =>
  fileKeyStore(join(folder, 'keys')).save({ current: seed, next: null });

const DOSE = 'pump.start.intent';
const forgedRow = { seq: 0, body: { act: 'consent.given' } };

/** every attack of docs/security.md, in its order. */
export const RECORD_ATTACKS: readonly RecordAttack[] = [
  { name: 'UPDATE of a row', shown: everywhere('blocked'), run: own("UPDATE audit SET body = '{}' WHERE seq = 3") },
  { name: 'DELETE of a row', shown: everywhere('blocked'), run: own('DELETE FROM audit WHERE seq = 3') },
  {
    name: 'INSERT OR REPLACE of a row',
    shown: everywhere('blocked'),
    run: own("INSERT OR REPLACE INTO audit (seq, body, hash) VALUES (3, '{}', zeroblob(32))"),
  },
  {
    name: 'triggers dropped, a dose edited',
    shown: everywhere('row-hash'),
    run: edit((db) => db.exec("UPDATE audit SET body = replace(body, '12000', '1') WHERE seq = 3")),
  },
  {
    name: 'edited, that hash computed anew',
    shown: everywhere('chain'),
    run: edit((db) => setBody(db, 3, (body) => body.replace('12000', '1'))),
  },
  { name: 'edited, the whole chain computed anew', shown: everywhere('checkpoint'), run: forge(withRate(DOSE)) },
  {
    name: 'a middle row deleted',
    shown: everywhere('seq'),
    run: edit((db) => db.exec('DELETE FROM audit WHERE seq = 4')),
  },
  {
    name: 'a middle row deleted, the others renumbered and rechained',
    shown: everywhere('checkpoint'),
    run: forge((rows) => rows.filter(({ seq }) => seq !== 7)),
  },
  {
    name: 'two rows swapped',
    shown: everywhere('seq'),
    run: edit((db) => {
      const bodies = db.prepare('SELECT body FROM audit WHERE seq IN (3, 4) ORDER BY seq').all();
      setBody(db, 3, () => String(bodies[1]?.['body']));
      setBody(db, 4, () => String(bodies[0]?.['body']));
    }),
  },
  {
    name: 'a forged row put in',
    shown: everywhere('checkpoint'),
    run: forge((rows) => rows.toSpliced(7, 0, { ...forgedRow, body: { ...rows[3]?.body, ...forgedRow.body } })),
  },
  {
    name: 'the tail cut off, head left',
    shown: everywhere('head'),
    run: edit((db) => {
      const { size } = db.prepare('SELECT size FROM head').get() ?? {};
      db.prepare('DELETE FROM audit WHERE seq > ?').run(Number(size) - 3);
    }),
  },
  {
    name: 'the tail cut off to the newest anchored head, and that put back',
    shown: UNSEEN,
    run: cutTo(({ anchoredHead }) => anchoredHead),
  },
  { name: 'the tail cut off to an older head', shown: byAnchor, run: cutTo(({ olderHead }) => olderHead) },
  {
    name: 'an older database put back, keys kept',
    shown: byAnchor,
    run: ({ folder, oldImage }: Loot) => {
      removeDatabase(folder);
      cpSync(join(oldImage, 'record.db'), join(folder, 'record.db'));
    },
  },
  { name: 'an image of the whole disk put back', shown: elsewhereOnly, run: putBackImage },
  {
    name: 'an older image goes on with 400 rows of its own',
    shown: elsewhereOnly,
    run: async (loot: Loot) => {
      putBackImage(loot);
      await goOn(loot.folder, 400);
    },
  },
  {
    name: 'a fresh record under a fresh key',
    shown: everywhere('paper'),
    run: async ({ folder }: Loot) => {
      removeDatabase(folder);
      rmSync(join(folder, 'keys'), { recursive: true });
      await goOn(folder, 40);
    },
  },
  {
    name: 'the past rewritten and signed with the current key',
    shown: everywhere('checkpoint'),
    run: rewriteWithStolenKey(DOSE),
  },
  {
    name: 'rows of the current key rewritten, before the last anchor',
    shown: byAnchor,
    run: rewriteWithStolenKey('before.anchor'),
  },
  {
    name: 'rows of the current key rewritten, after the last anchor',
    shown: UNSEEN,
    run: rewriteWithStolenKey('pump.progress'),
  },
  {
    name: 'a row spelled differently, hash computed anew',
    shown: everywhere('not-canonical'),
    run: edit((db) => setBody(db, 3, (body) => `{ ${body.slice(1)}`)),
  },
  {
    name: 'a doubled member, hash computed anew',
    shown: everywhere('not-canonical'),
    run: edit((db) => setBody(db, 3, (body) => `{"act":"x",${body.slice(1)}`)),
  },
  {
    name: 'one bit flipped',
    shown: everywhere('row-hash'),
    run: damageFile((path) => overwrite(path, DOSE, (bytes, at) => bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at))),
  },
  {
    name: 'a page of zeros',
    shown: everywhere('any'),
    run: damageFile((path) =>
      overwrite(path, 'pump.progress', (bytes, at) => bytes.fill(0, at - (at % 4096), at - (at % 4096) + 4096)),
    ),
  },
  {
    name: 'half of the file',
    shown: everywhere('any'),
    run: damageFile((path) => truncateSync(path, Math.floor(readFileSync(path).length / 2))),
  },
  {
    name: 'checkpoints of past keys deleted',
    shown: everywhere('checkpoint'),
    run: edit((db) => db.exec('DELETE FROM checkpoint')),
  },
  {
    name: 'the database deleted',
    shown: everywhere('paper'),
    run: async ({ folder }: Loot) => {
      removeDatabase(folder);
      await goOn(folder, 0);
    },
  },
  {
    name: 'the head of another station',
    shown: everywhere('checkpoint'),
    run: edit((db) => {
      const range = rebuild(db, readForged(db));
      const other = { origin: originOf('room 2'), size: range.size, root: range.root() };
      putHead(db, range, signCheckpoint(other, newSeed()));
    }),
  },
  {
    name: 'a session given another end in the table of sessions',
    shown: everywhere('session'),
    run: edit((db) => db.exec("UPDATE session SET state = 'interrupted' WHERE id = 's1'")),
  },
  {
    name: "another patient's name in the table of sessions",
    shown: everywhere('session'),
    run: edit((db) => db.exec("UPDATE session SET patient_name = 'Bob Example' WHERE id = 's1'")),
  },
  {
    name: 'a session put into the table of sessions',
    shown: everywhere('session'),
    run: edit((db) =>
      db.exec(`INSERT INTO session (id, chair_id, patient_id, patient_name, clinician, nonce, opened_at, state)
        SELECT 's9', chair_id, patient_id, patient_name, clinician, nonce, opened_at, 'open' FROM session LIMIT 1`),
    ),
  },
  {
    name: 'a role gained in the table of people',
    shown: everywhere('access'),
    run: edit((db) =>
      db.exec("UPDATE access_change SET body = CAST(replace(CAST(body AS TEXT), 'technician', 'admin') AS BLOB)"),
    ),
  },
  {
    name: 'a trend value edited',
    shown: everywhere('trend'),
    run: edit((db) => db.exec("UPDATE trend_chunk SET body = CAST(replace(CAST(body AS TEXT), '98', '99') AS BLOB)")),
  },
  {
    name: 'the tail cut off to a change of key, its checkpoint put in the place of the head',
    shown: everywhere('checkpoint'),
    run: edit((db) => {
      const { size, note } = db.prepare('SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1').get() ?? {};
      const kept = readForged(db).filter(({ seq }) => seq <= Number(size));
      putHead(db, rebuild(db, kept), String(note));
    }),
  },
  {
    name: 'an index made to leave rows of a session out',
    shown: everywhere('pages'),
    run: edit((db) => {
      db.enableDefensive(false);
      db.exec('PRAGMA writable_schema = ON');
      db.exec(
        "UPDATE sqlite_schema SET sql = replace(sql, 'session IS NOT NULL', 'seq < 4') WHERE name = 'audit_session'",
      );
    }),
  },
  {
    name: 'an old row edited, and the mark of the check at start set behind it',
    shown: everywhere('row-hash'),
    run: edit((db) => {
      db.exec("UPDATE audit SET body = replace(body, '12000', '1') WHERE seq = 3");
      db.exec('UPDATE verified SET size = (SELECT size FROM head), peaks = (SELECT peaks FROM head)');
    }),
  },
  {
    name: 'a segment of somebody else, enrolled by its own rows, with its key put in the place of the plain one',
    shown: everywhere('paper'),
    run: ({ folder }: Loot) => putKey(folder, beginForeignSegment(folder)),
  },
  {
    name: 'the same at a station with a key store: the sealed key deleted, a plain one put there',
    shown: everywhere('paper'),
    isSealed: true,
    run: ({ folder }: Loot) => {
      rmSync(join(folder, 'keys', 'signing-key.sealed'));
      putKey(folder, beginForeignSegment(folder));
    },
  },
  {
    name: 'a forged row put before the first one',
    shown: everywhere('seq'),
    run: edit((db) => {
      const [, , note] = readForged(db);
      const body = canonicalize({ ...note?.body, seq: -5, act: 'session.signed' }) ?? '';
      db.prepare('INSERT INTO audit (seq, body, hash) VALUES (-5, ?, ?)').run(body, leafHash(body));
    }),
  },
  {
    name: 'a column redefined to keep a row out of its session',
    shown: everywhere('schema'),
    run: edit((db) => hideRow(db, 3)),
  },
].map((attack: Omit<RecordAttack, 'number'>, index) => ({ number: index + 1, ...attack }));
