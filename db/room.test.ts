import { expect, test } from 'vitest';
import { roomConcerns, roomIn } from './room.ts';
import { temporaryFolder } from './test-kit.ts';

const MEBIBYTE = 1024 * 1024;

test.each([
  [1024, []],
  [1023, ['1023 MiB are left on the disk of the record. Make room on it this week.']],
  [200, ['200 MiB are left on the disk of the record. Make room on it this week.']],
  [199, [expect.stringContaining('199 MiB are left')]],
])('with %d MiB left the record says so in time', (mebibytes, concerns) => {
  expect(roomConcerns(mebibytes * MEBIBYTE)).toEqual(concerns);
});

test('with less than 200 MiB it says to make room before the next session', () => {
  expect(roomConcerns(0).join()).toMatch(/now, before the next session/);
});

test('the room is that of the file system below the folder', () => {
  using folder = temporaryFolder();
  expect(roomIn(folder.path)).toBeGreaterThan(0);
  expect(() => roomIn(`${folder.path}/nowhere`)).toThrow('ENOENT');
});
