import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engineChunk, open, recordSession, temporaryFolder } from '../../db/test-kit.ts';
import { REDACTED_BODY } from '../../db/verify-session.ts';
import { eventsCsv } from '../../main/export/csv.ts';
import { exportSession } from '../../main/export/export-session.ts';
import { readFolder } from '../../main/export/read-export.ts';
import { exitCodeOf, verdictOf } from '../../main/export/verdict.ts';
import { verifyFolder } from '../../main/export/verify-folder.ts';
import { Random } from '../chaos/random.ts';
import { EXPORT_ATTACKS, forge } from './export-attacks.ts';

// two verifiers that share no code, the station's and the one that lies in every export, must say the same.

const work = temporaryFolder();
let original = '';
let root = '';

beforeAll(async () => {
  const record = join(work.path, 'record');
  const first = await open(record);
  await recordSession(first, 's1');
  await first.close();
  const trail = await open(record);
  await recordSession(trail, 's2', [engineChunk('s2')]);
  ({ folder: original, root } = await exportSession(trail, 's2', work.path));
  await trail.close();
});

afterAll(() => work[Symbol.dispose]());

/** Row and check of the first damage. Only what a verifier calls so stands in a row; files stand for themselves. */
function placeOf(text: string): string | null {
  return /at row (\d+) \(([\w-]+)\)/.exec(text)?.slice(1).join(' ') ?? null;
}

/** The verifier that lies in the folder is the attacker's; the one from the sources is ours. */
const VERIFIER = new URL('../../main/export/verify.mjs', import.meta.url).pathname;

function standAlone(
  folder: string,
  ...more: readonly string[]
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [VERIFIER, folder, '--root', root, ...more], { encoding: 'utf8' });
}

async function bothAfter(change: (folder: string) => Promise<void> | void) {
  using copy = temporaryFolder();
  cpSync(original, copy.path, { recursive: true });
  await change(copy.path);
  return { ours: await verifyFolder(copy.path, root), theirs: standAlone(copy.path) };
}

const TABLE = /\.csv$|alarm-load\.json$/;

describe('both verifiers agree on an export with', () => {
  test.each(EXPORT_ATTACKS)('$name', async ({ change, damage }) => {
    const { ours, theirs } = await bothAfter(change);
    expect(theirs.stderr).toBe('');
    expect(exitCodeOf(ours)).toBe(damage === null ? 0 : 1);
    expect(theirs.status).toBe(exitCodeOf(ours));
    const row = placeOf(ours.damage.join('\n'));
    if (row !== null) expect(placeOf(theirs.stdout)).toBe(row);
    if (damage !== null && !['form', 'bag'].includes(damage)) expect(ours.damage[0]).toContain(`(${damage})`);
    if (damage === null) expect(theirs.stdout).toContain('IN ORDER');
  });

  test('any byte of any file changed, with the manifests as they were and made to fit', async () => {
    const random = new Random(83);
    const paths = [...(await readFolder(original)).keys()].toSorted();
    for (let round = 0; round < 40; round += 1) {
      const path = paths[random.between(0, paths.length - 1)] ?? '';
      const { ours, theirs } = await bothAfter(async (folder) => {
        const bytes = readFileSync(join(folder, path));
        const at = random.between(0, bytes.length - 1);
        bytes[at] = (bytes[at] ?? 0) ^ random.between(1, 255);
        writeFileSync(join(folder, path), bytes);
        // The stand-alone verifier does not make the tables again, and says so.
        if (round % 2 === 0 && !TABLE.test(path)) await forge(folder, {});
      });
      expect(theirs.stderr, `round ${round}, ${path}`).toBe('');
      expect(theirs.status, `round ${round}, ${path}: ${theirs.stdout} ${ours.damage.join(' ')}`).toBe(
        exitCodeOf(ours),
      );
    }
  });
});

