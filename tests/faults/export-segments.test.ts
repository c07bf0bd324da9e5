import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { open, recordSession, temporaryFolder } from '../../db/test-kit.ts';
import { exportSession } from '../../main/export/export-session.ts';
import { exported } from '../../main/export/testing-export.ts';
import { exitCodeOf } from '../../main/export/verdict.ts';
import { verifyFolder } from '../../main/export/verify-folder.ts';
import { forge } from './export-attacks.ts';

// both verifiers on what a station exports after its signing key was lost, all of it in one zip: two segments,
// two root keys, and for each session a bag that must prove itself alone.

const work = temporaryFolder();
const SESSIONS = ['old', 'new'];
const roots: string[] = [];
/** The unzipped collection, and the bags of its sessions. */
let collection = '';
let bags: readonly string[] = [];
/** An export of the first of these sessions by itself. */
let alone = '';

function unzip(path: string, target: string): string {
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(path)))) {
    mkdirSync(dirname(join(target, name)), { recursive: true });
    writeFileSync(join(target, name), bytes);
  }
  return join(target, readdirSync(target)[0] ?? '');
}

beforeAll(async () => {
  const record = join(work.path, 'record');
  for (const session of SESSIONS) {
    const trail = await open(record);
    await recordSession(trail, session);
    roots.push((await trail.identity()).rootFingerprint);
    await trail.close();
    if (session === 'old') rmSync(join(record, 'keys'), { recursive: true });
  }
  const trail = await open(record);
  const target = join(work.path, 'target');
  mkdirSync(target);
  const { path, verified } = await exported(trail, SESSIONS, target, {
    form: 'zip',
    collection: { name: 'all', subject: 'all' },
    rootFingerprint: roots[1] ?? '',
  });
  ({ folder: alone } = await exportSession(trail, 'old', work.path));
  await trail.close();
  expect(verified).toBe(true);
  collection = unzip(path, join(work.path, 'unzipped'));
  const inner = join(collection, 'data', 'sessions');
  bags = readdirSync(inner).map((name) => join(inner, name));
}, 170_000);

afterAll(() => work[Symbol.dispose]());

const VERIFIER = new URL('../../main/export/verify.mjs', import.meta.url).pathname;

async function both(folder: string, ...papers: readonly string[]) {
  const args = [folder, ...papers.flatMap((paper) => ['--root', paper])];
  const { status, stdout, stderr } = spawnSync(process.execPath, [VERIFIER, ...args], { encoding: 'utf8' });
  expect(stderr).toBe('');
  const ours = await verifyFolder(folder, ...papers);
  return { ours: exitCodeOf(ours), theirs: status, report: ours, stdout };
}

