import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { event, open, recordSession, temporaryFolder } from '../../db/test-kit.ts';
import { exportSession } from '../../main/export/export-session.ts';

// who has the disk and no key of it goes on with a key of their own, as a station that lost its key does: a new
// segment that repeats the genuine head, a row that says it was enrolled, a session that never was.

const work = temporaryFolder();
const forged = join(work.path, 'forged');
let paper = '';
/** Root key of who went on, and their first row. */
let other = '';
let from = 0;
/** Exports made afterwards: of a genuine session, and of the one that never was. */
const exports: string[] = [];

beforeAll(async () => {
  const genuine = join(work.path, 'genuine');
  const station = await open(genuine);
  await recordSession(station, 'real');
  ({ rootFingerprint: paper } = await station.identity());
  await station.close();
  cpSync(genuine, forged, { recursive: true });
  rmSync(join(forged, 'keys'), { recursive: true });
  const trail = await open(forged);
  ({ rootFingerprint: other } = await trail.identity());
  await trail.append(event('key.enrolled', { new: { rootFingerprint: other } }));
  await recordSession(trail, 'never');
  for (const session of ['real', 'never']) exports.push((await exportSession(trail, session, work.path)).folder);
  const rows = (await trail.bundle('never')).keyRows;
  from = rows.find(({ body }) => body.includes('"previous"'))?.seq ?? 0;
  await trail.close();
}, 60_000);

afterAll(() => work[Symbol.dispose]());

const fileOf = (name: string): string => fileURLToPath(new URL(`../../main/export/${name}`, import.meta.url));

const CHECKS: readonly [what: string, args: () => readonly string[]][] = [
  ['the record, by our verifier', () => [fileOf('verify-cli.ts'), forged]],
  ['an export of the genuine session, by our verifier', () => [fileOf('verify-cli.ts'), exports[0] ?? '']],
  ['an export of the forged session, by our verifier', () => [fileOf('verify-cli.ts'), exports[1] ?? '']],
  [
    'an export of the forged session held to the record',
    () => [fileOf('verify-cli.ts'), exports[1] ?? '', '--record', forged],
  ],
  [
    'an export of the genuine session, by the verifier that stands alone',
    () => [fileOf('verify.mjs'), exports[0] ?? ''],
  ],
  [
    'an export of the forged session, by the verifier that stands alone',
    () => [fileOf('verify.mjs'), exports[1] ?? ''],
  ],
];

describe('rows that anybody appended under a key of their own are not in order under the genuine paper:', () => {
  test.each(CHECKS)('%s', (_, args) => {
    const verify = (...roots: readonly string[]) =>
      spawnSync(process.execPath, [...args(), ...roots.flatMap((root) => ['--root', root])], { encoding: 'utf8' });
    const { status, stdout } = verify(paper);
    expect(stdout).toMatch(/^NO EVIDENCE\n/);
    expect(stdout).not.toMatch(/IN ORDER|Proven/);
    expect(stdout).toMatch(new RegExp(`[Rr]ow ${from} on: .*root key .*${other}.*(none of those|was not) given`));
    expect(status).toBe(2);
    expect(verify(paper, other)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^IN ORDER\n/) as string });
    expect(verify('AAAA-BBBB', 'CCCC-DDDD')).toMatchObject({ status: 1 });
  });
});
