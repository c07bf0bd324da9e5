import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { openTrail } from './client.ts';
import { leafHash } from './hash.ts';
import { engineChunk, event, NURSE, open, recordSession, temporaryFolder, trend } from './test-kit.ts';

const bodyOf = (body: string): { readonly [name: string]: unknown } => JSON.parse(body) as Record<string, unknown>;

describe('a record', () => {
  test('holds each event as one canonical body that follows from the one before', async () => {
    using folder = temporaryFolder();
    const trail = await open(folder.path);
    const first = await trail.append(event('a', { session: 's', ref: 1, reason: 'why', old: null, new: [1, 'x'] }));
    const second = await trail.append(event('b', { session: 's', mono: 12.9, actor: null, outcome: 'denied' }));
    const [a, b] = await trail.sessionRows('s');
    await trail.close();
    expect(second.seq).toBe(first.seq + 1);
    expect(a?.hash).toBe(leafHash(a?.body ?? '').toString('hex'));
    expect(bodyOf(a?.body ?? '')).toMatchObject({
      v: 2,
      seq: first.seq,
      act: 'a',
      clk: 'unsynced',
      station: 'room 1',
      app: '0.1.0',
      actor: NURSE,
      chair: '1',
      session: 's',
      patient: null,
      old: null,
      new: [1, 'x'],
      reason: 'why',
      outcome: 'ok',
      ref: 1,
    });
    expect(bodyOf(a?.body ?? '')['salt']).toMatch(/^[0-9a-f]{32}$/);
    expect(bodyOf(b?.body ?? '')).toMatchObject({ prev: first.hash, mono: 12, actor: null, outcome: 'denied' });
  });

  test('answers in the order of the calls, and numbers without a gap', async () => {
    using folder = temporaryFolder();
    const trail = await open(folder.path);
    const receipts = await Promise.all(Array.from({ length: 700 }, (_, index) => trail.append(event(`act.${index}`))));
    expect(receipts.map(({ seq }) => seq)).toEqual(receipts.map((_, index) => index + 2));
    expect(await trail.verify()).toMatchObject({ rows: 701, damage: null });
    await trail.close();
  });

  test('goes on where it stopped, with a new key for each run', async () => {
    using folder = temporaryFolder();
    for (let run = 0; run < 3; run += 1) {
      const trail = await open(folder.path);
      await trail.append(event('app.start'));
      expect((await trail.verify()).damage).toBeNull();
      await trail.close();
    }
    const db = new DatabaseSync(join(folder.path, 'record.db'));
    expect(
      db
        .prepare('SELECT act FROM audit ORDER BY seq')
        .all()
        .map((row) => row['act']),
    ).toEqual(['log.genesis', 'app.start', 'key.rotate', 'app.start', 'key.rotate', 'app.start']);
    db.close();
  });

  test('keeps names out of the trail', async () => {
    using folder = temporaryFolder();
    const trail = await open(folder.path);
    await recordSession(trail, 's1');
    const bodies = (await trail.sessionRows('s1')).map(({ body }) => body).join('\n');
    expect(await trail.sessions()).toMatchObject([{ id: 's1', patientName: 'Ada Example', state: 'ended' }]);
    await trail.close();
    expect(bodies).not.toContain('Ada');
  });

  test('closes a session with its first and last row and their number', async () => {
    using folder = temporaryFolder();
    const trail = await open(folder.path);
    await recordSession(trail, 's1');
    const rows = await trail.sessionRows('s1');
    await trail.close();
    const span = { first: rows[0]?.seq, last: rows.at(-1)?.seq, rows: rows.length };
    expect(bodyOf(rows.at(-1)?.body ?? '')['span']).toEqual(span);
  });

  test('refuses what does not fit, and writes nothing of it', async () => {
    using folder = temporaryFolder();
    const trail = await open(folder.path);
    await recordSession(trail, 's1');
    const before = (await trail.verify()).rows;
    const failed = expect.objectContaining({ code: 'RECORD_FAILED' });
    const own = event('session.open', { session: 's1' });
    const person = { chairId: '1', patientId: 'p', patientName: 'n', clinician: 'c' };
    await expect(trail.openSession({ id: 's1', ...person }, own)).rejects.toEqual(failed);
    await expect(trail.openSession({ id: 's2', ...person }, own)).rejects.toEqual(failed);
    await expect(trail.closeSession('s1', 'ended', own)).rejects.toEqual(failed);
    await expect(trail.append(event('a', { new: { dose: 0.5 } }))).rejects.toEqual(failed);
    await expect(trail.putTrend(trend('s1', { spo2: [1] }))).rejects.toEqual(failed);
    await expect(trail.putTrend(trend('s1', { spo2: [], pulse: [], rateUlPerH: [], deliveredUl: [] }))).rejects.toEqual(
      failed,
    );
    await expect(trail.bundle('nobody')).rejects.toEqual(failed);
    expect(await trail.verify()).toMatchObject({ rows: before, damage: null });
    await trail.close();
  });

  test('gives back trends as they were put, gaps included', async () => {
    using folder = temporaryFolder();
    const trail = await open(folder.path);
    await trail.putTrend(trend('s1', { spo2: [97.5, null, 96] }));
    expect(await trail.sessionTrends('s1')).toEqual([trend('s1', { spo2: [97.5, null, 96] })]);
    await trail.close();
  });

  test('chunks with further signs verify beside chunks from before there were any', async () => {
    using folder = temporaryFolder();
    const trail = await open(folder.path);
    const more = trend('s1', { signs: { hr: [70, null, 71], 'nibp-sys': [null, null, 120] } });
    await trail.putTrend(trend('s1', {}));
    await trail.putTrend(more);
    expect((await trail.sessionTrends('s1')).map(({ signs }) => signs)).toEqual([undefined, more.signs]);
    expect((await trail.verify()).damage).toBeNull();
    const uneven = trend('s1', { signs: { hr: [70] } });
    await expect(trail.putTrend(uneven)).rejects.toMatchObject({ code: 'RECORD_FAILED' });
    await trail.close();
  });

  test('keeps engine events to the byte, with their hash and place in a row of the session', async () => {
    using folder = temporaryFolder();
    const trail = await open(folder.path);
    await recordSession(trail, 's1', [engineChunk('s1')]);
    const { engineChunks, rows } = await trail.bundle('s1');
    expect(engineChunks).toEqual([engineChunk('s1').text]);
    const row = rows.map(({ body }) => bodyOf(body)).find((body) => body['act'] === 'engine.chunk');
    const place = { chunk: 1, firstEvent: 1, events: 2, engineEvent: 2, stateHash: null };
    expect(row).toMatchObject({ session: 's1', patient: 'p-s1', new: { ...place, sha256: /^[0-9a-f]{64}$/ } });
    expect((await trail.verify()).damage).toBeNull();
    await trail.close();
  });

  test('refuses engine events whose count is wrong, because an export could not be taken apart again', async () => {
    using folder = temporaryFolder();
    const trail = await open(folder.path);
    for (const events of [0, 1, 3]) {
      await expect(trail.putEngineChunk(engineChunk('s1', { events }))).rejects.toMatchObject({
        code: 'RECORD_FAILED',
      });
    }
    await trail.close();
  });

  test('answers commands while it checks itself', async () => {
    using folder = temporaryFolder();
    const trail = await open(folder.path);
    await Promise.all(Array.from({ length: 1500 }, () => trail.append(event('a'))));
    const order: string[] = [];
    const progress: number[] = [];
    const checked = trail
      .verify((done, total) => progress.push(done / total))
      .then((found) => {
        order.push('verify');
        return found;
      });
    await trail.append(event('b')).then(() => order.push('append'));
    expect((await checked).damage).toBeNull();
    expect(order).toEqual(['append', 'verify']);
    expect(progress.length).toBeGreaterThan(2);
    expect(progress.at(-1)).toBe(1);
    await trail.close();
  });

  test('after close, every call is refused and what was waiting is not left hanging', async () => {
    using folder = temporaryFolder();
    const trail = await open(folder.path);
    const pending = trail.verify();
    const settled = pending.then(
      () => 'answered',
      () => 'refused',
    );
    await trail.close();
    await trail.close();
    expect(['answered', 'refused']).toContain(await settled);
    await expect(trail.append(event('late'))).rejects.toMatchObject({ code: 'RECORD_FAILED' });
  });
});

