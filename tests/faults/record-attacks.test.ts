import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { originOf, signCheckpoint } from '../../db/checkpoint.ts';
import { leafHash } from '../../db/hash.ts';
import { fileKeyStore, newSeed } from '../../db/keys.ts';
import { event, open, temporaryFolder } from '../../db/test-kit.ts';
import { putHead, readForged, rebuild, recordTwoRuns, tamper, verifyFile } from './record-kit.ts';

// the attacks of an owner of the disk on a trail of two runs, each on a copy of the same record.

const original = temporaryFolder();
let rootFingerprint = '';

beforeAll(async () => {
  rootFingerprint = await recordTwoRuns(original.path);
});

afterAll(() => original[Symbol.dispose]());

async function damageAfter(change: (db: DatabaseSync, folder: string) => void) {
  using folder = temporaryFolder();
  cpSync(original.path, folder.path, { recursive: true });
  tamper(folder.path, (db) => change(db, folder.path));
  return (await verifyFile(folder.path)).damage;
}

test('before any attack the record is in order', async () => {
  expect(await damageAfter(() => undefined)).toBeNull();
});

const DOSE = '12000';
/** Row of the first session that holds a dose, long before the newest checkpoint. */
const dosedRow = (db: DatabaseSync): number =>
  Number(db.prepare("SELECT min(seq) AS seq FROM audit WHERE act = 'pump.start.intent'").get()?.['seq']);
const bodyOf = (db: DatabaseSync, seq: number): string =>
  String(db.prepare('SELECT body FROM audit WHERE seq = ?').get(seq)?.['body']);

function setBody(db: DatabaseSync, seq: number, body: string): void {
  db.prepare('UPDATE audit SET body = ?, hash = ? WHERE seq = ?').run(body, leafHash(body), seq);
}

function changeDose(db: DatabaseSync) {
  const rows = readForged(db);
  const dosed = rows.find(({ body }) => body['act'] === 'pump.start.intent');
  if (dosed !== undefined) dosed.body['new'] = { rateUlPerH: 1 };
  return rows;
}

describe('a changed row', () => {
  test('edited in place: its hash does not fit', async () => {
    const damage = await damageAfter((db) => db.exec(`UPDATE audit SET body = replace(body, '${DOSE}', '1')`));
    expect(damage).toMatchObject({ what: 'row-hash', seq: 3 });
  });

  test('edited with a new hash: the next row does not follow', async () => {
    const damage = await damageAfter((db) => setBody(db, 3, bodyOf(db, 3).replace(DOSE, '1')));
    expect(damage).toMatchObject({ what: 'chain', seq: 4 });
  });

  test('edited with the whole chain rebuilt: the signature of its epoch does not fit', async () => {
    const damage = await damageAfter((db) => putHead(db, rebuild(db, changeDose(db))));
    expect(damage).toMatchObject({ what: 'checkpoint' });
  });

  test('the last row, which names the key, edited with a new hash: what follows does not fit', async () => {
    const damage = await damageAfter((db) => {
      const last = Number(db.prepare('SELECT max(seq) AS seq FROM audit').get()?.['seq']);
      setBody(db, last, bodyOf(db, last).replace('"outcome":"ok"', '"outcome":"failed"'));
    });
    expect(damage).toMatchObject({ what: 'checkpoint' });
  });

  test('spelled differently with a new hash: not canonical', async () => {
    const damage = await damageAfter((db) => setBody(db, 3, `{ ${bodyOf(db, 3).slice(1)}`));
    expect(damage).toMatchObject({ what: 'not-canonical', seq: 3 });
  });

  test('with a doubled member and a new hash: not canonical', async () => {
    const damage = await damageAfter((db) => setBody(db, 3, `{"act":"x",${bodyOf(db, 3).slice(1)}`));
    expect(damage).toMatchObject({ what: 'not-canonical', seq: 3 });
  });

  test('one flipped bit in the file is found', async () => {
    const damage = await damageAfter((db, folder) => {
      const salt = String(JSON.parse(bodyOf(db, dosedRow(db)))['salt']);
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      const path = join(folder, 'record.db');
      const bytes = readFileSync(path);
      // A page that was split leaves its old text behind in front of the living one.
      for (let at = bytes.indexOf(salt); at >= 0; at = bytes.indexOf(salt, at)) bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    });
    expect(damage).toMatchObject({ what: 'row-hash', seq: 3 });
  });
});

