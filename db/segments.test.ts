import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { event, open, recordSession, temporaryFolder } from './test-kit.ts';

const keysOf = (folder: string): string => join(folder, 'keys');

const LOSSES: readonly (readonly [string, (folder: string) => void])[] = [
  ['gone', (folder) => rmSync(keysOf(folder), { recursive: true })],
  ['garbled', (folder) => writeFileSync(join(keysOf(folder), 'signing-key.json'), '{"current":')],
];

test.each(LOSSES)(
  'a signing key that is %s: the record goes on in a new segment that names the old head',
  async (_, lose) => {
    using folder = temporaryFolder();
    const before = await open(folder.path);
    await recordSession(before, 's1');
    const { rootFingerprint: oldRoot } = await before.identity();
    const { rows, root } = await before.verify();
    await before.close();
    lose(folder.path);

    const trail = await open(folder.path);
    const status = await trail.status();
    expect(status).toMatchObject({ segment: 2, enrolled: false });
    expect(status.rootFingerprint).not.toBe(oldRoot);
    expect(status.concerns.join()).toContain(`enrol the new root fingerprint ${status.rootFingerprint}`);
    await recordSession(trail, 's2');
    expect((await trail.verify()).damage).toBeNull();
    expect(await trail.sessionRows('s1')).toHaveLength(6);
    await trail.append(event('key.enrolled', { new: { rootFingerprint: status.rootFingerprint } }));
    expect((await trail.status()).concerns).toEqual([]);
    await trail.close();

    const db = new DatabaseSync(join(folder.path, 'record.db'));
    const row = db.prepare("SELECT body FROM audit WHERE act = 'log.genesis' AND seq > 1").get();
    db.close();
    const genesis = JSON.parse(String(row?.['body'])) as { new: { previous: object } };
    expect(genesis.new.previous).toMatchObject({ origin: 'chairside/room%201', size: rows, root });
  },
);

test('a third segment follows the second, and all of them verify', async () => {
  using folder = temporaryFolder();
  for (let run = 1; run <= 3; run += 1) {
    rmSync(keysOf(folder.path), { recursive: true, force: true });
    const trail = await open(folder.path);
    await trail.append(event('a'));
    expect((await trail.status()).segment).toBe(run);
    expect((await trail.verify()).damage).toBeNull();
    await trail.close();
  }
});

test('where not even a new key can be kept, the record opens for reading', async () => {
  using folder = temporaryFolder();
  const before = await open(folder.path);
  await recordSession(before, 's1');
  await before.close();
  rmSync(keysOf(folder.path), { recursive: true });
  // A folder where the draft of the key file would go.
  mkdirSync(join(keysOf(folder.path), 'signing-key.json.new'), { recursive: true });
  const trail = await open(folder.path);
  await expect(trail.append(event('a'))).rejects.toMatchObject({ code: 'RECORD_DAMAGED', message: /signing key/ });
  expect(await trail.sessionRows('s1')).toHaveLength(6);
  expect((await trail.verify()).damage).toBeNull();
  await trail.close();
});
