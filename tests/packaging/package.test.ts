import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTrail } from '../../db/client.ts';
import { temporaryFolder } from '../../db/test-kit.ts';
import { exported } from '../../main/export/testing-export.ts';
import { recordedInfusion, senderOf } from '../../main/export/testing-infusion.ts';
import { type PackedFile, readArchive, readFuses } from '../../tools/archive.ts';
import { packWithStub } from '../../tools/pack.ts';

describe('the desktop package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chairside-package-'));
  let application: string;
  let files: readonly PackedFile[];
  const paths = (pattern: RegExp) => files.map(({ path }) => path).filter((path) => pattern.test(path));

  beforeAll(async () => {
    application = await packWithStub(join(folder, 'dist'));
    files = readArchive(join(application, 'resources', 'app.asar'));
  }, 120_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('has every part of the program', () => {
    const wanted = [
      'index.js',
      'device-host-process.js',
      'demonstration.js',
      'db-worker.js',
      'schema/0001-trail.sql',
      'verify.mjs',
      'export-worker.js',
      'fonts/DejaVuSansMono.ttf',
      'fonts/unifontex-latin-400-normal.woff',
      'fonts/LICENSE-UnifontEX',
    ];
    const all = paths(/^out\//);
    expect(all).toEqual(expect.arrayContaining(wanted.map((name) => `out/main/${name}`)));
    expect(all).toContain('out/preload/index.cjs');
    expect(all).toContain('out/renderer/index.html');
  });

  test('has nothing but the program: no source, no test, no browser host, no tool, no hidden file', () => {
    expect(paths(/\.(ts|tsx|map)$/)).toEqual([]);
    expect(paths(/(^|\/)\./)).toEqual([]);
    expect(paths(/^(?!out\/|node_modules\/|package\.json$)/)).toEqual([]);
    const ours = files.filter(({ path }) => path.startsWith('out/main/')).map(({ bytes }) => bytes.toString());
    expect(ours.filter((text) => /WebSocketServer|createServer\(\{ requestTimeout/.test(text))).toEqual([]);
  });

  test('has only the packages with native code and what they need', () => {
    const packages = paths(/^node_modules\//).map((path) => /^node_modules\/(?:@[^/]+|[^/]+)/.exec(path)?.[0] ?? path);
    expect(new Set(packages)).toEqual(
      new Set(
        ['@lydell', '@serialport', 'better-sqlite3', 'debug', 'ms', 'node-gyp-build', 'serialport'].map(
          (name) => `node_modules/${name}`,
        ),
      ),
    );
  });

  test('has its native code outside the archive, where the system can load it', () => {
    const natives = files.filter(({ path }) => path.endsWith('.node'));
    expect(natives.length).toBeGreaterThan(2);
    expect(natives.every(({ unpacked }) => unpacked)).toBe(true);
  });

  test('has every fuse as decided', () => {
    const fuses = readFuses(readFileSync(join(application, 'chairside')));
    // runAsNode, cookieEncryption, NODE_OPTIONS, inspect, asar integrity, only asar, V8 snapshot, file privileges.
    expect(fuses).toEqual([false, true, false, false, true, true, false, false]);
  });

  describe('taken out of the archive', () => {
    const unpacked = join(folder, 'app');

    beforeAll(() => {
      for (const { path, bytes, unpacked: isBeside } of files) {
        mkdirSync(dirname(join(unpacked, path)), { recursive: true });
        if (!isBeside) writeFileSync(join(unpacked, path), bytes);
      }
      cpSync(join(application, 'resources', 'app.asar.unpacked'), unpacked, { recursive: true });
    });

    test('its record opens, writes and verifies', async () => {
      const main = join(unpacked, 'out', 'main');
      const trail = await openTrail({
        folder: join(folder, 'record'),
        station: 'Packed',
        appVersion: 'test',
        workerUrl: pathToFileURL(join(main, 'db-worker.js')),
        schemaFolder: pathToFileURL(join(main, 'schema', '/')),
      });
      const event = { mono: 1, chair: null, session: null, patient: null, actor: null, outcome: 'ok' } as const;
      await trail.append({ act: 'test.packed', ...event });
      expect(await trail.verify()).toMatchObject({ damage: null });
      await trail.close();
    });

    test('its exports are made, report and all', async () => {
      const main = join(unpacked, 'out', 'main');
      using target = temporaryFolder();
      const bundle = await recordedInfusion(2);
      const outcome = await exported(senderOf(bundle), [bundle.session.id], target.path, {
        fontFolder: join(main, 'fonts'),
        workerUrl: pathToFileURL(join(main, 'export-worker.js')),
      });
      expect(
        readFileSync(join(outcome.path, 'data', 'report.pdf'))
          .subarray(0, 8)
          .toString(),
      ).toBe('%PDF-1.7');
    });

    test('its simulators start, and its device host reaches their lines', async () => {
      const start = (name: string, args: string[]) =>
        fork(join(unpacked, 'out', 'main', `${name}.js`), args, { execArgv: [], serialization: 'advanced' });
      const demonstration = start('demonstration', ['1']);
      const host = start('device-host-process', ['chair-1']);
      try {
        const [ready] = (await once(demonstration, 'message')) as [{ chairs: { pump: string; monitor: string }[] }];
        const port = { baudRate: null, address: 0, format: null };
        const links = new Map<string, string>();
        host.on('message', (message: { kind: string; device: string; state: string }) => {
          if (message.kind === 'link') links.set(message.device, message.state);
        });
        host.send({
          kind: 'open',
          devices: {
            chairId: 'chair-1',
            pump: { ...port, driver: 'new-era', port: ready.chairs[0]?.pump ?? '' },
            syringe: 'BD 60 mL',
            monitor: { ...port, driver: 'nonin', port: ready.chairs[0]?.monitor ?? '' },
          },
        });
        await expect.poll(() => Object.fromEntries(links), { timeout: 30_000 }).toEqual({ pump: 'up', monitor: 'up' });
      } finally {
        host.kill('SIGKILL');
        demonstration.kill('SIGKILL');
      }
    });
  });
});
