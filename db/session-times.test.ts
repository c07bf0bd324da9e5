import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { putHead, readForged, rebuild, tamper } from '../tests/faults/record-kit.ts';
import { originOf, signCheckpoint } from './checkpoint.ts';
import { publicKeyOf } from './ed25519.ts';
import { fileKeyStore, newSeed } from './keys.ts';
import { lookAtRecord } from './look.ts';
import { event, open, recordSession, temporaryFolder } from './test-kit.ts';

// Before version 9 of the file the clock was read once for a row and once more for the session table.

const ORIGIN = originOf('room 1');

/** What versions after 8 added to the file, taken out of it again. */
const NEWER = `DROP INDEX audit_station; DROP INDEX audit_checks; DROP INDEX audit_pumps; DROP INDEX audit_clock_steps;
  ${['pumps', 'pauses', 'overrides', 'given_ug', 'ending', 'signers', 'people']
    .map((column) => `ALTER TABLE session_facts DROP COLUMN ${column};`)
    .join(' ')}`;

const later = (column: string, seconds: number): string =>
  `${column} = strftime('%Y-%m-%dT%H:%M:%fZ', ${column}, '+${seconds} seconds')`;

/** The rows as that version wrote them, under one key; without the changes of key, of which an older key would have to sign. */
function toVersion1(folder: string): void {
  const seed = newSeed();
  const pub = publicKeyOf(seed).toString('hex');
  tamper(folder, (db) => {
    const rows = readForged(db).filter(({ body }) => body['act'] !== 'key.rotate');
    const older = rows.map(({ seq, body }) => ({
      seq,
      body: { ...body, v: 1, ...(seq === 1 && { new: { origin: ORIGIN, pub } }) },
    }));
    const range = rebuild(db, older);
    putHead(db, range, signCheckpoint({ origin: ORIGIN, size: range.size, root: range.root() }, seed));
    db.exec('DELETE FROM checkpoint; DELETE FROM verified');
  });
  fileKeyStore(join(folder, 'keys')).save({ current: seed, next: null });
  rmSync(join(folder, 'anchor'), { recursive: true });
}

async function olderRecord(folder: string): Promise<void> {
  const trail = await open(folder);
  await recordSession(trail, 's1');
  await trail.close();
  toVersion1(folder);
  const db = new DatabaseSync(join(folder, 'record.db'));
  const times = `${later('opened_at', 0.008)}, ${later('closed_at', 0.008)}`;
  db.exec(`UPDATE session SET ${times}; ${NEWER} PRAGMA user_version = 8`);
  db.close();
}

const lookAt = async (folder: string) => {
  const place = { look: join(folder, 'record.db'), anchorFolder: join(folder, 'anchor'), brought: [], claim: null };
  return (await lookAtRecord(place, () => undefined)).verification.damage;
};

test('a record of an older version is in order where it lies, and its sessions get the times of their rows at the next start', async () => {
  using folder = temporaryFolder();
  await olderRecord(folder.path);
  expect(await lookAt(folder.path)).toBeNull();
  const trail = await open(folder.path);
  expect((await trail.verify()).damage).toBeNull();
  const rows = (await trail.sessionRows('s1')).map(({ body }) => (JSON.parse(body) as { readonly ts: string }).ts);
  expect(await trail.sessions()).toMatchObject([{ openedAt: rows.at(0), closedAt: rows.at(-1) }]);
  await trail.close();
});

test('a copy of this version that calls itself an older one moves no time of a session', async () => {
  using folder = temporaryFolder();
  const trail = await open(folder.path);
  await recordSession(trail, 's1');
  await trail.close();
  const db = new DatabaseSync(join(folder.path, 'record.db'));
  db.exec(`UPDATE session SET ${later('opened_at', 30)}; ${NEWER} PRAGMA user_version = 8`);
  db.close();
  expect(await lookAt(folder.path)).toMatchObject({ what: 'session' });
});

async function damageAfter(change: string) {
  using folder = temporaryFolder();
  const trail = await open(folder.path);
  await recordSession(trail, 's1');
  const person = { chairId: '1', patientId: 'p', patientName: 'n', clinician: 'c' };
  await trail.openSession({ id: 's2', ...person }, event('session.open', { session: 's2' }));
  await trail.close();
  const db = new DatabaseSync(join(folder.path, 'record.db'));
  db.exec(change);
  db.close();
  const again = await open(folder.path);
  const { damage } = await again.verify();
  await again.close();
  return damage;
}

test.each([
  ['given another end', "UPDATE session SET state = 'interrupted' WHERE id = 's1'", /another end/],
  ['moved to another day', "UPDATE session SET opened_at = '2026-01-01T00:00:00.000Z' WHERE id = 's1'", /beginning/],
  ['closed by nobody', "UPDATE session SET state = 'ended', closed_at = opened_at WHERE id = 's2'", /no row closes/],
])('a session %s behind the record is damage', async (_, change, detail) => {
  expect(await damageAfter(change)).toMatchObject({ what: 'session', detail: expect.stringMatching(detail) as string });
});
