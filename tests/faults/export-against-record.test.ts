import { execFile, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leafHash } from '../../db/hash.ts';
import { event, open, recordSession, temporaryFolder } from '../../db/test-kit.ts';
import type { Trail } from '../../db/trail.ts';
import { REDACTED_BODY } from '../../db/verify-session.ts';
import { eventsCsv } from '../../main/export/csv.ts';
import { exportSession } from '../../main/export/export-session.ts';
import { exportBench } from '../../main/station/export-bench.ts';
import { choose } from '../../main/station/export-choice.ts';
import type { ExportRequest } from '../../main/station/export-desk.ts';
import { EXPORT_ATTACKS, forge } from './export-attacks.ts';
import { putHead, readForged, rebuild, startWriter, tamper } from './record-kit.ts';

// an export and the record it came from, each held to the other, as processes on real folders.

const work = temporaryFolder();
const station = join(work.path, 'station');
/** The record as it was before the exported session. */
const early = join(work.path, 'early');
/** The record after the exports, with more rows. */
const record = join(work.path, 'record');
let trail: Trail;
let own = '';
let collection = '';
let unnamed = '';
/** Exports without a row that tells of their end, and with one that it was cancelled. */
let untold = '';
let cancelled = '';
/** Row numbers of the exported session. */
let rows: readonly number[] = [];

const SAM = { id: 'sam', name: 'Sam', role: 'supervisor' } as const;
const S2 = { kind: 'session', sessionId: 's2' } as const;

async function exported(request: ExportRequest): Promise<string> {
  const target = join(work.path, `exports-${request.form}-${request.content}-${request.subject.kind}`);
  const desk = exportBench(trail, target, () => undefined);
  const done = await desk.result(desk.start(request, await choose(request.subject, request.content, trail), SAM));
  if (done.state !== 'done') throw new Error(`the export ended as ${JSON.stringify(done)}`);
  return done.path;
}

beforeAll(async () => {
  const first = await open(station);
  await recordSession(first, 's1');
  await first.close();
  cpSync(station, early, { recursive: true });
  trail = await open(station);
  await recordSession(trail, 's2');
  own = await exported({ subject: S2, form: 'folder', content: 'identified' });
  collection = await exported({
    subject: { kind: 'person', patientId: 'p-s2' },
    form: 'zip',
    content: 'identified',
  });
  unnamed = await exported({ subject: S2, form: 'folder', content: 'safe-harbor' });
  ({ folder: untold } = await exportSession(trail, 's2', join(work.path, 'untold')));
  ({ folder: cancelled } = await exportSession(trail, 's2', join(work.path, 'cancelled')));
  await trail.append(event('export.ended', { outcome: 'failed', reason: 'cancelled' }));
  await recordSession(trail, 's3');
  await trail.close();
  cpSync(station, record, { recursive: true });
  const proofs = readFileSync(join(own, 'data/proofs.jsonl'), 'utf8').split('\n').slice(0, -1);
  rows = proofs.map((line) => (JSON.parse(line) as { readonly seq: number }).seq);
}, 240_000);

afterAll(() => work[Symbol.dispose]());

const CLI = fileURLToPath(new URL('../../main/export/verify-cli.ts', import.meta.url));

function verify(...args: readonly string[]) {
  return spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8' });
}

/** What a checker is told whose copy of the record, and of the export, somebody changed. */
async function after(
  change: (folders: { readonly record: string; readonly export: string }) => Promise<void> | void,
  path = own,
) {
  using copy = temporaryFolder();
  const folders = { record: join(copy.path, 'record'), export: join(copy.path, 'export') };
  cpSync(record, folders.record, { recursive: true });
  cpSync(path, folders.export, { recursive: true });
  await change(folders);
  return verify(folders.export, '--record', folders.record);
}

