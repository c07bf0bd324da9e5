import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import disk from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../db/test-kit.ts';
import { differences, stampOf } from './program-files.ts';

/** Seconds since 1970, as an archive tells them: of every build the same ones. */
const PACKED = 1_000_000_000;

let folder: ReturnType<typeof temporaryFolder>;
const at = (name: string): string => join(folder.path, name);

beforeEach(() => {
  folder = temporaryFolder();
  mkdirSync(at('main/station'), { recursive: true });
  for (const name of ['main/a.ts', 'main/station/b.ts']) {
    writeFileSync(at(name), 'one');
    utimesSync(at(name), PACKED, PACKED);
  }
  writeFileSync(at('app.asar'), 'an archive');
});
afterEach(() => folder[Symbol.dispose]());

/** What is found after the change, without the path of the folder. */
async function after(change: () => void, paths = ['main', 'app.asar', 'later']): Promise<readonly string[]> {
  const program = { paths: paths.map(at) };
  const before = await stampOf(program);
  change();
  return differences(before, await stampOf(program)).map((text) => text.replace(`${folder.path}/`, ''));
}

/** As a package manager does it: a new file under the old name, with the size and the time of the old one. */
function exchange(name: string): void {
  writeFileSync(at('new'), 'two');
  utimesSync(at('new'), PACKED, PACKED);
  renameSync(at('new'), at(name));
}

describe('a program on the disk', () => {
  test.each([
    ['written over', () => writeFileSync(at('main/a.ts'), 'longer'), ['main/a.ts is another one']],
    ['touched', () => utimesSync(at('main/a.ts'), 1, 1), ['main/a.ts is another one']],
    ['exchanged', () => exchange('main/station/b.ts'), ['main/station/b.ts is another one']],
    ['taken away', () => rmSync(at('main/station/b.ts')), ['main/station/b.ts is gone']],
    ['joined by another', () => writeFileSync(at('main/c.ts'), ''), ['main/c.ts is new']],
    ['an archive of another size', () => writeFileSync(at('app.asar'), 'another'), ['app.asar is another one']],
    ['all gone', () => rmSync(at('main'), { recursive: true }), ['main/a.ts is gone', 'main/station/b.ts is gone']],
    ['a folder that came later', () => cpSync(at('main/a.ts'), at('later/a.ts')), ['later/a.ts is new']],
  ])('%s is another one', async (_what, change, found) => {
    expect(await after(change)).toEqual(found);
  });

  test('is the same where nothing that it loads has changed', async () => {
    const normalUse = (): void => {
      mkdirSync(at('main/.cache'));
      for (const name of ['.chairside-built', '.a.ts.swp', '.cache/x', 'a.test.ts', 'a.test.tsx', 'README.md'])
        writeFileSync(at(`main/${name}`), 'x');
      mkdirSync(at('data'));
      writeFileSync(at('data/record.db'), 'x');
    };
    expect(await after(normalUse)).toEqual([]);
  });

  test('that leads to itself is looked through in bounded time', async () => {
    symlinkSync(at('main'), at('main/station/again'));
    expect(await after(() => exchange('main/a.ts'))).toEqual(['main/a.ts is another one']);
  });

  test('in which something cannot be looked at is not taken for another one, and not for the same', async () => {
    const failure = Object.assign(new Error('too many open files'), { code: 'EMFILE' });
    const fs = { readdir: disk.readdir, stat: (() => Promise.reject(failure)) as unknown as typeof disk.stat };
    await expect(stampOf({ paths: [at('main')], fs })).rejects.toThrow('too many open files');
  });
});

test('the sources of this program are looked at in a moment, and this process goes on meanwhile', async () => {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const paths = ['core', 'db', 'drivers', 'main', 'preload'].map((name) => join(root, name));
  let longest = 0;
  let last = performance.now();
  const turns = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 1);
  const began = performance.now();
  const stamp = await stampOf({ paths });
  const took = performance.now() - began;
  clearInterval(turns);
  expect(stamp.size).toBeGreaterThan(300);
  expect(took).toBeLessThan(4000);
  expect(longest).toBeLessThan(took / 2);
});