test('rows whose text was taken out are counted, and the export is never called in order', async () => {
  const { ours, theirs } = await bothAfter((folder) => {
    const bodies = readFileSync(join(folder, 'data/events.jsonl'), 'utf8').split('\n').slice(0, -1);
    const kept = bodies.map((body) => (body.includes('note.added') ? REDACTED_BODY : body));
    return forge(folder, {
      'data/events.jsonl': () => kept.map((body) => `${body}\n`).join(''),
      'data/events.csv': () => eventsCsv(kept.filter((body) => body !== REDACTED_BODY)),
    });
  });
  expect(ours).toMatchObject({ damage: [], redacted: 1 });
  expect(theirs).toMatchObject({ status: 3, stderr: '' });
  expect(theirs.stdout).toMatch(/^1 REDACTED/);
  expect(theirs.stdout).not.toContain('IN ORDER');
  expect(theirs.stdout).not.toContain('No event is missing');
});

describe('an export whose evidence was taken away is never in order:', () => {
  const PROVING = ['data/proofs.jsonl', 'data/checkpoint.txt'];
  const without = (folder: string, paths: readonly string[]) => {
    for (const path of paths) rmSync(join(folder, path));
  };

  test.each([
    [
      'with manifests made to fit',
      async (folder: string) => {
        without(folder, PROVING);
        await forge(folder, {});
      },
    ],
    [
      'called one without identifiers',
      async (folder: string) => {
        without(folder, [...PROVING, 'data/events.jsonl', 'data/session.json']);
        writeFileSync(join(folder, 'data/deidentified.json'), '{}');
        await forge(folder, {});
      },
    ],
  ])('%s', async (_, change) => {
    const { ours, theirs } = await bothAfter(change);
    expect(theirs).toMatchObject({ status: 2, stderr: '' });
    expect(theirs.stdout).toMatch(/^NO EVIDENCE\n/);
    expect(exitCodeOf(ours)).toBe(2);
    expect(verdictOf(ours)).toBe('NO EVIDENCE');
    expect(ours.findings).toEqual([]);
  });

  test('without new manifests it is damaged', async () => {
    const { ours, theirs } = await bothAfter((folder) => without(folder, PROVING));
    expect([exitCodeOf(ours), theirs.status]).toEqual([1, 1]);
  });
});

test('the one known difference: only the station compares the tables, the stranger is told that nobody did', async () => {
  const { ours, theirs } = await bothAfter((folder) =>
    forge(folder, { 'data/events.csv': (text) => text.replace('12000', '1') }),
  );
  expect(ours.damage.join()).toContain('events.csv does not say');
  expect(theirs.status).toBe(0);
  expect(theirs.stdout).toMatch(/NOT PROVEN[^]*only their manifests were checked:.* data\/events\.csv/);
});

test('the stand-alone verifier says which root it saw and what it cannot prove', () => {
  const without = spawnSync(process.execPath, [join(original, 'verify.mjs'), original], { encoding: 'utf8' });
  expect(without).toMatchObject({ status: 0, stderr: '' });
  expect(without.stdout).toContain(root);
  expect(without.stdout).toContain('compare the root key with the paper');
  const other = spawnSync(process.execPath, [VERIFIER, original, '--root', 'AAAA-AAAA-AAAA-AAAA-AAAA-AAAA'], {
    encoding: 'utf8',
  });
  expect(other).toMatchObject({ status: 1 });
  expect(other.stdout).toContain('another station');
  expect(spawnSync(process.execPath, [VERIFIER], { encoding: 'utf8' })).toMatchObject({ status: 2 });
  expect(spawnSync(process.execPath, [VERIFIER, join(original, 'nowhere')], { encoding: 'utf8' })).toMatchObject({
    status: 2,
  });
});

test('the stand-alone verifier stands alone: nothing but Node, and short enough to be read', () => {
  const text = readFileSync(VERIFIER, 'utf8');
  const imports = [...text.matchAll(/from '([^']+)'/g)].map(([, name]) => name);
  expect(imports.every((name) => name?.startsWith('node:'))).toBe(true);
  expect(text.split('\n').length).toBeLessThanOrEqual(300);
});
