import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { printedCheckpoint } from '../../db/anchor.ts';
import { open, recordSession, temporaryFolder } from '../../db/test-kit.ts';
import { exportSession } from './export-session.ts';
import { verdictOf } from './verdict.ts';
import { verifyFolder } from './verify-folder.ts';

test('exports over a lost signing key verify, and say which paper each part needs', async () => {
  using folder = temporaryFolder();
  using target = temporaryFolder();
  const before = await open(folder.path);
  await recordSession(before, 'old');
  const { rootFingerprint: oldRoot } = await before.identity();
  await before.close();
  rmSync(join(folder.path, 'keys'), { recursive: true });
  const trail = await open(folder.path);
  await recordSession(trail, 'new');
  const { rootFingerprint: newRoot } = await trail.identity();
  for (const session of ['old', 'new']) {
    const exported = await exportSession(trail, session, target.path);
    expect(exported).toMatchObject({ verified: true, root: newRoot });
    const withNew = await verifyFolder(exported.folder, newRoot);
    const withOld = await verifyFolder(exported.folder, oldRoot);
    const without = await verifyFolder(exported.folder);
    expect([withNew.damage, withOld.damage, without.damage]).toEqual([[], [], []]);
    expect([withNew, withOld, without].map(verdictOf)).toEqual(['IN ORDER', 'NO EVIDENCE', 'IN ORDER']);
    expect(withNew.notProven.join()).toContain(`the old root key ${oldRoot} vouches: compare it with the older paper`);
    expect(withOld.notProven.join()).toMatch(
      /Anything from row \d+ on: .*, which is none of those given.*made the newest signature/,
    );
    expect(without.notProven.join()).toContain('compare both with the paper');
    expect((await verifyFolder(exported.folder, 'AAAA-BBBB')).damage).toHaveLength(1);
  }
  await trail.close();
});

test('a bundle carries the checkpoint that is printed and what the check just before it found', async () => {
  using folder = temporaryFolder();
  const trail = await open(folder.path);
  await recordSession(trail, 's');
  const { verification, checkpoint } = await trail.bundle('s');
  await trail.close();
  const printed = printedCheckpoint(checkpoint);
  if (printed === null) throw new Error('the checkpoint is none');
  expect(checkpoint).toContain(`\n${printed.size}\n${Buffer.from(printed.root, 'hex').toString('base64')}\n`);
  expect(printed.fingerprint).toMatch(/^\d+ ([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/);
  expect(verification).toMatchObject({ damage: null, rows: printed.size - 1 });
});