describe('opening a record', () => {
  test('refuses a second opener with RECORD_LOCKED, and the first goes on', async () => {
    using folder = temporaryFolder();
    const trail = await open(folder.path);
    await expect(open(folder.path)).rejects.toMatchObject({ code: 'RECORD_LOCKED' });
    await trail.append(event('still.here'));
    await trail.close();
  });

  test('refuses the file of another program and leaves it as it is', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'record.db');
    const other = new DatabaseSync(path);
    other.exec('PRAGMA application_id = 77; CREATE TABLE recipe (name TEXT)');
    other.close();
    const before = readFileSync(path);
    await expect(open(folder.path)).rejects.toMatchObject({ code: 'RECORD_DAMAGED', message: /another program/ });
    expect(readFileSync(path)).toEqual(before);
  });

  test('refuses a record of a newer Chairside', async () => {
    using folder = temporaryFolder();
    await (await open(folder.path)).close();
    const db = new DatabaseSync(join(folder.path, 'record.db'));
    db.exec('PRAGMA user_version = 999');
    db.close();
    await expect(open(folder.path)).rejects.toMatchObject({ code: 'RECORD_DAMAGED', message: /newer Chairside/ });
  });

  test('refuses a file that is not a database', async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, 'record.db'), 'not a database '.repeat(100));
    await expect(open(folder.path)).rejects.toMatchObject({ code: 'RECORD_DAMAGED' });
  });

  test('fails with an error of ours where the worker or the schema is not there', async () => {
    using folder = temporaryFolder();
    const nowhere = pathToFileURL(join(folder.path, 'nowhere/'));
    const options = { folder: folder.path, station: 's', appVersion: '0', ballastBytes: 0 };
    await expect(openTrail({ ...options, schemaFolder: nowhere })).rejects.toMatchObject({ code: 'RECORD_FAILED' });
    await expect(openTrail({ ...options, workerUrl: nowhere })).rejects.toMatchObject({ code: 'RECORD_FAILED' });
  });

  test('keeps a reserve for a full disk', async () => {
    using folder = temporaryFolder();
    await (await open(folder.path, 65_536)).close();
    expect(readFileSync(join(folder.path, 'reserve.bin'))).toHaveLength(65_536);
    expect(existsSync(join(folder.path, 'reserve.bin.new'))).toBe(false);
  });
});