const attack = (name: string) => {
  const found = EXPORT_ATTACKS.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no attack "${name}"`);
  return found.change;
};
const seq = (at: number): number => rows[at] ?? 0;

describe('an export held to its record', { timeout: 180_000 }, () => {
  test.each([
    ['a folder', () => own],
    ['a collection in a zip', () => collection],
  ])('%s: is in order, and the record vouches for every file of it', (_, path) => {
    const { status, stdout, stderr } = verify(path(), '--record', record);
    expect(stdout).toMatch(/^IN ORDER\n/);
    expect(stdout).toContain('All 6 events and the keys are those of the record, to the byte');
    expect(stdout).toMatch(/The station wrote exactly these files: row \d+ of the record/);
    expect(stdout).toMatch(
      /The record: The first \d+ rows are those that were anchored \(the checkpoint of the export\)/,
    );
    expect(stdout).not.toContain('That the pages of');
    expect(stderr).toMatch(/(\d+) of \1 rows\n/);
    expect(status).toBe(0);
  });

  test('without identifiers it proves nothing by itself, and the record vouches for its files', async () => {
    expect(verify(unnamed)).toMatchObject({ status: 2, stdout: expect.stringMatching(/^NO EVIDENCE\n/) as string });
    const { status, stdout } = verify(unnamed, '--record', record);
    expect(stdout).toMatch(/^IN ORDER\n[^]*The station wrote exactly these files/);
    expect(status).toBe(0);
    const forged = await after(
      ({ export: folder }) => forge(folder, { 'data/trends.csv': (text) => `${text}\r\n` }),
      unnamed,
    );
    expect(forged.stdout).toMatch(/^NO EVIDENCE\n/);
    expect(forged.status).toBe(2);
  });

  test('a session by itself out of a collection: what the record knows is the hash of the whole', () => {
    using folder = temporaryFolder();
    for (const [path, content] of Object.entries(unzipSync(readFileSync(collection)))) {
      const [, inside] = /\/data\/sessions\/[^/]+\/(.+)$/.exec(path) ?? [];
      if (inside === undefined) continue;
      mkdirSync(dirname(join(folder.path, inside)), { recursive: true });
      writeFileSync(join(folder.path, inside), content);
    }
    const { status, stdout } = verify(folder.path, '--record', record);
    expect(stdout).toMatch(/Not proven[^]*holds the hash of a whole collection: check that/);
    expect(status).toBe(0);
  });

  test('of whose end the record says nothing, is in order, and that is not proven', () => {
    const { status, stdout } = verify(untold, '--record', record);
    expect(stdout).toMatch(/^IN ORDER\n[^]*Not proven[^]*the record has no row that says so/);
    expect(status).toBe(0);
  });

  test('that was cancelled says the record, and somebody has it, is damaged', () => {
    const { status, stdout } = verify(cancelled, '--record', record);
    expect(stdout).toMatch(/^DAMAGED\n[^]*says that this export was not completed \(cancelled\)/);
    expect(status).toBe(1);
  });

  test('a redacted copy is as before, except for what was taken out', async () => {
    const { status, stdout } = await after(({ export: folder }) => {
      const bodies = readFileSync(join(folder, 'data/events.jsonl'), 'utf8').split('\n').slice(0, -1);
      const kept = bodies.map((body) => (body.includes('note.added') ? REDACTED_BODY : body));
      return forge(folder, {
        'data/events.jsonl': () => kept.map((body) => `${body}\n`).join(''),
        'data/events.csv': () => eventsCsv(kept.filter((body) => body !== REDACTED_BODY)),
      });
    }, untold);
    expect(stdout).toMatch(/^1 REDACTED/);
    expect(stdout).toContain('All 6 events and the keys are those of the record');
    expect(status).toBe(3);
  });
});

const ENDS = 'it was cut off, or an older copy was put back';
const OTHER = 'the export has another row there than the record';
const LEFT_OUT = 'the record has this row of the session, and the export does not: it was left out';
const GONE = 'the export has this row, and the record does not';

type Change = Parameters<typeof after>[0];

/** Rewrites the dose of the exported session, and everything that can be made to fit without the key. */
const rewritten: Change = ({ record: folder }) =>
  tamper(folder, (db) => {
    const forged = readForged(db).map((row) =>
      row.seq === seq(1) ? { ...row, body: { ...row.body, new: { rateUlPerH: 1 } } } : row,
    );
    putHead(db, rebuild(db, forged));
  });
const inRecord =
  (sql: string, ...values: readonly (number | string | Uint8Array)[]): Change =>
  ({ record: folder }) =>
    tamper(folder, (db) => void db.prepare(sql).run(...values));
const inExport =
  (name: string): Change =>
  ({ export: folder }) =>
    attack(name)(folder);
const editedBody = (): string => {
  const body = readFileSync(join(own, 'data/events.jsonl'), 'utf8').split('\n')[1] ?? '';
  return body.replace('12000', '1');
};

/** Each with the row that must be named first, and what is said of it. */
const DAMAGE: readonly [what: string, change: Change, at: () => number, say: string][] = [
  [
    'a dose edited in the record, with its hash',
    (folders) =>
      inRecord(
        'UPDATE audit SET body = ?, hash = ? WHERE seq = ?',
        editedBody(),
        leafHash(editedBody()),
        seq(1),
      )(folders),
    () => seq(1),
    OTHER,
  ],
  ['the record rewritten from that dose on', rewritten, () => seq(1), OTHER],
  [
    'a row deleted from the record',
    (folders) => inRecord('DELETE FROM audit WHERE seq = ?', seq(3))(folders),
    () => seq(3),
    GONE,
  ],
  ['a dose edited in the export', inExport('a dose edited'), () => seq(1), OTHER],
  ['the opening row left out of the export', inExport('the opening row left out'), () => seq(0), LEFT_OUT],
  ['a middle row left out of the export', inExport('a middle row left out'), () => seq(5), LEFT_OUT],
  [
    'the tail cut off the export, with the row that states how long it was',
    inExport('the tail cut off, and the row away that states how long it was'),
    () => seq(3),
    LEFT_OUT,
  ],
];

describe('names the first row, where there was', { timeout: 180_000 }, () => {
  test.each(DAMAGE)('%s', async (_, change, at, say) => {
    const { status, stdout } = await after(change);
    expect(stdout).toMatch(/^DAMAGED\n/);
    expect(stdout).toContain(`First difference at row ${at()}: ${say}`);
    expect(status).toBe(1);
  });

  test('an older record put back, whole in itself', () => {
    expect(verify(early).status).toBe(0);
    const { status, stdout } = verify(own, '--record', early);
    const last = Number(/the record ends at row (\d+)/.exec(stdout)?.[1]);
    expect(last).toBeLessThan(seq(0));
    expect(stdout).toContain(`First difference at row ${last + 1}: the export proves that there were`);
    expect(stdout).toContain(ENDS);
    expect(status).toBe(1);
  });

  test('an older record that went on with rows of its own', async () => {
    using folder = temporaryFolder();
    cpSync(early, folder.path, { recursive: true });
    const fork = await open(folder.path);
    for (let row = 0; row < 60; row += 1) await fork.append(event('fork'));
    await fork.close();
    expect(verify(folder.path).status).toBe(0);
    const { status, stdout } = verify(own, '--record', folder.path);
    expect(stdout).toMatch(/^DAMAGED\n/);
    // The start after the copy changed the key: that row is in the export, and differs first.
    expect(Number(/First difference at row (\d+): the export has another row/.exec(stdout)?.[1])).toBeLessThanOrEqual(
      seq(0),
    );
    expect(stdout).toContain('rewritten or forked');
    expect(status).toBe(1);
  });

  test('the record of another station', async () => {
    using folder = temporaryFolder();
    const other = await open(folder.path);
    await recordSession(other, 's2');
    await other.close();
    const { status, stdout } = verify(own, '--record', folder.path);
    expect(stdout).toContain('First difference at row 1: the record does not begin with the row');
    expect(status).toBe(1);
  });

  test('nothing but a page of the report changed, which no check of the export alone can find', async () => {
    const change: Change = async ({ export: folder }) => {
      appendFileSync(join(folder, 'data/report.pdf'), '\n');
      await forge(folder, {});
      expect(verify(folder).status).toBe(0);
    };
    const { status, stdout } = await after(change);
    expect(stdout).toMatch(/^DAMAGED\n[^]*Row \d+ of the record holds the hash of another manifest for this export/);
    expect(status).toBe(1);
  });
});

describe('the record of a station that runs', { timeout: 180_000 }, () => {
  test('is held to an export in a copy that goes away', async () => {
    const running = await open(station);
    using folder = temporaryFolder();
    const args = [CLI, own, '--record', station];
    const { status, stdout } = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      env: { ...process.env, TMPDIR: folder.path },
    });
    await running.append(event('later'));
    await running.close();
    expect(stdout).toMatch(/^IN ORDER\n[^]*Not proven[^]*it runs, and a copy was checked/);
    expect(status).toBe(0);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test('is whole in every copy, as fast as it writes', async () => {
    using folder = temporaryFolder();
    const writer = startWriter(folder.path);
    await writer.line;
    for (let round = 0; round < 4; round += 1) {
      const before = writer.seen();
      // Not waited for with a blocked thread: the writer would stop at a pipe that nobody reads.
      const { stdout } = await promisify(execFile)(process.execPath, [CLI, folder.path]);
      expect(stdout).toMatch(/^IN ORDER\n/);
      expect(Number(/(\d+) rows are unchanged/.exec(stdout)?.[1])).toBeGreaterThanOrEqual(before);
      expect(writer.seen()).toBeGreaterThan(before);
    }
    await writer.kill();
  });
});

test('what is no record, and a record in the place of an export, is not a check', () => {
  const empty = join(work.path, 'empty');
  mkdirSync(empty, { recursive: true });
  expect(verify(own, '--record', empty)).toMatchObject({ status: 2, stdout: '' });
  expect(verify(record, '--record', record).stderr).toContain('usage:');
  expect(verify('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('--record DATA') as string });
});

test('a record whose file is torn is damaged, and the export is not blamed', async () => {
  const { status, stdout, stderr } = await after(({ record: folder }) => {
    const file = join(folder, 'record.db');
    truncateSync(file, Math.floor(readFileSync(file).length / 2));
  });
  expect(status).toBe(1);
  expect(`${stdout}${stderr}`).toMatch(/damaged/i);
  expect(stdout).not.toContain('The export: ');
});
