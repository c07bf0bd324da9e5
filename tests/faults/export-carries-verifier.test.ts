import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { open, recordSession, temporaryFolder } from '../../db/test-kit.ts';
import type { Trail } from '../../db/trail.ts';
import { CONTENTS, type ExportContent } from '../../main/export/deidentify/variant.ts';
import { exported } from '../../main/export/testing-export.ts';
import { exitCodeOf } from '../../main/export/verdict.ts';
import { verifyFolder } from '../../main/export/verify-folder.ts';
import { forge } from './export-attacks.ts';

// whoever gets an export of any kind has the check in it, and is told by it what it can say of such an export.

const work = temporaryFolder();
const SESSIONS = ['s1', 's2'];
let trail: Trail;
let root = '';

beforeAll(async () => {
  trail = await open(join(work.path, 'record'));
  for (const session of SESSIONS) await recordSession(trail, session);
  ({ rootFingerprint: root } = await trail.identity());
});

afterAll(async () => {
  await trail.close();
  work[Symbol.dispose]();
});

async function made(content: ExportContent, isCollection: boolean): Promise<string> {
  const collection = isCollection ? { name: `all-${content}`, subject: 'all' } : null;
  const wish = { content, collection, rootFingerprint: root };
  const { path, verified } = await exported(trail, isCollection ? SESSIONS : ['s1'], work.path, wish);
  expect(verified).toBe(true);
  return path;
}

const KINDS = CONTENTS.flatMap((content) => [false, true].map((isCollection) => ({ content, isCollection })));

describe.each(KINDS)('an export $content (collection: $isCollection)', ({ content, isCollection }) => {
  const isIdentified = content === 'identified';
  let path = '';

  beforeAll(async () => {
    path = await made(content, isCollection);
  });

  test('has the stand-alone verifier at its top, which says the same as ours and does not fail', async () => {
    expect(existsSync(join(path, 'verify.mjs'))).toBe(true);
    const run = () => spawnSync(process.execPath, ['verify.mjs', '.', '--root', root], { cwd: path, encoding: 'utf8' });
    const { status, stdout, stderr } = run();
    expect(stderr).toBe('');
    expect(status).toBe(isIdentified ? 0 : 2);
    expect(status).toBe(exitCodeOf(await verifyFolder(path, root)));
    expect(stdout).toMatch(isIdentified ? /IN ORDER\n/ : /NO EVIDENCE\n {2}- Nothing is proven/);
    if (!isIdentified) expect(stdout).not.toContain('IN ORDER');
    writeFileSync(join(path, 'data/events.csv'), 'x');
    expect(run()).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('data/events.csv was changed') as string,
    });
  });

  test('says in its README what that verifier can say of it, and what it cannot', async () => {
    const readme = readFileSync(join(path, 'README.txt'), 'utf8');
    expect(readme).toContain('node verify.mjs .');
    if (isIdentified) return;
    expect(readme).toContain('NO EVIDENCE');
    expect(readme).toMatch(/npm run verify -- FOLDER --record DATA/);
    await forge(path, { 'data/events.csv': (text) => `${text}\r\n` });
    const forged = spawnSync(process.execPath, ['verify.mjs', '.'], { cwd: path, encoding: 'utf8' });
    expect(forged).toMatchObject({ status: 2, stderr: '' });
  });
});
