import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engineChunk, open, recordSession, temporaryFolder } from '../../../db/test-kit.ts';
import type { Trail } from '../../../db/trail.ts';
import { printedCheckpoint } from '../../../db/anchor.ts';
import { broughtFrom } from '../brought-anchors.ts';
import { readExport } from '../read-export.ts';
import { exported } from '../testing-export.ts';
import { verifyFolder } from '../verify-folder.ts';

const record = temporaryFolder();
let trail: Trail;
let rootFingerprint: string;

beforeAll(async () => {
  trail = await open(record.path);
  for (const id of ['s0', 's1', 's2']) await recordSession(trail, id, [engineChunk(id)]);
  ({ rootFingerprint } = await trail.identity());
});
afterAll(async () => {
  await trail.close();
  record[Symbol.dispose]();
});

/** Session s1, if nothing else is wished for. */
function made(target: string, wish: Parameters<typeof exported>[3] & { readonly sessions?: readonly string[] } = {}) {
  const { sessions = ['s1'], ...rest } = wish;
  return exported(trail, sessions, target, { rootFingerprint, ...rest });
}

const COLLECTION = { name: 'chairside-day-2026-11-22', subject: 'day 2026-11-22' };

describe('the anchor of an export that must not carry one', { timeout: 180_000 }, () => {
  test.each(['folder', 'zip'] as const)('stays beside it, as a sheet for whoever keeps it (%s)', async (form) => {
    using target = temporaryFolder();
    const { path, manifest, anchorSheet } = await made(target.path, { content: 'safe-harbor', form });
    expect(anchorSheet).toBe(`${path}.anchor.txt`);
    expect(statSync(anchorSheet ?? '').mode & 0o077).toBe(0);
    const sheet = readFileSync(anchorSheet ?? '', 'utf8');
    const { anchors } = await broughtFrom(anchorSheet ?? '');
    const [anchor] = anchors;
    const { origin, size = 0, note = '' } = anchor ?? {};
    expect(origin).toBe((await trail.identity()).origin);
    expect(sheet.replaceAll(/\s+/g, ' ')).toContain('Keep this. Do not hand it out with the export');
    for (const fact of ['room 1', rootFingerprint, note, `${size} rows`, basename(path), manifest]) {
      expect(sheet).toContain(fact);
    }
    expect(sheet).toContain('2026-11-23 08:00:00 +01:00');
    expect(sheet).toContain(printedCheckpoint(note)?.fingerprint);
    const { rows } = await trail.verify();
    expect(size).toBeLessThanOrEqual(rows);
    expect([...(await readExport(path)).keys()].filter((name) => name.includes('anchor'))).toEqual([]);
  });

  test('is in it where it speaks of people anyway, and no sheet lies there', async () => {
    using target = temporaryFolder();
    const { path, anchorSheet } = await made(target.path);
    expect([anchorSheet, readdirSync(target.path)]).toEqual([null, [basename(path)]]);
  });

  test('never replaces the sheet of another, also of one that was handed out and is gone', async () => {
    using target = temporaryFolder();
    const wish = { content: 'safe-harbor', form: 'zip', collection: COLLECTION } as const;
    const first = await made(target.path, wish);
    const before = readFileSync(first.anchorSheet ?? '');
    rmSync(first.path);
    const { path, anchorSheet } = await made(target.path, wish);
    expect(readFileSync(first.anchorSheet ?? '').equals(before)).toBe(true);
    expect([path, anchorSheet]).toEqual([
      first.path.replace('.zip', '-2.zip'),
      `${first.path.replace('.zip', '-2.zip')}.anchor.txt`,
    ]);
  });

  test('is gone with the export where the record cannot tell of it', async () => {
    using target = temporaryFolder();
    const record = () => Promise.reject(new Error('The disk is full.'));
    await expect(made(target.path, { content: 'date-shifted', record })).rejects.toThrow('The disk is full.');
    expect(readdirSync(target.path)).toEqual([]);
  });
});