describe('a missing or added row', () => {
  test('deleted: its number is missing', async () => {
    const damage = await damageAfter((db) => db.exec('DELETE FROM audit WHERE seq = 4'));
    expect(damage).toMatchObject({ what: 'seq', seq: 4 });
  });

  test('deleted with all others renumbered and rechained: the signature of its epoch does not fit', async () => {
    const damage = await damageAfter((db) =>
      putHead(
        db,
        rebuild(
          db,
          readForged(db).filter(({ seq }) => seq !== 7),
        ),
      ),
    );
    expect(damage).toMatchObject({ what: 'checkpoint' });
  });

  test('two rows swapped: each stands in the place of the other', async () => {
    const damage = await damageAfter((db) => {
      const [three, four] = [bodyOf(db, 3), bodyOf(db, 4)];
      setBody(db, 3, four);
      setBody(db, 4, three);
    });
    expect(damage).toMatchObject({ what: 'seq', seq: 3 });
  });

  test('a forged row in the middle, rechained: the signature of its epoch does not fit', async () => {
    const damage = await damageAfter((db) => {
      const rows = readForged(db);
      const forged = { seq: 0, body: { ...rows[3]?.body, act: 'consent.given' } };
      putHead(db, rebuild(db, [...rows.slice(0, 7), forged, ...rows.slice(7)]));
    });
    expect(damage).toMatchObject({ what: 'checkpoint' });
  });

  test('a forged row at the end: it is not signed', async () => {
    const damage = await damageAfter((db) => {
      const rows = readForged(db);
      rebuild(db, [...rows, { seq: 0, body: { ...rows.at(-1)?.body, act: 'consent.given' } }]);
    });
    expect(damage).toMatchObject({ what: 'head' });
  });

  test('the tail cut off: the head counts more rows', async () => {
    const damage = await damageAfter((db) => db.exec('DELETE FROM audit WHERE seq > 10'));
    expect(damage).toMatchObject({ what: 'head', seq: 11 });
  });

  test('the tail cut off and an unsigned head put on: no key signed it', async () => {
    const damage = await damageAfter((db) => {
      db.exec('DELETE FROM checkpoint WHERE size > 10');
      putHead(
        db,
        rebuild(
          db,
          readForged(db).filter(({ seq }) => seq <= 10),
        ),
      );
    });
    expect(damage).toMatchObject({ what: 'checkpoint' });
  });
});

describe('a forged signature', () => {
  test('by another key', async () => {
    const damage = await damageAfter((db) => {
      const range = rebuild(db, readForged(db));
      const note = signCheckpoint({ origin: originOf('room 1'), size: range.size, root: range.root() }, newSeed());
      putHead(db, range, note);
    });
    expect(damage).toMatchObject({ what: 'checkpoint' });
  });

  test('by the stolen current key over a rewritten past: the dead key of that time did not sign it', async () => {
    const damage = await damageAfter((db, folder) => {
      const stolen = fileKeyStore(join(folder, 'keys')).load()?.current ?? newSeed();
      const range = rebuild(db, changeDose(db));
      const origin = originOf('room 1');
      for (const { size } of db.prepare('SELECT size FROM checkpoint').all()) {
        const past = signCheckpoint({ origin, size: Number(size), root: range.root() }, stolen);
        db.prepare('UPDATE checkpoint SET note = ? WHERE size = ?').run(past, Number(size));
      }
      putHead(db, range, signCheckpoint({ origin, size: range.size, root: range.root() }, stolen));
    });
    expect(damage).toMatchObject({ what: 'checkpoint' });
  });

  test('the checkpoints of past keys deleted', async () => {
    expect(await damageAfter((db) => db.exec('DELETE FROM checkpoint'))).toMatchObject({ what: 'checkpoint' });
  });

  test('the head deleted', async () => {
    expect(await damageAfter((db) => db.exec('DELETE FROM head'))).toMatchObject({ what: 'head' });
  });

  test('a whole new record in its place has another root fingerprint', async () => {
    using folder = temporaryFolder();
    expect(await recordTwoRuns(folder.path)).not.toBe(rootFingerprint);
  });
});

describe('changed trends', () => {
  test('edited', async () => {
    const change = "UPDATE trend_chunk SET body = CAST(replace(CAST(body AS TEXT), '98', '99') AS BLOB)";
    expect(await damageAfter((db) => db.exec(change))).toMatchObject({ what: 'trend', seq: 6 });
  });

  test('deleted', async () => {
    expect(await damageAfter((db) => db.exec('DELETE FROM trend_chunk'))).toMatchObject({ what: 'trend', seq: 6 });
  });

  test('added', async () => {
    const change = "INSERT INTO trend_chunk (seq, body) VALUES (2, x'00')";
    expect(await damageAfter((db) => db.exec(change))).toMatchObject({ what: 'trend' });
  });
});

async function runOnce(folder: string): Promise<void> {
  const trail = await open(folder);
  await trail.append(event('pump.stop'));
  await trail.close();
}