describe('each session of a collection over a lost key', () => {
  test('is in order for both verifiers, under both papers, under the newer one and without one', async () => {
    expect(bags).toHaveLength(2);
    for (const bag of bags) {
      for (const papers of [roots, roots.toReversed(), roots.slice(1), []]) {
        expect(await both(bag, ...papers)).toMatchObject({ ours: 0, theirs: 0 });
      }
      const { stdout } = await both(bag);
      for (const root of roots) expect(stdout).toContain(root);
      expect(stdout).toContain('the signing key was lost in between');
    }
    expect((await verifyFolder(collection, roots[1] ?? '')).damage).toEqual([]);
  });

  test('is not in order under the older paper alone: anybody could have begun the newer segment', async () => {
    for (const bag of bags) {
      const { ours, theirs, report, stdout } = await both(bag, roots[0] ?? '');
      expect({ ours, theirs, findings: report.findings }).toEqual({ ours: 2, theirs: 2, findings: [] });
      for (const text of [report.notProven.join('\n'), stdout]) {
        expect(text).toMatch(new RegExp(`[Rr]ow \\d+ on: .*root key .*${roots[1]}.*(none of those|was not) given`));
      }
    }
    expect(await both(collection, roots[0] ?? '')).toMatchObject({ ours: 2, theirs: 2 });
  });

  test('says which older paper was not given, and nothing of that where it was', async () => {
    const missing = new RegExp(
      `${roots[0]} vouches: compare it with the older paper|with the paper, ${roots[0]} was not given`,
    );
    for (const bag of bags) {
      const newer = await both(bag, roots[1] ?? '');
      const all = await both(bag, ...roots);
      for (const [text, more] of [
        [newer.report.notProven.join('\n'), all.report.notProven.join('\n')],
        [newer.stdout, all.stdout],
      ]) {
        expect(text).toMatch(missing);
        expect(more).not.toMatch(missing);
      }
    }
  });

  test('is the record of another station under a third paper', async () => {
    for (const bag of bags) expect(await both(bag, 'AAAA-BBBB')).toMatchObject({ ours: 1, theirs: 1 });
  });

  test('and the collection as a whole is in order for both, is not with a session damaged, and proves nothing empty', async () => {
    expect(await both(collection, roots[1] ?? '')).toMatchObject({ ours: 0, theirs: 0 });
    using copy = temporaryFolder();
    cpSync(collection, copy.path, { recursive: true });
    const [name = ''] = readdirSync(join(copy.path, 'data', 'sessions'));
    const events = join(copy.path, 'data', 'sessions', name, 'data', 'events.jsonl');
    writeFileSync(events, readFileSync(events, 'utf8').replace('12000', '1'));
    const { ours, theirs, stdout } = await both(copy.path, roots[1] ?? '');
    expect({ ours, theirs }).toEqual({ ours: 1, theirs: 1 });
    expect(stdout).toContain(`data/sessions/${name}/: DAMAGED`);
    rmSync(join(copy.path, 'data', 'sessions'), { recursive: true });
    await forge(copy.path, {});
    expect(await both(copy.path, roots[1] ?? '')).toMatchObject({ ours: 2, theirs: 2 });
  });

  test('and a session cut out of it, doubled, or taken from another export is found by both', async () => {
    const inner = (folder: string): string => join(folder, 'data', 'sessions');
    const changes: ((folder: string, name: string) => void)[] = [
      (folder, name) => rmSync(join(inner(folder), name), { recursive: true }),
      (folder, name) => cpSync(join(inner(folder), name), join(inner(folder), `${name}-2`), { recursive: true }),
      (folder, name) => {
        rmSync(join(inner(folder), name), { recursive: true });
        cpSync(alone, join(inner(folder), name), { recursive: true });
      },
    ];
    for (const change of changes) {
      using copy = temporaryFolder();
      cpSync(collection, copy.path, { recursive: true });
      change(copy.path, basename(bags[0] ?? ''));
      await forge(copy.path, {});
      const { ours, theirs, report } = await both(copy.path, roots[1] ?? '');
      expect({ ours, theirs }).toEqual({ ours: 1, theirs: 1 });
      expect(report.damage.join()).toMatch(
        /is missing, with which this export began|more than once|more than one export/,
      );
    }
  });

  test.each([
    ['data/index.csv', 'ended', 'open'],
    ['data/events.csv', '12000', '1'],
  ])(
    'and its table %s is made again from the signed events: a change with fitting manifests is found',
    async (path, from, to) => {
      using copy = temporaryFolder();
      cpSync(collection, copy.path, { recursive: true });
      expect(readFileSync(join(copy.path, path), 'utf8')).toContain(from);
      await forge(copy.path, { [path]: (text) => text.replace(from, to) });
      const { ours, report, stdout } = await both(copy.path, roots[1] ?? '');
      expect(ours).toBe(1);
      expect(report.damage.join()).toContain(`${path} does not say what the signed events`);
      expect(stdout).toMatch(/NOT PROVEN: data\/index\.csv, data\/events\.csv of all/);
    },
  );

  test('and a report with other events attached is found, though its manifests fit', async () => {
    using copy = temporaryFolder();
    cpSync(bags[0] ?? '', copy.path, { recursive: true });
    const report = join(copy.path, 'data', 'report.pdf');
    const pdf = readFileSync(report);
    deflateSync('{"act":"pump.start"}\n').copy(pdf, pdf.indexOf('stream\n', pdf.indexOf('/EmbeddedFile')) + 7);
    writeFileSync(report, pdf);
    await forge(copy.path, {});
    const { damage } = await verifyFolder(copy.path);
    expect(damage).toEqual(['What is attached to data/report.pdf is not the signed events and their checkpoint.']);
  });

  test('carries the verifier that checks it', () => {
    for (const bag of bags) {
      expect(spawnSync(process.execPath, [join(bag, 'verify.mjs'), bag], { encoding: 'utf8' }).status).toBe(0);
    }
  });
});

type KeyLine = { body: string; handover: { checkpoint: string } | null };
/** Changes the line of the row that begins the second segment. */
const atSegment = (change: (line: KeyLine) => KeyLine | null) => (text: string) =>
  text
    .split('\n')
    .flatMap((line) => {
      if (!line.includes('previous')) return [line];
      const changed = change(JSON.parse(line) as KeyLine);
      return changed === null ? [] : [JSON.stringify(changed)];
    })
    .join('\n');

describe('both verifiers find, in a bag over two segments,', () => {
  test.each([
    ['the row of the new segment left out', atSegment(() => null)],
    ['its signature left out', atSegment((line) => ({ ...line, handover: null }))],
    [
      'the head of the lost key edited',
      atSegment((line) => ({ ...line, body: line.body.replace(/"size":\d/, '"size":1') })),
    ],
    ['a new root key put in', atSegment((line) => ({ ...line, body: line.body.replace(/(?<="pub":")./, 'x') }))],
    [
      'its checkpoint cut short',
      atSegment((line) => ({ ...line, handover: { checkpoint: (line.handover?.checkpoint ?? '').slice(0, 40) } })),
    ],
  ])('%s', async (_, change) => {
    for (const bag of bags) {
      using copy = temporaryFolder();
      cpSync(bag, copy.path, { recursive: true });
      const before = readFileSync(join(bag, 'data/keys.jsonl'), 'utf8');
      expect(change(before)).not.toBe(before);
      await forge(copy.path, { 'data/keys.jsonl': change });
      expect(await both(copy.path)).toMatchObject({ ours: 1, theirs: 1 });
    }
  });
});
