import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { syncFolder } from './durable-file.ts';

test.skipIf(process.platform !== 'linux')('a folder that cannot be synced leaves no handle open', () => {
  const open = (): number => readdirSync('/proc/self/fd').length;
  const before = open();
  // Nothing in it is on a disk, so the system refuses.
  expect(() => syncFolder('/proc')).toThrow(/EINVAL/);
  expect(open()).toBe(before);
});
