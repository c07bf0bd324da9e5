import { describe, expect, test } from 'vitest';
import { importsOf, trackedFiles } from '../structure/sources.ts';

const product = trackedFiles(/^(core|drivers|db|preload|main|renderer)\/.*\.tsx?$/).filter(
  ({ path }) => !/\.test\.tsx?$/.test(path),
);
const withText = (pattern: RegExp) => product.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

describe('what the sources may not do', () => {
  test('only the two hosts and the preload script know Electron', () => {
    const importing = product.filter(({ text }) => importsOf(text).includes('electron')).map(({ path }) => path);
    expect(importing.length).toBeGreaterThan(1);
    expect(importing.filter((path) => !/^(main\/electron\/|preload\/index\.ts$)/.test(path))).toEqual([]);
  });

  test('handlers are registered in one place, which checks the sender', () => {
    expect(withText(/ipcMain\s*\.\s*(handle|on|once|handleOnce)\(/)).toEqual(['main/electron/ipc.ts']);
  });

  test('nothing listens beyond the loopback', () => {
    expect(withText(/0\.0\.0\.0|listen\([^)]*'::'/)).toEqual([]);
    expect(withText(/createServer\(/).filter((path) => path.startsWith('main/'))).toEqual(['main/browser/server.ts']);
  });

  test('the package never reaches the browser host', () => {
    const reaching = product.filter(
      ({ path, text }) =>
        path.startsWith('main/') &&
        !/^main\/(browser\/|launch)/.test(path) &&
        importsOf(text).some((specifier) => specifier.includes('browser/')),
    );
    expect(reaching.map(({ path }) => path)).toEqual([]);
  });

  test('no text becomes code or markup', () => {
    expect(withText(/\beval\(|new Function\(|dangerouslySetInnerHTML|\.innerHTML\s*=|document\.write\(/)).toEqual([]);
  });
});
