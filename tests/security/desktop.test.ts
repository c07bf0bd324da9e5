import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InvokeEvent } from '../../main/electron/ipc.ts';
import { screenHandler } from '../../main/electron/protocol.ts';
import { type ContentsPart, confine, denyAll, type SessionPart } from '../../main/electron/security.ts';
import { windowOptions } from '../../main/electron/window-options.ts';
import type { Seat } from '../../main/station/station-types.ts';
import { callChannel, SUBSCRIBE_CHANNEL } from '../../preload/channels.ts';
import { ElectronDouble } from '../parity/electron-double.ts';

describe('the window may do nothing', () => {
  test('every permission, device and foreign request is refused', () => {
    const answers: unknown[] = [];
    const cancelled: Record<string, boolean> = {};
    const session: SessionPart = {
      setPermissionRequestHandler: (handler) => handler(null, 'serial', (granted) => answers.push(granted)),
      setPermissionCheckHandler: (handler) => answers.push(handler()),
      setDevicePermissionHandler: (handler) => answers.push(handler()),
      webRequest: {
        onBeforeRequest: (listener) => {
          for (const url of ['app://chairside/', 'https://example.org/', 'file:///etc/passwd', 'ws://127.0.0.1:1/'])
            listener({ url }, ({ cancel }) => (cancelled[url] = cancel));
        },
      },
    };
    denyAll(session);
    expect(answers).toEqual([false, false, false]);
    expect(Object.entries(cancelled).filter(([, cancel]) => !cancel)).toEqual([['app://chairside/', false]]);
  });

  test('no navigation, no redirect, no webview, no second window', () => {
    const prevented: string[] = [];
    let opened: unknown;
    const contents: ContentsPart = {
      on: (event: string, listener: (event: { preventDefault(): void }) => void) =>
        listener({ preventDefault: () => prevented.push(event) }),
      setWindowOpenHandler: (handler) => (opened = handler()),
    };
    confine(contents);
    expect(prevented).toEqual(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']);
    expect(opened).toEqual({ action: 'deny' });
  });

  test('its options say what a page could otherwise gain', () => {
    const { webPreferences } = windowOptions('/preload.cjs');
    expect(webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      devTools: false,
      spellcheck: false,
      backgroundThrottling: false,
    });
  });
});

describe('app://chairside', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chairside-protocol-'));
  const handle = screenHandler(join(folder, 'screens'));

  beforeAll(() => {
    mkdirSync(join(folder, 'screens'));
    writeFileSync(join(folder, 'screens', 'index.html'), 'page');
    writeFileSync(join(folder, 'secret.html'), 'secret');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('serves the page with a policy that connects it to nothing else', async () => {
    const { status, headers } = await handle(new Request('app://chairside/'));
    expect(status).toBe(200);
    expect(headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(headers.get('Content-Security-Policy')).toContain("connect-src 'self';");
    expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'");
  });

  test.each([
    ['another host', new Request('app://other/'), 404],
    ['a path out of the screens', new Request('app://chairside/%2e%2e%2fsecret.html'), 404],
    ['what is not there', new Request('app://chairside/absent.js'), 404],
    ['another method', new Request('app://chairside/', { method: 'POST' }), 405],
  ])('refuses %s', async (_what, request, status) => {
    const response = await handle(request);
    expect(response.status).toBe(status);
    expect(await response.text()).toBe('');
  });
});

describe('who may call over IPC', () => {
  const calls: string[] = [];
  const seat: Seat = {
    call: async (leaf) => {
      calls.push(leaf);
      return { ok: true, value: {} };
    },
    subscribe: () => ({ ok: true, value: () => undefined }),
    close: () => undefined,
  };
  const double = new ElectronDouble({ openSeat: () => seat });
  const channel = callChannel('chair.stop');

  test.each<readonly [string, InvokeEvent['senderFrame']]>([
    ['a frame that is gone', null],
    ['a frame inside the page', { origin: 'app://chairside', parent: {} }],
    ['a page from the network', { origin: 'https://chairside', parent: null }],
    ['a page of another host', { origin: 'app://chairside.evil', parent: null }],
    ['a file', { origin: 'file://', parent: null }],
    ['a page without origin', { origin: 'null', parent: null }],
  ])('%s is refused on every channel', async (_what, frame) => {
    const page = double.page(frame);
    for (const name of double.channels) expect(await page.invoke(name, {})).toMatchObject({ code: 'SENDER_REFUSED' });
    expect(calls).toEqual([]);
  });

  test('only an input and a stamp of bounded size are taken', async () => {
    const page = double.page();
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    for (const args of [[], [{}, {}, {}], ['x'.repeat(70_000)], [circular]])
      expect(await page.invoke(channel, ...args)).toMatchObject({ code: 'BAD_FRAME' });
    expect(calls).toEqual([]);
    expect(await page.invoke(channel, {})).toMatchObject({ ok: true });
    expect(calls).toEqual(['chair.stop']);
  });

  test('subscriptions have a shape and an end', async () => {
    const page = double.page();
    for (const input of [null, {}, { subscription: 'a', topic: 'station' }, { subscription: 1 }])
      expect(await page.invoke(SUBSCRIBE_CHANNEL, input)).toMatchObject({ code: 'BAD_FRAME' });
    for (let subscription = 0; subscription < 32; subscription += 1)
      expect(await page.invoke(SUBSCRIBE_CHANNEL, { subscription, topic: 'station' })).toMatchObject({ ok: true });
    expect(await page.invoke(SUBSCRIBE_CHANNEL, { subscription: 0, topic: 'station' })).toMatchObject({ ok: false });
    expect(await page.invoke(SUBSCRIBE_CHANNEL, { subscription: 99, topic: 'wave' })).toMatchObject({
      code: 'TOO_MANY',
    });
  });
});
