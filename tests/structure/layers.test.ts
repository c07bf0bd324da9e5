import { dirname, join, normalize } from 'node:path/posix';
import { describe, expect, test } from 'vitest';
import { importsOf, trackedFiles } from './sources.ts';

/** docs/architecture.md: which room may look into which. A room may always look into itself. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  core: [],
  drivers: ['core'],
  db: ['core', 'drivers/kit/app-error.ts', 'drivers/kit/clock.ts'],
  preload: ['core'],
  main: ['core', 'drivers', 'db', 'preload'],
  renderer: ['preload', 'core'],
};

/** Packages that only some files may import. */
const RESERVED: Readonly<Record<string, RegExp>> = {
  electron: /^(main\/electron\/|preload\/index\.ts$)/,
  serialport: /^drivers\/kit\/transports\//,
  'better-sqlite3': /^db\/worker\.ts$/,
};

const product = trackedFiles(/^(core|drivers|db|preload|main|renderer)\/.*\.tsx?$/).filter(
  ({ path }) =>
    !/\.test\.tsx?$|\/testing(-[a-z]+)?\.ts$|-conformance\.ts$|(test-kit|test-bench|conformance-bench|guard-bench|test-database)\.ts$/.test(
      path,
    ),
);

function targetOf(path: string, specifier: string): string {
  return normalize(join(dirname(path), specifier));
}

describe('rooms look only where the architecture lets them', () => {
  test('there are sources to look at', () => {
    expect(product.length).toBeGreaterThan(20);
  });

  test.each(Object.keys(ALLOWED))('%s', (room) => {
    const wrong = product
      .filter(({ path }) => path.startsWith(`${room}/`))
      .flatMap(({ path, text }) =>
        importsOf(text)
          .filter((specifier) => specifier.startsWith('.'))
          .map((specifier) => targetOf(path, specifier))
          .filter(
            (target) =>
              ![room, ...(ALLOWED[room] ?? [])].some((free) => target === free || target.startsWith(`${free}/`)),
          )
          .map((target) => `${path} -> ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  test('core imports nothing but core', () => {
    const wrong = product
      .filter(({ path }) => path.startsWith('core/'))
      .flatMap(({ path, text }) =>
        importsOf(text)
          .filter((specifier) => !specifier.startsWith('.'))
          .map((name) => `${path} -> ${name}`),
      );
    expect(wrong).toEqual([]);
  });

  test.each(Object.entries(RESERVED))('%s is imported only where it belongs', (name, where) => {
    const wrong = product.filter(
      ({ path, text }) =>
        !where.test(path) &&
        importsOf(text).some((specifier) => specifier === name || specifier.startsWith(`${name}/`)) &&
        !text.includes(`import type * as electron from '${name}'`),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});
