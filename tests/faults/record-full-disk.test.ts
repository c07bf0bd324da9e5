import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type TestContext, test } from 'vitest';
import { event, open, temporaryFolder, trend } from '../../db/test-kit.ts';
import type { Trail } from '../../db/trail.ts';

const DISK_MIB = 3;
const RESERVE = 256 * 1024;

/** A real file system that is really full; needs the right to mount. */
function mountSmallDisk(context: TestContext, path: string): { readonly path: string } & Disposable {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m`, 'tmpfs', path], { stdio: 'pipe' });
  } catch (error) {
    context.skip(`a small disk cannot be mounted here: ${String(error)}`);
  }
  return { path, [Symbol.dispose]: () => void execFileSync('umount', ['-l', path]) };
}

function fillDisk(folder: string): string {
  const path = join(folder, 'something-else');
  for (;;) {
    const { bavail, bsize } = statfsSync(folder);
    if (bavail === 0) return path;
    try {
      appendFileSync(path, Buffer.alloc(bavail * bsize));
    } catch (error) {
      // The record writes at the same time; what it took meanwhile shows in the next look.
      if (!String(error).includes('ENOSPC')) throw error;
    }
  }
}

async function appendUntilRefused(trail: Trail): Promise<{ rows: number; error: unknown }> {
  for (let rows = 0; ; rows += 1) {
    try {
      await trail.append(event('fill', { new: { text: 'x'.repeat(4000) } }));
    } catch (error) {
      return { rows, error };
    }
  }
}

test('R-8.2: a full disk refuses with RECORD_FULL, loses nothing, and works again when there is space', async (context) => {
  using folder = temporaryFolder();
  using disk = mountSmallDisk(context, folder.path);
  const trail = await open(disk.path);
  await trail.append(event('before'));
  const filler = fillDisk(disk.path);

  const { rows, error } = await appendUntilRefused(trail);
  expect(error).toMatchObject({ code: 'RECORD_FULL', message: /Free space/ });
  await expect(trail.putTrend(trend('s'))).rejects.toMatchObject({ code: 'RECORD_FULL' });
  const found = await trail.verify();
  expect(found.damage).toBeNull();
  // Beside these rows there may be one that says that the anchor could not be written either.
  expect(found.rows).toBeGreaterThanOrEqual(rows + 2);

  rmSync(filler);
  expect((await trail.append(event('after'))).seq).toBeGreaterThan(rows + 2);
  expect(await trail.verify()).toMatchObject({ damage: null });
  await trail.close();
});

test('a record opens on a full disk, and what it holds can be read', async (context) => {
  using folder = temporaryFolder();
  using disk = mountSmallDisk(context, folder.path);
  const before = await open(disk.path);
  await before.append(event('before', { session: 's' }));
  await before.close();
  const filler = fillDisk(disk.path);

  const trail = await open(disk.path);
  expect(await trail.sessionRows('s')).toHaveLength(1);
  expect((await appendUntilRefused(trail)).error).toMatchObject({ code: 'RECORD_FULL' });
  rmSync(filler);
  await trail.append(event('after'));
  expect((await trail.verify()).damage).toBeNull();
  await trail.close();
});

test('the reserve carries the events that report the full disk, and its release is recorded', async (context) => {
  using folder = temporaryFolder();
  using disk = mountSmallDisk(context, folder.path);
  const reserve = join(disk.path, 'reserve.bin');
  const trail = await open(disk.path, RESERVE);
  expect(existsSync(reserve)).toBe(true);
  fillDisk(disk.path);

  const { rows, error } = await appendUntilRefused(trail);
  expect(error).toMatchObject({ code: 'RECORD_FULL' });
  expect(existsSync(reserve)).toBe(false);
  // Genesis, the row that says the reserve was spent, and every row that was acknowledged.
  expect(await trail.verify()).toMatchObject({ rows: rows + 2, damage: null });
  await trail.close();
});
