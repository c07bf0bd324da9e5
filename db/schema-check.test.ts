import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test, vi } from 'vitest';
import { lookAtRecord } from './look.ts';
import { restoreRecord } from './restore.ts';
import { event, open, recordSession, temporaryFolder } from './test-kit.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Rows 3 and 5 of its session are the start of a pump and its result. */
async function recorded(folder: string): Promise<void> {
  const trail = await open(folder);
  await recordSession(trail, 's1');
  await trail.putAccess({ people: [], recovery: null }, event('access.change', { new: { what: 'person added' } }));
  await trail.close();
}

function change(folder: string, sql: string): void {
  const db = new DatabaseSync(join(folder, 'record.db'));
  db.enableDefensive(false);
  db.exec(sql);
  db.close();
}

const rewrite = (name: string, from: string, to: string): string =>
  `PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, '${from.replaceAll("'", "''")}',
   '${to.replaceAll("'", "''")}') WHERE name = '${name}'; PRAGMA writable_schema = RESET; REINDEX`;

const HIDDEN = rewrite('audit', "(body ->> '$.session')", "(iif(seq = 3, NULL, body ->> '$.session'))");

const lookAt = async (folder: string) => {
  const place = { look: join(folder, 'record.db'), anchorFolder: join(folder, 'anchor'), brought: [], claim: null };
  return (await lookAtRecord(place, () => undefined)).verification.damage;
};

test('a column redefined behind the record, which hides a row from its session, is damage, and its export holds the row', async () => {
  using folder = temporaryFolder();
  await recorded(folder.path);
  change(folder.path, HIDDEN);
  const trail = await open(folder.path);
  expect(await trail.sessionRows('s1')).toHaveLength(5);
  const damage = { what: 'schema', detail: expect.stringContaining('its table audit of audit was changed') as string };
  expect((await trail.verify(undefined, undefined, 'newest')).damage).toMatchObject(damage);
  expect((await trail.status()).concerns.join()).toContain('its table audit of audit was changed');
  await expect(trail.accessChanges()).rejects.toMatchObject({ code: 'RECORD_DAMAGED', message: /table audit/ });
  const { rows, verification } = await trail.bundle('s1');
  expect(verification.damage).toMatchObject(damage);
  expect(rows.map(({ seq }) => seq)).toContain(3);
  await trail.close();
});

const CHANGES = [
  ['a trigger that is gone', 'DROP TRIGGER audit_is_never_deleted', /lacks the trigger audit_is_never_deleted/],
  [
    'a trigger of somebody else',
    'CREATE TRIGGER t AFTER INSERT ON head BEGIN DELETE FROM session; END',
    /trigger t of/,
  ],
  ['a view of somebody else', 'CREATE VIEW v AS SELECT 1', /its view v of v is not of Chairside/],
  ['an index that is gone', 'DROP INDEX audit_keys', /lacks the index audit_keys/],
  ['what only looks like a comment', rewrite('audit', "'$.act'", "'$.act--\n'"), /table audit of audit was changed/],
  ['a version that nobody wrote yet', 'PRAGMA user_version = 999', /of version 999/],
  ['an older version of what is new', 'PRAGMA user_version = 10', /is not of Chairside|was changed/],
] as const;

test.each(CHANGES)('%s is damage to whoever looks at the file', async (_, sql, detail) => {
  using folder = temporaryFolder();
  await recorded(folder.path);
  change(folder.path, sql);
  expect(await lookAt(folder.path)).toMatchObject({ what: 'schema', detail: expect.stringMatching(detail) as string });
});

test('spaces and comments between the words of a statement are no damage', async () => {
  using folder = temporaryFolder();
  await recorded(folder.path);
  change(folder.path, rewrite('audit', 'seq INTEGER', 'seq  /* number */\t-- of the row\n INTEGER'));
  expect(await lookAt(folder.path)).toBeNull();
});

test('a copy with a redefined column takes no place of a record', async () => {
  using folder = temporaryFolder();
  await recorded(folder.path);
  change(folder.path, `${HIDDEN}; PRAGMA journal_mode = delete`);
  using target = temporaryFolder();
  const copy = join(target.path, 'copy.db');
  copyFileSync(join(folder.path, 'record.db'), copy);
  const wanted = { copy, folder: target.path, brought: null, onProgress: () => undefined };
  await expect(restoreRecord(wanted)).rejects.toMatchObject({ code: 'RECORD_DAMAGED', message: /table audit/ });
});

test('a record in which a column hides rows makes no copy that is called checked', async () => {
  using folder = temporaryFolder();
  await recorded(folder.path);
  change(folder.path, HIDDEN);
  const trail = await open(folder.path);
  using target = temporaryFolder();
  await expect(trail.backup(target.path)).rejects.toMatchObject({ code: 'RECORD_DAMAGED', message: /table audit/ });
  await trail.close();
});
