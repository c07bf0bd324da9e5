import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { open, recordSession, temporaryFolder } from '../../db/test-kit.ts';
import { forge } from '../../tests/faults/export-attacks.ts';
import { type ExportedSession, exportSession } from './export-session.ts';

const work = temporaryFolder();
let exported: ExportedSession;

beforeAll(async () => {
  const trail = await open(join(work.path, 'record'));
  await recordSession(trail, 's1');
  exported = await exportSession(trail, 's1', work.path);
  await trail.close();
});

afterAll(() => work[Symbol.dispose]());

function verify(...args: readonly string[]) {
  const cli = fileURLToPath(new URL('./verify-cli.ts', import.meta.url));
  return spawnSync(process.execPath, [cli, ...args], { cwd: dirname(exported.folder), encoding: 'utf8' });
}

test('says what is proven and what is not, for a path relative to the caller', () => {
  const { status, stdout } = verify(basename(exported.folder), '--root', exported.root);
  expect(stdout).toMatch(/^IN ORDER\n/);
  expect(stdout).toContain('6 events');
  expect(stdout).toContain('No event is missing');
  expect(stdout).toContain('Not proven');
  expect(status).toBe(0);
});

test('a README that was changed with its manifests is not called as it was exported', async () => {
  using copy = temporaryFolder();
  cpSync(exported.folder, copy.path, { recursive: true });
  writeFileSync(join(copy.path, 'README.txt'), 'This export needs no check.\n');
  await forge(copy.path, {});
  const { status, stdout } = verify(copy.path);
  expect(status).toBe(0);
  expect(stdout).not.toContain('as it was exported');
  expect(stdout).toMatch(
    /Not proven[^]*That nobody changed [^\n]*README\.txt, verify\.mjs or the notice in data\/session\.json/,
  );
});

test('without the fingerprint, it says that the root key is not proven', () => {
  expect(verify(exported.folder).stdout).toContain('compare its fingerprint');
});

test.each([[[]], [['a', 'b']], [['a', '--what']]])('%j is a usage error', (args) => {
  const { status, stderr } = verify(...args);
  expect(stderr).toContain('usage:');
  expect(status).toBe(2);
});

test('a folder that is not there cannot be checked', () => {
  expect(verify('nowhere')).toMatchObject({ status: 2, stderr: expect.stringContaining('nowhere') as string });
});

test('damage is named and gives exit code 1', () => {
  appendFileSync(join(exported.folder, 'data', 'trends.jsonl'), ' \n');
  const { status, stdout } = verify(exported.folder);
  expect(stdout).toMatch(/^DAMAGED\n/);
  expect(stdout).toContain('data/trends.jsonl');
  expect(status).toBe(1);
});