describe('changed person data', () => {
  test('another name', async () => {
    const change = "UPDATE session SET patient_name = 'Bob Example' WHERE id = 's1'";
    expect(await damageAfter((db) => db.exec(change))).toMatchObject({ what: 'session', seq: 2 });
  });

  test('a session deleted', async () => {
    const change = "DELETE FROM session WHERE id = 's1'";
    expect(await damageAfter((db) => db.exec(change))).toMatchObject({ what: 'session', seq: 2 });
  });

  test('a session added', async () => {
    const change = `INSERT INTO session (id, chair_id, patient_id, patient_name, clinician, nonce, opened_at, state)
      SELECT 's9', chair_id, patient_id, patient_name, clinician, nonce, opened_at, 'open' FROM session LIMIT 1`;
    expect(await damageAfter((db) => db.exec(change))).toMatchObject({ what: 'session' });
  });
});

describe('a changed session', () => {
  test.each([
    ['an ended one made to look interrupted', "state = 'interrupted'"],
    ['moved to another day', "opened_at = '2026-01-01T00:00:00.000Z'"],
    ['closed at another time', "closed_at = '2027-01-01T00:00:00.000Z'"],
    ['opened again', "state = 'open', closed_at = NULL"],
  ])('%s', async (_, change) => {
    const damage = await damageAfter((db) => db.exec(`UPDATE session SET ${change} WHERE id = 's1'`));
    expect(damage).toMatchObject({ what: 'session', detail: /session/ });
  });

  test('an open one made to look closed', async () => {
    using folder = temporaryFolder();
    const trail = await open(folder.path);
    const person = { chairId: '1', patientId: 'p', patientName: 'n', clinician: 'c' };
    await trail.openSession({ id: 'o', ...person }, event('session.open', { session: 'o' }));
    await trail.close();
    tamper(folder.path, (db) => db.exec("UPDATE session SET state = 'ended', closed_at = opened_at"));
    expect((await verifyFile(folder.path)).damage).toMatchObject({ what: 'session', seq: 2 });
  });
});

describe('changed access', () => {
  test.each([
    [
      'a role gained',
      `UPDATE access_change SET body = CAST(replace(CAST(body AS TEXT), 'technician', 'admin') AS BLOB)`,
    ],
    ['a change taken away', 'DELETE FROM access_change'],
    ['a person put in', 'INSERT INTO access_change SELECT 2, body FROM access_change'],
  ])('%s', async (_, change) => {
    expect(await damageAfter((db) => db.exec(change))).toMatchObject({ what: 'access', detail: /changes of access/ });
  });
});

test('an older copy put back: its key is gone for good, so it goes on under a new root key, and the anchor shows it', async () => {
  using folder = temporaryFolder();
  cpSync(original.path, folder.path, { recursive: true });
  await runOnce(folder.path);
  await runOnce(folder.path);
  cpSync(join(original.path, 'record.db'), join(folder.path, 'record.db'));
  const trail = await open(folder.path);
  expect((await trail.verify()).damage).toMatchObject({ what: 'anchor' });
  expect(await trail.status()).toMatchObject({ segment: 2, enrolled: false });
  await trail.close();
});

test('the known limit: an older copy put back with its keys is a valid record; only an export shows it is old', async () => {
  using folder = temporaryFolder();
  cpSync(original.path, folder.path, { recursive: true });
  await runOnce(folder.path);
  cpSync(original.path, folder.path, { recursive: true });
  expect((await verifyFile(folder.path)).damage).toBeNull();
});

test('a record with a damaged end refuses every new row and stays readable', async () => {
  using folder = temporaryFolder();
  cpSync(original.path, folder.path, { recursive: true });
  tamper(folder.path, (db) => db.exec('DELETE FROM audit WHERE seq > 10'));
  const trail = await open(folder.path);
  await expect(trail.append(event('a'))).rejects.toMatchObject({ code: 'RECORD_DAMAGED' });
  expect(await trail.sessions()).toHaveLength(2);
  await trail.close();
});

test('our own code cannot change, delete or replace a row', async () => {
  using folder = temporaryFolder();
  cpSync(original.path, folder.path, { recursive: true });
  const { DatabaseSync } = await import('node:sqlite');
  const db = new DatabaseSync(join(folder.path, 'record.db'));
  for (const attempt of [
    "UPDATE audit SET body = '{}' WHERE seq = 3",
    'DELETE FROM audit WHERE seq = 3',
    "INSERT OR REPLACE INTO audit (seq, body, hash) VALUES (3, '{}', zeroblob(32))",
    "INSERT INTO audit (seq, body, hash) VALUES (999, '{}', zeroblob(32))",
    'UPDATE trend_chunk SET body = zeroblob(1)',
    'DELETE FROM trend_chunk',
    "UPDATE checkpoint SET note = ''",
    'DELETE FROM checkpoint',
  ]) {
    expect(() => db.exec(attempt)).toThrow(/never|next number/);
  }
  db.close();
});
