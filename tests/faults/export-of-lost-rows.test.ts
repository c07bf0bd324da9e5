import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engineChunk, event, open, recordSession, temporaryFolder } from '../../db/test-kit.ts';
import { type ExportedSession, exportSession } from '../../main/export/export-session.ts';
import { verifyFolder } from '../../main/export/verify-folder.ts';
import { exportBench } from '../../main/station/export-bench.ts';
import { choose } from '../../main/station/export-choice.ts';
import { tamper } from './record-kit.ts';

// what is left of a record that lost rows is evidence, and must reach whoever has to look at it, with the loss named.

const work = temporaryFolder();
const whole = join(work.path, 'record');
/** Row numbers of the session, whose third is not its second's next: another chair's lies between. */
let own: readonly number[] = [];

beforeAll(async () => {
  const trail = await open(whole);
  await recordSession(trail, 's1', [engineChunk('s1')]);
  own = (await trail.sessionRows('s1')).map(({ seq }) => seq);
  await recordSession(trail, 's2');
  await trail.close();
});

afterAll(() => work[Symbol.dispose]());

const VERIFIER = fileURLToPath(new URL('../../main/export/verify.mjs', import.meta.url));

interface Result extends ExportedSession {
  readonly ours: readonly string[];
  readonly theirs: { readonly status: number | null; readonly stdout: string; readonly stderr: string };
  readonly file: (path: string) => string;
}

async function exportedFrom(damage: (folder: string) => void): Promise<Result> {
  const copy = join(work.path, `copy-${readdirSync(work.path).length}`);
  cpSync(whole, copy, { recursive: true });
  damage(copy);
  const trail = await open(copy);
  try {
    const exported = await exportSession(trail, 's1', join(copy, 'exports'));
    const theirs = spawnSync(process.execPath, [VERIFIER, exported.folder], { encoding: 'utf8' });
    const { damage: ours } = await verifyFolder(exported.folder);
    return { ...exported, ours, theirs, file: (path) => readFileSync(join(exported.folder, path), 'utf8') };
  } finally {
    await trail.close();
  }
}

/** So many that none of the pages in the middle holds a row that names a key (even). */
const NOTES = 60;

const lost = (sql: string) => (folder: string) => tamper(folder, (db) => db.exec(sql));
const rows = (from: number, to = from) => `DELETE FROM audit WHERE seq BETWEEN ${own.at(from)} AND ${own.at(to)}`;

const LOST: readonly [what: string, sql: () => string, first: () => number | undefined, named: () => string][] = [
  ['the opening row', () => rows(0), () => own[0], () => `row ${own[0]}`],
  ['a row in the middle', () => rows(2), () => own[2], () => `row ${own[2]}`],
  [
    'rows side by side, so that their hashes are gone',
    () => rows(2, 4),
    () => own[2],
    () => `rows ${own[2]} to ${own[4]}`,
  ],
  ['the closing row', () => rows(-1), () => own.at(-1), () => `row ${own.at(-1)}`],
  ['every row of the session', () => rows(0, -1), () => own[0], () => `rows ${own[0]} to ${own.at(-1)}`],
  ['the row of the root key', () => 'DELETE FROM audit WHERE seq = 1', () => 1, () => 'row 1'],
  [
    'the end of the record, so that it takes no row any more',
    () => 'DELETE FROM audit WHERE seq > 14',
    () => 15,
    () => 'rows 15 to ',
  ],
];

