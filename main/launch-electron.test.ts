import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { electronBinary, runInElectron } from './launch-electron.ts';

describe('finding and running Electron', () => {
  let root: string;
  let folder: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'chairside-electron-'));
    folder = join(root, 'node_modules', 'electron');
    mkdirSync(join(folder, 'dist'), { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true }));

  test('a package without its binary is no Electron', () => {
    expect(electronBinary(root)).toBeNull();
    writeFileSync(join(folder, 'path.txt'), 'electron');
    expect(electronBinary(root)).toBeNull();
  });

  test('the binary is where the package notes it', () => {
    writeFileSync(join(folder, 'path.txt'), 'electron\n');
    writeFileSync(join(folder, 'dist', 'electron'), '');
    expect(electronBinary(root)).toBe(join(folder, 'dist', 'electron'));
  });

  test.skipIf(process.platform === 'win32')(
    'it gets the built program, the folders, and its exit code counts',
    async () => {
      const binary = join(folder, 'dist', 'electron');
      writeFileSync(
        binary,
        `#!/bin/sh\n[ "$*" = "${join(root, 'out/main/index.js')} --data /d --config /c.yaml" ] && exit 7\nexit 1\n`,
      );
      chmodSync(binary, 0o755);
      const options = { data: '/d', config: '/c.yaml', host: null, port: 0 };
      expect(await runInElectron(binary, root, options)).toBe(7);
      expect(await runInElectron(binary, root, { ...options, data: '/other' })).toBe(1);
    },
  );
});
