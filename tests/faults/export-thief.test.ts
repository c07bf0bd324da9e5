import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { event, open, recordSession, temporaryFolder } from '../../db/test-kit.ts';
import { exportSession } from '../../main/export/export-session.ts';
import { verifyFolder } from '../../main/export/verify-folder.ts';
import { resign } from './export-thief.ts';

// whoever steals the newest signing key rewrites no row of an older key, in an export as little as in the record.

const work = temporaryFolder();
const record = join(work.path, 'record');
const VERIFIER = new URL('../../main/export/verify.mjs', import.meta.url).pathname;
/** A session whose key is forgotten, and one that is still under the newest key. */
let closed = '';
let running = '';
let root = '';

beforeAll(async () => {
  const trail = await open(record);
  await recordSession(trail, 'old');
  const person = { chairId: '1', patientId: 'p-new', patientName: 'Ada Example', clinician: 'nurse-7' };
  const own = { session: 'new', patient: 'p-new' };
  await trail.openSession({ id: 'new', ...person }, event('session.open', own));
  await trail.append(event('pump.start.intent', { ...own, new: { rateUlPerH: 12_000 } }));
  ({ folder: closed, root } = await exportSession(trail, 'old', work.path));
  ({ folder: running } = await exportSession(trail, 'new', work.path));
  await trail.close();
});

afterAll(() => work[Symbol.dispose]());

async function bothAfterTheft(original: string, edit: (body: string) => string) {
  using copy = temporaryFolder();
  cpSync(original, copy.path, { recursive: true });
  await resign(copy.path, record, edit);
  const { status, stdout, stderr } = spawnSync(process.execPath, [VERIFIER, copy.path, '--root', root], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return { ours: await verifyFolder(copy.path, root), theirs: { status, stdout } };
}

const aTenth = (body: string): string => body.replaceAll('12000', '1200');

describe('the thief of the newest key', () => {
  test('who signs what was there gets an export in order: the forger of this test makes no mistakes', async () => {
    const { ours, theirs } = await bothAfterTheft(closed, (body) => body);
    expect(ours.damage).toEqual([]);
    expect(theirs.status).toBe(0);
  });

  test('cannot rewrite the dose of a session whose key was forgotten', async () => {
    const { ours, theirs } = await bothAfterTheft(closed, aTenth);
    expect(ours.damage[0]).toMatch(/\(root\).*before row \d+ are not those that the key of that time signed/);
    expect(theirs.status).toBe(1);
    expect(theirs.stdout).toMatch(/\(root\).*before row \d+ are not those that the key of that time signed/);
  });

  test('can rewrite rows since the last change of key: both say from which row on nothing else vouches', async () => {
    const { ours, theirs } = await bothAfterTheft(running, aTenth);
    expect(ours.damage).toEqual([]);
    expect(theirs.status).toBe(0);
    for (const text of [ours.notProven.join('\n'), theirs.stdout]) {
      expect(text).toMatch(/holder of the newest signing key did not rewrite rows from \d+ on/);
    }
  });
});
