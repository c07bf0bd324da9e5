import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boot } from '../../main/electron/boot.ts';
import type { StationFrame } from '../../preload/contract/frames.ts';
import { ROOT } from '../structure/sources.ts';
import { ElectronRecorder } from './electron-parts.ts';

const BUILT = join(ROOT, 'out');
const info = (electron: ElectronRecorder) => electron.call('chairside:call:station.info', {});

describe('the desktop program, with everything but Electron real', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chairside-boot-'));
  const electron = new ElectronRecorder();

  beforeAll(() => boot(electron.parts(), ['--data', folder], BUILT));

  afterAll(() => {
    for (const child of electron.children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  test('locks, sandboxes and names its scheme before Electron is ready, and denies all before there is a window', () => {
    expect(electron.log).toEqual([
      'setPath',
      'lock',
      'sandbox',
      'lang en-GB',
      'js-flags --no-memory-protection-keys',
      'scheme app',
      'ready',
      'permission request',
      'permission check',
      'device permission',
      'requests',
      'handle app',
      'prevent-display-sleep',
      'window',
      'load app://chairside/',
    ]);
  });

  test('its window runs the built preload script in the sandbox', () => {
    expect(electron.options.webPreferences).toMatchObject({
      preload: join(BUILT, 'preload', 'index.cjs'),
      sandbox: true,
      contextIsolation: true,
    });
  });

  test('answers its page over IPC as the demonstration it is', async () => {
    expect(await info(electron)).toMatchObject({ ok: true, value: { host: 'electron', demonstration: true } });
  });

  test('serves the built screens under its scheme', async () => {
    const page = await electron.page(new Request('app://chairside/'));
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<title>Chairside</title>');
  });

  test('its built processes bring live vital signs of both simulated chairs', async () => {
    await electron.call('chairside:subscribe', { subscription: 1, topic: 'station' });
    const newest = () => (electron.updates.at(-1) as { data: StationFrame } | undefined)?.data.chairs ?? [];
    await expect
      .poll(() => newest().map(({ vitals }) => vitals.spo2.state), { timeout: 30_000 })
      .toEqual(['valid', 'valid']);
  });

  test('a frozen page is ended, a crashed one loaded again, and who was signed in there is not any more', async () => {
    const people = (await electron.call('chairside:call:access.people', {})) as {
      value: { id: string; hint: string }[];
    };
    const [person] = people.value;
    const signedIn = await electron.call('chairside:call:access.signIn', { personId: person?.id, pin: person?.hint });
    expect(signedIn).toMatchObject({ ok: true });
    electron.window.emit('unresponsive');
    expect(electron.log).toContain('crash renderer');
    const loads = () => electron.log.filter((entry) => entry === 'load app://chairside/').length;
    const before = loads();
    electron.contents.emit('render-process-gone');
    await expect.poll(loads, { timeout: 10_000 }).toBe(before + 1);
    expect(await electron.call('chairside:call:access.me', {})).toEqual({ ok: true, value: null });
  });

  test('a page that stops reporting is ended within 3 s and loaded again within 10 s (R-7.20)', async () => {
    const count = (entry: string) => electron.log.filter((each) => each === entry).length;
    const [crashes, loads] = [count('crash renderer'), count('load app://chairside/')];
    await electron.call('chairside:call:sound.report', { proved: true, sounds: null, frameMs: null });
    const began = performance.now();
    await expect.poll(() => count('crash renderer'), { timeout: 15_000, interval: 20 }).toBe(crashes + 1);
    expect(performance.now() - began).toBeGreaterThan(2000);
    expect(performance.now() - began).toBeLessThan(6000);
    electron.contents.emit('render-process-gone');
    await expect.poll(() => count('load app://chairside/'), { timeout: 10_000 }).toBe(loads + 1);
  });

  test('closing the window ends every process and the record before the program', async () => {
    electron.app.emit('window-all-closed');
    expect(await electron.exited.promise).toBe(0);
    const ended = () => electron.children.every(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null);
    await expect.poll(ended, { timeout: 15_000 }).toBe(true);
  });
});

describe('a desktop program that cannot start', () => {
  test('a second one leaves without touching anything', async () => {
    const electron = new ElectronRecorder();
    electron.isFirst = false;
    await boot(electron.parts(), [], BUILT);
    expect(electron.log).toEqual(['setPath', 'lock', 'exit 1']);
  });

  test('a bad option is refused before anything else', async () => {
    const electron = new ElectronRecorder();
    await boot(electron.parts(), ['--colour'], BUILT);
    expect(electron.log).toEqual(['exit 2']);
  });

  test('a malformed configuration ends it without a window', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chairside-boot-'));
    const config = join(folder, 'bad.yaml');
    writeFileSync(config, 'station: 7\n');
    const electron = new ElectronRecorder();
    await boot(electron.parts(), ['--data', folder, '--config', config], BUILT);
    expect(electron.log.at(-1)).toBe('exit 1');
    expect(electron.log).not.toContain('window');
    rmSync(folder, { recursive: true });
  });
});
