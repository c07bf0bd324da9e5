import { cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { originOf, readCheckpoint, signCheckpoint } from '../../db/checkpoint.ts';
import { fileKeyStore, newSeed } from '../../db/keys.ts';
import { event, open, recordSession, temporaryFolder } from '../../db/test-kit.ts';
import { agreesWith, putHead, readForged, rebuild, tamper, verifyFile } from './record-kit.ts';

// the attacks of docs/security.md that only a second piece of evidence shows, or nothing. Each is tried against
// the record alone, and against the checkpoint of an export that was made before the attack. What is not found is part
// of the table as much as what is: these tests fail when a limit that the document admits to is one no longer.

const ORIGIN = originOf('room 1');
const work = temporaryFolder();
const record = join(work.path, 'record');
/** The folder after the first run, as a thief of a disk image has it. */
const oldImage = join(work.path, 'old-image');
/** Heads of the current key: one older than the export, and the one in it. */
const notes = { older: '', exported: '' };
let rootFingerprint = '';

beforeAll(async () => {
  const first = await open(record);
  await recordSession(first, 's1');
  await first.close();
  cpSync(record, oldImage, { recursive: true });
  const second = await open(record);
  await recordSession(second, 's2');
  ({ rootFingerprint } = await second.identity());
  notes.older = (await second.bundle('s2')).checkpoint;
  for (const rate of [100, 200]) await second.append(event('before.export', { new: { rateUlPerH: rate } }));
  notes.exported = (await second.bundle('s2')).checkpoint;
  for (let row = 0; row < 11; row += 1) await second.append(event('after.export', { new: { rateUlPerH: 300 } }));
  await second.close();
});

afterAll(() => work[Symbol.dispose]());

interface Found {
  /** What the record alone shows: the check that fails, or null. */
  readonly alone: string | null;
  /** Whether the exported checkpoint agrees with the record. */
  readonly agrees: boolean;
}

async function found(folder: string): Promise<Found> {
  return { alone: (await verifyFile(folder)).damage?.what ?? null, agrees: agreesWith(folder, notes.exported) };
}

async function after(attack: (folder: string) => unknown): Promise<Found> {
  using copy = temporaryFolder();
  cpSync(record, copy.path, { recursive: true });
  await attack(copy.path);
  return await found(copy.path);
}

const UNSEEN: Found = { alone: null, agrees: true };
const ONLY_EXPORT: Found = { alone: null, agrees: false };

/** Cuts off what came after the note, and puts the note back as the head it once was. */
function cutTo(note: string) {
  return (folder: string): void =>
    tamper(folder, (db) => {
      const size = readCheckpoint(note)?.size ?? 0;
      const kept = readForged(db).filter(({ seq }) => seq <= size);
      putHead(db, rebuild(db, kept), note);
    });
}

/** Changes the rate in the rows of `act`, makes the chain anew, and signs the head with the key that lies on the disk. */
function rewriteWithCurrentKey(act: string) {
  return (folder: string): void =>
    tamper(folder, (db: DatabaseSync) => {
      const rows = readForged(db);
      for (const { body } of rows) if (body['act'] === act) body['new'] = { rateUlPerH: 1 };
      const stolen = fileKeyStore(join(folder, 'keys')).load()?.current ?? newSeed();
      const range = rebuild(db, rows);
      putHead(db, range, signCheckpoint({ origin: ORIGIN, size: range.size, root: range.root() }, stolen));
    });
}

test('before any attack the record is in order, and agrees with the export', async () => {
  expect(await after(() => undefined)).toEqual(UNSEEN);
});

describe('inside the window after the last export', () => {
  test('12: rows cut off, the exported head put back: NOT detected, for nothing outside ever saw these rows', async () => {
    expect(await after(cutTo(notes.exported))).toEqual(UNSEEN);
  });

  test('20: rows rewritten with the stolen current key: NOT detected, for the signature is genuine', async () => {
    expect(await after(rewriteWithCurrentKey('after.export'))).toEqual(UNSEEN);
  });
});

describe('what reaches behind the last export', () => {
  test('13: rows cut off to an older head: the export proves more rows', async () => {
    expect(await after(cutTo(notes.older))).toEqual(ONLY_EXPORT);
  });

  test('14: the database of an older day put back, keys kept: the export proves more rows, and no row can be added', async () => {
    const putBack = (folder: string): void => cpSync(join(oldImage, 'record.db'), join(folder, 'record.db'));
    expect(await after(putBack)).toEqual(ONLY_EXPORT);
    using copy = temporaryFolder();
    cpSync(record, copy.path, { recursive: true });
    putBack(copy.path);
    const trail = await open(copy.path);
    await expect(trail.append(event('a'))).rejects.toMatchObject({ code: 'RECORD_DAMAGED', message: /signing key/ });
    await trail.close();
  });

  test('15: the whole disk of an older day put back, keys too: only the export proves more rows', async () => {
    expect(
      await after((folder) => {
        rmSync(folder, { recursive: true });
        cpSync(oldImage, folder, { recursive: true });
      }),
    ).toEqual(ONLY_EXPORT);
  });

  test('16: an older disk goes on with 400 rows of its own: only the export shows that they are others', async () => {
    expect(
      await after(async (folder) => {
        rmSync(folder, { recursive: true });
        cpSync(oldImage, folder, { recursive: true });
        const fork = await open(folder);
        for (let row = 0; row < 400; row += 1) await fork.append(event('fork', { new: { row } }));
        await fork.close();
      }),
    ).toEqual(ONLY_EXPORT);
  });

  test('19: rows before the export rewritten with the stolen current key: only the export shows it', async () => {
    expect(await after(rewriteWithCurrentKey('before.export'))).toEqual(ONLY_EXPORT);
  });
});

describe('what the record shows by itself', () => {
  test('17: a fresh record with a fresh key: in order, but under another root fingerprint than the one on paper', async () => {
    using folder = temporaryFolder();
    const trail = await open(folder.path);
    expect((await trail.identity()).rootFingerprint).not.toBe(rootFingerprint);
    await trail.close();
    expect(await found(folder.path)).toEqual(ONLY_EXPORT);
  });

  /** The check that fails, or the code with which the file is refused. */
  async function seenAfter(damage: (path: string) => void): Promise<string | null> {
    using copy = temporaryFolder();
    cpSync(record, copy.path, { recursive: true });
    tamper(copy.path, (db) => db.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
    damage(join(copy.path, 'record.db'));
    return await found(copy.path).then(
      ({ alone }) => alone,
      (error: Error & { readonly code: string }) => error.code,
    );
  }

  test('24: a page of zeros in the file', async () => {
    const seen = await seenAfter((path) => {
      const bytes = readFileSync(path);
      const at = bytes.lastIndexOf('before.export');
      writeFileSync(path, bytes.fill(0, at - (at % 4096), at - (at % 4096) + 4096));
    });
    expect(seen).toMatch(/RECORD_DAMAGED|row-hash/);
  });

  test('25: half of the file', async () => {
    const seen = await seenAfter((path) => truncateSync(path, readFileSync(path).length / 2));
    expect(seen).toMatch(/RECORD_DAMAGED|row-hash|seq|head/);
  });

  test('27: the database deleted: a new record begins, under another root fingerprint', async () => {
    using copy = temporaryFolder();
    cpSync(record, copy.path, { recursive: true });
    for (const name of ['record.db', 'record.db-wal', 'record.db-shm']) rmSync(join(copy.path, name), { force: true });
    const trail = await open(copy.path);
    expect((await trail.identity()).rootFingerprint).not.toBe(rootFingerprint);
    await trail.close();
    expect((await found(copy.path)).agrees).toBe(false);
  });

  test('28: the head of another station put on', async () => {
    const { alone } = await after((folder) =>
      tamper(folder, (db) => {
        const range = rebuild(db, readForged(db));
        const other = { origin: originOf('room 2'), size: range.size, root: range.root() };
        putHead(db, range, signCheckpoint(other, newSeed()));
      }),
    );
    expect(alone).toBe('checkpoint');
  });
});