describe('the export of a session from a record that lost', { timeout: 60_000 }, () => {
  test.each(LOST)(
    '%s: holds what is left, and both verifiers name the first row that is missing',
    async (_, sql, first, named) => {
      const { folder, verified, ours, theirs, file } = await exportedFrom(lost(sql()));
      expect(folder).toMatch(/-NOT-WHOLE$/);
      expect(verified).toBe(false);
      expect(ours[0]).toContain(`First damage at row ${first()} (seq): row ${first()} is missing`);
      expect(theirs).toMatchObject({ status: 1, stderr: '' });
      expect(theirs.stdout).toContain(`at row ${first()} (seq): row ${first()} is missing`);
      for (const path of ['README.txt', 'damage.txt'])
        expect(file(path)).toContain(`Missing in the record: ${named()}`);
      expect(file('bag-info.txt')).toContain(`NOT WHOLE: without ${named()}`);
    },
  );

  test('a row of another session, whose hash the next one names: is whole, because the session is', async () => {
    const { folder, verified, ours, theirs } = await exportedFrom(lost('DELETE FROM audit WHERE seq = 4'));
    expect(folder).not.toContain('NOT-WHOLE');
    expect([verified, ours, theirs.status]).toEqual([true, [], 0]);
  });

  test('its head: holds every row, and says that nothing is signed', async () => {
    const { folder, ours, theirs, file } = await exportedFrom(lost('DELETE FROM head'));
    expect(folder).toMatch(/-NOT-WHOLE$/);
    expect(ours[0]).toContain('(checkpoint): the checkpoint is not signed');
    expect(theirs.status).toBe(1);
    expect(file('data/events.jsonl').trimEnd().split('\n')).toHaveLength(own.length);
    expect(file('damage.txt')).toContain('could not take the row that states what this export holds');
  });

  test.each([
    ['bytes that are no text', "x'ff00ff'"],
    ['text that is no JSON', "CAST('not JSON' AS BLOB)"],
    ['JSON that is no minute', "CAST('5' AS BLOB)"],
  ])('its trend values, which are now %s: names the row that vouches for them', async (_, bytes) => {
    const vouching = own[3];
    const { folder, ours, theirs } = await exportedFrom(lost(`UPDATE trend_chunk SET body = ${bytes}`));
    expect(folder).toMatch(/-NOT-WHOLE$/);
    expect(ours[0]).toContain(`First damage at row ${vouching} (trend)`);
    expect(theirs).toMatchObject({
      status: 1,
      stdout: expect.stringContaining(`at row ${vouching} (trend)`) as string,
    });
  });

  test('a page of its file: holds the rows of the other pages', async () => {
    const copy = join(work.path, 'page');
    const folder = join(copy, 'exports');
    const written = await open(copy);
    const session = { session: 's1', patient: 'p-s1' };
    const person = { id: 's1', chairId: '1', patientId: 'p-s1', patientName: 'Ada Example', clinician: 'nurse-7' };
    await written.openSession(person, event('session.open', session));
    for (let note = 0; note < NOTES; note += 1) await written.append(event('note.added', session));
    await written.closeSession('s1', 'ended', event('session.end', session));
    await written.close();
    const path = join(copy, 'record.db');
    const bytes = readFileSync(path);
    const page = bytes.readUInt16BE(16);
    const at = bytes.indexOf(`"seq":${NOTES / 2},`);
    writeFileSync(path, bytes.fill(0, at - (at % page), at - (at % page) + page));
    const trail = await open(copy);
    const exported = await exportSession(trail, 's1', folder);
    await trail.close();
    expect(exported.folder).toMatch(/-NOT-WHOLE$/);
    const { damage } = await verifyFolder(exported.folder);
    const first = Number(/First damage at row (\d+) \(seq\): row \1 is missing/.exec(damage[0] ?? '')?.[1]);
    expect(first).toBeLessThanOrEqual(NOTES / 2);
    const events = readFileSync(join(exported.folder, 'data/events.jsonl'), 'utf8').trimEnd().split('\n');
    expect(events.length).toBeGreaterThan(NOTES - 15);
    expect(events.length).toBeLessThan(NOTES + 2);
  });

  test('its end, by the supervisor at the station: the export is handed out, though the record cannot tell of it', async () => {
    const copy = join(work.path, 'desk');
    cpSync(whole, copy, { recursive: true });
    lost(LOST.at(-1)?.[1]() ?? '')(copy);
    const trail = await open(copy);
    const desk = exportBench(trail, join(copy, 'exports'), () => undefined);
    const subject = { kind: 'session', sessionId: 's1' } as const;
    const request = { subject, form: 'folder', content: 'identified' } as const;
    const sam = { id: 'sam', name: 'Sam', role: 'supervisor' } as const;
    const done = await desk.result(desk.start(request, await choose(subject, 'identified', trail), sam));
    await trail.close();
    expect(done).toMatchObject({
      state: 'done',
      verified: false,
      path: expect.stringMatching(/-NOT-WHOLE$/) as string,
    });
  });
});

test('the minutes of a session on screen are those that can still be read', async () => {
  const copy = join(work.path, 'minutes');
  cpSync(whole, copy, { recursive: true });
  lost("UPDATE trend_chunk SET body = CAST('not JSON' AS BLOB)")(copy);
  const trail = await open(copy);
  expect(await trail.sessionTrends('s1')).toEqual([]);
  await trail.close();
});
