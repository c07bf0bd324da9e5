import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { open, recordSession, temporaryFolder } from '../../db/test-kit.ts';
import { MerkleTree } from '../../db/merkle.ts';
import { exportSession } from '../../main/export/export-session.ts';
import { rowHashes } from '../faults/record-kit.ts';

// Go's own signed notes and transparency logs (Debian: golang-go, golang-golang-x-mod-dev) judge an export.

const SOURCE = fileURLToPath(new URL('./oracle.go', import.meta.url));
const PACKAGE_FILE = '/src/golang.org/x/mod/sumdb/note/note.go';

/** Folder that Go calls its path, from the list of files of the package; null with the reason where it is not there. */
function goPath(): { readonly path: string | null; readonly why: string } {
  if (spawnSync('go', ['version']).status !== 0) return { path: null, why: 'Go is not installed (Debian: golang-go)' };
  const files = spawnSync('dpkg', ['-L', 'golang-golang-x-mod-dev'], { encoding: 'utf8' }).stdout ?? '';
  const found = files.split('\n').find((file) => file.endsWith(PACKAGE_FILE));
  if (found === undefined)
    return { path: null, why: 'golang.org/x/mod is not installed (Debian: golang-golang-x-mod-dev)' };
  return { path: found.slice(0, -PACKAGE_FILE.length), why: '' };
}

const go = goPath();
if (go.path === null) process.stderr.write(`skipped: the oracle in Go, because ${go.why}\n`);

describe.skipIf(go.path === null)("Go's transparency log", () => {
  const work = temporaryFolder();
  const program = join(work.path, 'oracle');
  const older = join(work.path, 'older.txt');
  const step = join(work.path, 'step.json');
  let exported = '';

  beforeAll(async () => {
    const environment = { ...process.env, GO111MODULE: 'off', GOPATH: go.path ?? '' };
    execFileSync('go', ['build', '-o', program, SOURCE], { env: environment });
    const trail = await open(join(work.path, 'record'));
    await recordSession(trail, 's1');
    const { checkpoint } = await trail.bundle('s1');
    await recordSession(trail, 's2');
    ({ folder: exported } = await exportSession(trail, 's2', work.path));
    await trail.close();
    writeFileSync(older, checkpoint);
    const size = sizeOf(readFileSync(join(exported, 'data/checkpoint.txt'), 'utf8'));
    writeFileSync(step, JSON.stringify(consistency(sizeOf(checkpoint), size)));
  }, 120_000);

  afterAll(() => work[Symbol.dispose]());

  const sizeOf = (note: string): number => Number(note.split('\n')[1]);

  function consistency(from: number, to: number): string[] {
    const tree = new MerkleTree();
    for (const hash of rowHashes(join(work.path, 'record'))) tree.append(hash);
    return tree.consistency(from, to).map((hash) => hash.toString('hex'));
  }

  const judge = (...args: readonly string[]): string => spawnSync(program, args, { encoding: 'utf8' }).stdout.trim();

  function judgeAfter(path: string, edit: (text: string) => string): string {
    using copy = temporaryFolder();
    cpSync(exported, copy.path, { recursive: true });
    const file = join(copy.path, 'data', path);
    const text = readFileSync(file, 'utf8');
    const edited = edit(text);
    expect(edited).not.toBe(text);
    writeFileSync(file, edited);
    return judge(copy.path);
  }

  test('accepts the checkpoint, the keys and every inclusion proof of an export', () => {
    expect(judge(exported)).toBe('accepted');
  });

  test('accepts that an older checkpoint is the beginning of the newest', () => {
    expect(judge(exported, older, step)).toBe('accepted');
  });

  const digit = (one: string): string => (one === '0' ? '1' : '0');

  test.each([
    ['an edited event', 'events.jsonl', (text: string) => text.replace('12000', '1')],
    ['an edited hash', 'proofs.jsonl', (text: string) => text.replace(/(?<="hash":")./, digit)],
    ['an edited proof', 'proofs.jsonl', (text: string) => text.replace(/(?<="proof":\[")./, digit)],
    ['a proof cut short', 'proofs.jsonl', (text: string) => text.replace(/(?<=\[)"[0-9a-f]{64}",/, '')],
    ['a proof for another row', 'proofs.jsonl', (text: string) => text.replace(/"seq":(\d+)/, '"seq":1$1')],
    ['another size', 'checkpoint.txt', (text: string) => text.replace(/\n(\d+)\n/, '\n1$1\n')],
    [
      'an edited root',
      'checkpoint.txt',
      (text: string) => text.replace(/\n([^\n])([^\n]{42}=)\n/, (_, a, b) => `\n${digit(String(a))}${String(b)}\n`),
    ],
    ['an edited signature', 'checkpoint.txt', (text: string) => text.replace(/.(?=.{8}\n$)/, digit)],
    ['another key', 'keys.jsonl', (text: string) => text.replace(/(?<=pub\\":\\")./, digit)],
    [
      'a key without its handover',
      'keys.jsonl',
      (text: string) => text.replace(/"handover":\{.*\}\}/, '"handover":null}'),
    ],
  ])('rejects %s', (_, path, edit) => {
    expect(judgeAfter(path, edit)).toMatch(/^rejected/);
  });

  test('rejects an altered, a shortened and a foreign step between two checkpoints', () => {
    const proof = JSON.parse(readFileSync(step, 'utf8')) as string[];
    const wrong = join(work.path, 'wrong.json');
    const sizes = [older, join(exported, 'data/checkpoint.txt')].map((path) => sizeOf(readFileSync(path, 'utf8')));
    const foreign = consistency((sizes[0] ?? 0) - 1, sizes[1] ?? 0);
    const altered = proof.map((hash, index) => (index === 0 ? digit(hash.charAt(0)) + hash.slice(1) : hash));
    for (const attempt of [altered, proof.slice(1), [...proof, proof[0] ?? ''], foreign]) {
      writeFileSync(wrong, JSON.stringify(attempt));
      expect(judge(exported, older, wrong)).toMatch(/^rejected/);
    }
  });
});