describe('an export made in its own thread', { timeout: 180_000 }, () => {
  test('of one session has evidence, tables, report and exchange file, and checks out', async () => {
    using target = temporaryFolder();
    const outcome = await made(target.path);
    expect(outcome).toMatchObject({ sessions: 1, rows: 7, verified: true });
    const data = readdirSync(join(outcome.path, 'data')).toSorted();
    expect(data).toEqual(
      expect.arrayContaining(['events.jsonl', 'fhir.json', 'proofs.jsonl', 'report.pdf', 'trends.csv']),
    );
    const manifest = readFileSync(join(outcome.path, 'tagmanifest-sha256.txt'));
    expect(outcome.manifest).toBe(createHash('sha256').update(manifest).digest('hex'));
    expect(readdirSync(target.path).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('as a zip is the same in one file, never replaces another, and checks out', async () => {
    using target = temporaryFolder();
    const [one, other] = [await made(target.path, { form: 'zip' }), await made(target.path, { form: 'zip' })];
    expect(one).toMatchObject({ verified: true, path: expect.stringMatching(/\.zip$/) });
    expect(other.path).toMatch(/-2\.zip$/);
    expect(await verifyFolder(one.path, rootFingerprint)).toMatchObject({ damage: [], rows: 7 });
  });

  test('of many sessions has a bag for each, an index and one table of events', async () => {
    using target = temporaryFolder();
    const steps: number[] = [];
    const outcome = await made(target.path, {
      sessions: ['s0', 's1', 's2'],
      collection: COLLECTION,
      onProgress: (done) => steps.push(done),
    });
    expect(outcome).toMatchObject({ sessions: 3, rows: 21, verified: true });
    expect(steps).toEqual([1, 2, 3]);
    const index = readFileSync(join(outcome.path, 'data', 'index.csv'), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(index).toHaveLength(4);
    const events = readFileSync(join(outcome.path, 'data', 'events.csv'), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(events).toHaveLength(1 + 21);
    for (const name of readdirSync(join(outcome.path, 'data', 'sessions'))) {
      const report = await verifyFolder(join(outcome.path, 'data', 'sessions', name), rootFingerprint);
      expect(report).toMatchObject({ damage: [], rows: 7 });
    }
  });

  test('of many sessions in a zip lies in one folder, and a change inside any session is named', async () => {
    using target = temporaryFolder();
    const wish = { sessions: ['s0', 's1'], collection: COLLECTION };
    const { path: zip } = await made(target.path, { ...wish, form: 'zip' });
    expect(Object.keys(unzipSync(readFileSync(zip))).every((name) => name.startsWith(`${COLLECTION.name}/`))).toBe(
      true,
    );
    const { path } = await made(target.path, wish);
    const [name = ''] = readdirSync(join(path, 'data', 'sessions'));
    const inner = join(path, 'data', 'sessions', name, 'data', 'fhir.json');
    writeFileSync(inner, readFileSync(inner, 'utf8').replace('Ada Example', 'Bob Example'));
    const { damage } = await verifyFolder(path, rootFingerprint);
    expect(damage.join('\n')).toContain(`${name}: data/fhir.json does not say what the signed events say`);
    expect(damage.join('\n')).toContain('fhir.json was changed');
  });

  test('passes sha256sum, with every manifest', async ({ skip }) => {
    using target = temporaryFolder();
    const { path } = await made(target.path);
    for (const manifest of ['manifest-sha256.txt', 'tagmanifest-sha256.txt']) {
      const { error, status } = spawnSync('sha256sum', ['-c', '--strict', manifest], { cwd: path });
      if (error !== undefined) skip('sha256sum is not on this machine');
      expect(status).toBe(0);
    }
  });

  test('has its name only when the record tells of it, and is gone where the record cannot', async () => {
    using target = temporaryFolder();
    const names: string[][] = [];
    const { path } = await made(target.path, {
      form: 'zip',
      record: async ({ manifest, verified }) => {
        expect(verified).toBe(true);
        expect(manifest).toMatch(/^[0-9a-f]{64}$/);
        names.push(readdirSync(target.path));
      },
    });
    expect(names.flat()).toEqual([expect.stringMatching(/^\.chairside-/)]);
    expect(readdirSync(target.path)).toEqual([basename(path)]);
    const failing = made(target.path, { record: () => Promise.reject(new Error('The disk is full.')) });
    await expect(failing).rejects.toThrow('The disk is full.');
    expect(readdirSync(target.path)).toEqual([basename(path)]);
  });

  test('of many sessions checks the record once, says how far it is, and can be cancelled then', async () => {
    using target = temporaryFolder();
    const checked: number[] = [];
    const wish = { sessions: ['s0', 's1', 's2'], collection: COLLECTION };
    await made(target.path, { ...wish, onChecked: (rows, of) => void (rows === of && checked.push(rows)) });
    expect(checked).toHaveLength(1);
    const abort = new AbortController();
    const cancelled = made(target.path, { ...wish, signal: abort.signal, onChecked: () => abort.abort() });
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    expect(readdirSync(target.path)).toEqual([COLLECTION.name]);
  });

  test('that is cancelled leaves nothing behind', async () => {
    using target = temporaryFolder();
    const abort = new AbortController();
    const cancelled = made(target.path, {
      sessions: ['s0', 's1', 's2'],
      collection: COLLECTION,
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    expect(readdirSync(target.path)).toEqual([]);
  });

  test('that is cancelled while it gets its name is complete: it is not called cancelled', async () => {
    using target = temporaryFolder();
    const abort = new AbortController();
    const record = async () => void setImmediate(() => abort.abort());
    const { path, anchorSheet } = await made(target.path, { content: 'safe-harbor', signal: abort.signal, record });
    expect(abort.signal.aborted).toBe(true);
    expect(readdirSync(target.path).toSorted()).toEqual([basename(path), basename(anchorSheet ?? '')]);
  });

  test('that is cancelled while its last row is written down gets no name', async () => {
    using target = temporaryFolder();
    const abort = new AbortController();
    const record = async () => abort.abort();
    const cancelled = made(target.path, { content: 'safe-harbor', signal: abort.signal, record });
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    expect(readdirSync(target.path)).toEqual([]);
  });

  test('that fails on the way leaves nothing behind and says why', async () => {
    using target = temporaryFolder();
    const failing = made(target.path, { sessions: ['s0', 'nobody'], collection: COLLECTION });
    await expect(failing).rejects.toMatchObject({ code: 'RECORD_FAILED' });
    expect(readdirSync(target.path)).toEqual([]);
  });
});
