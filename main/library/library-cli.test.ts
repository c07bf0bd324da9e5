import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { content } from './testing-library.ts';

const folder = mkdtempSync(join(tmpdir(), 'chairside-library-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));
const script = fileURLToPath(new URL('library-cli.ts', import.meta.url));
const at = (name: string): string => join(folder, name);
const run = (...args: readonly string[]) => spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
const keyIn = (text: string): string => /public key: ([0-9a-f]{64})/.exec(text)?.[1] ?? '';

describe('npm run library', { timeout: 120_000 }, () => {
  test('two persons make their keys, sign one file, and a station that trusts both may use it', () => {
    const keys = ['anna.key', 'boris.key'].map((name) => keyIn(run('keygen', at(name)).stdout));
    expect(statSync(at('anna.key')).mode & 0o077).toBe(0);
    expect(run('keygen', at('anna.key')).status).toBe(1);
    const approvedBy = keys.map((key, index) => ({ name: `Approver ${index}`, key }));
    writeFileSync(at('library.json'), JSON.stringify({ library: content({ approvedBy }), signatures: [] }));
    const trust = keys.flatMap((key) => ['--trust', key]);
    expect(run('sign', at('library.json'), '--key', at('anna.key')).stdout).toContain('1 of 2 signatures');
    expect(run('check', at('library.json'), ...trust).stderr).toContain('signature of Approver 1 is missing');
    expect(run('sign', at('library.json'), '--key', at('boris.key')).stdout).toContain('2 of 2 signatures');
    expect(run('check', at('library.json'), ...trust)).toMatchObject({ status: 0 });
    expect(run('check', at('library.json')).stderr).toContain('is not one that this station trusts');
    expect(run('show', at('library.json')).stdout).toContain('Dose rate by weight never outside: 0.1 to 1 mg/kg/h');
    expect(readFileSync(at('library.json'), 'utf8')).not.toContain(readFileSync(at('anna.key'), 'utf8').trim());
  });

  test('begins with the shipped proposal, which nobody has approved and nothing can be signed of yet', () => {
    expect(run('new', at('draft.json')).status).toBe(0);
    expect(run('keygen', at('eve.key')).status).toBe(0);
    expect(run('sign', at('draft.json'), '--key', at('eve.key'))).toMatchObject({ status: 1 });
    writeFileSync(at('strange.json'), JSON.stringify({ library: content(), signatures: [] }));
    expect(run('sign', at('strange.json'), '--key', at('eve.key')).stderr).toContain('names nobody with the key');
  });

  test.each([[], ['sign'], ['sing', 'x'], ['sign', 'x']])('%j explains itself', (...args) => {
    expect(run(...args.flat())).toMatchObject({ status: 1, stderr: expect.stringContaining('usage:') });
  });
});
