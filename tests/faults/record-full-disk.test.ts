import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, rmSync, statfsSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, type TestContext, test } from 'vitest';
import { event, open, temporaryFolder, trend } from '../../db/test-kit.ts';
import type { Trail } from '../../db/trail.ts';

const DISK_MIB = 3;
const RESERVE = 256 * 1024;
const ROOM_FOR_SOME = 256 * 1024;

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
      await trail.append(event('fill', { session: 'fill', new: { text: 'x'.repeat(4000) } }));
    } catch (error) {
      return { rows, error };
    }
  }
}

function actsIn(folder: string): readonly unknown[] {
  const db = new DatabaseSync(join(folder, 'record.db'), { readOnly: true });
  const acts = db.prepare('SELECT act FROM audit ORDER BY seq').all();
  db.close();
  return acts.map(({ act }) => act);
}

test('R-8.2: a full disk refuses with RECORD_FULL, loses nothing, and works again when there is space', async (context) => {
  using folder = temporaryFolder();
  using disk = mountSmallDisk(context, folder.path);
  const trail = await open(disk.path);
  await trail.append(event('before'));
  const filler = fillDisk(disk.path);
  truncateSync(filler, statSync(filler).size - ROOM_FOR_SOME);

  const { rows, error } = await appendUntilRefused(trail);
  expect(rows).toBeGreaterThan(0);
  expect(error).toMatchObject({ code: 'RECORD_FULL', message: /Free space/ });
  await expect(trail.putTrend(trend('s'))).rejects.toMatchObject({ code: 'RECORD_FULL' });
  const found = await trail.verify();
  expect(found.damage).toBeNull();
  // Nothing that was acknowledged is lost, and nothing that was refused is there.
  expect(await trail.sessionRows('fill')).toHaveLength(rows);
  // Genesis and the first event; the record's own words, as that no anchor could be written, may still have fitted in.
  expect(found.rows).toBeGreaterThanOrEqual(rows + 2);

  rmSync(filler);
  const { seq } = await trail.append(event('after'));
  expect(seq).toBeGreaterThan(found.rows);
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
  const filler = fillDisk(disk.path);

  const { rows, error } = await appendUntilRefused(trail);
  expect(error).toMatchObject({ code: 'RECORD_FULL' });
  expect(existsSync(reserve)).toBe(false);
  expect((await trail.verify()).damage).toBeNull();
  expect(await trail.sessionRows('fill')).toHaveLength(rows);
  await trail.close();
  rmSync(filler);
  // Of the record's own words one may still have fitted in: that no anchor could be written.
  const own = actsIn(disk.path).filter((act) => act !== 'fill' && act !== 'log.anchor.failed');
  expect(own).toEqual(['log.genesis', 'log.reserve.released']);
});
