import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type WebSocket from 'ws';
import { type BrowserHost, startBrowserHost } from '../../main/browser/server.ts';
import type { Seat } from '../../main/station/station-types.ts';
import { get, jsonOf, rawStatus, type Upgrade, upgrade } from './http.ts';

const SECRET = 'the secret beside the screens';

describe('the browser host', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chairside-security-'));
  const closedSeats: number[] = [];
  let seats = 0;
  let host: BrowserHost;
  let token: string;

  function openSeat(): Seat {
    const number = ++seats;
    return {
      call: async (leaf, input) => ({ ok: true, value: { leaf, input } }),
      subscribe: () => ({ ok: false, code: 'UNKNOWN_TOPIC', message: '' }),
      close: () => void closedSeats.push(number),
    };
  }

  const protocols = () => ['chairside.v1', `token.${token}`];
  async function opened(): Promise<WebSocket> {
    const socket = await upgrade(host.port, { protocols: protocols() });
    if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
    return socket;
  }

  beforeAll(async () => {
    const screens = join(folder, 'screens');
    mkdirSync(screens);
    writeFileSync(join(screens, 'index.html'), '<!doctype html><title>Chairside</title>');
    writeFileSync(join(screens, 'app.js'), 'export {};');
    writeFileSync(join(screens, 'notes.txt'), SECRET);
    writeFileSync(join(folder, 'secret.html'), SECRET);
    mkdirSync(join(folder, 'screens-other'));
    writeFileSync(join(folder, 'screens-other', 'index.html'), SECRET);
    host = await startBrowserHost({ station: { openSeat }, port: 0, screens, mostConnections: 4, heartbeatMs: 200 });
    token = new URL(host.url).hash.replace('#token=', '');
  });

  afterAll(async () => {
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('serves the page with a policy that leaves it nothing but its own files and its own socket', async () => {
    const { status, headers, body } = await get(host.port, '/');
    expect(status).toBe(200);
    expect(body).toContain('Chairside');
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      `connect-src 'self' ws://127.0.0.1:${host.port}`,
      "media-src 'self'",
      "worker-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ]);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  test('a refusal carries the same policy', async () => {
    expect((await get(host.port, '/absent.js')).headers['content-security-policy']).toContain("default-src 'none'");
  });

  test.each([
    '/../secret.html',
    '/%2e%2e/secret.html',
    '/..%2fsecret.html',
    '/..%5csecret.html',
    '/%2e%2e%2fscreens-other/index.html',
    '/../screens-other/index.html',
    '//etc/passwd.html',
    '/index.html%00.js',
    '/%',
    '/notes.txt',
    '/absent.html',
    '/?x=/../secret.html/..',
  ])('nothing outside the screens comes out of %s', async (path) => {
    const { status, body } = await get(host.port, path);
    expect(body).not.toContain(SECRET);
    if (!path.startsWith('/?')) expect(status).toBe(404);
  });

  test('HEAD has no body; every other method is refused', async () => {
    expect(await get(host.port, '/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])
      expect((await get(host.port, '/', { method })).status).toBe(405);
  });

  test.each(['evil.example', 'localhost', 'chairside.local:80'])(
    'a page under the name %s gets nothing',
    async (name) => {
      expect((await get(host.port, '/', { host: name })).status).toBe(421);
    },
  );

  test('a request without Host gets nothing', async () => {
    expect(await rawStatus(host.port, 'GET / HTTP/1.0\r\n\r\n')).toBe(421);
  });

  test.each<readonly [string, number, () => Upgrade]>([
    ['a foreign origin', 403, () => ({ origin: 'http://evil.example', protocols: protocols() })],
    ['the same host with another port', 403, () => ({ origin: 'http://127.0.0.1:1', protocols: protocols() })],
    ['no origin', 403, () => ({ origin: '', protocols: protocols() })],
    ['a foreign host', 421, () => ({ host: 'evil.example', protocols: protocols() })],
    ['another path', 404, () => ({ path: '/other', protocols: protocols() })],
    ['a token in the URL', 404, () => ({ path: `/station?token=${token}`, protocols: ['chairside.v1'] })],
    ['no token', 401, () => ({ protocols: ['chairside.v1'] })],
    ['a wrong token', 401, () => ({ protocols: ['chairside.v1', `token.${'x'.repeat(43)}`] })],
    ['a token too short', 401, () => ({ protocols: ['chairside.v1', `token.${token.slice(0, -1)}`] })],
    ['another dialect', 400, () => ({ protocols: ['other.v1', `token.${token}`] })],
  ])('a socket with %s is refused with %i and opens no seat', async (_what, status, options) => {
    const before = seats;
    expect(await upgrade(host.port, options())).toBe(status);
    expect(seats).toBe(before);
  });

  test('the token has 256 bits and is not in what the server sends back', async () => {
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const socket = await opened();
    expect(socket.protocol).toBe('chairside.v1');
    socket.close();
  });

  test.each([
    'not JSON',
    '[]',
    '{}',
    '{"id":"1","call":"station.info"}',
    '{"id":1,"call":"station.info","input":{},"extra":1}',
    '{"id":1,"call":"a","subscribe":"b"}',
    '{"id":-1,"unsubscribe":1}',
  ])('a malformed message is answered as such and harms nothing: %s', async (text) => {
    const socket = await opened();
    const answers: unknown[] = [];
    socket.on('message', (data) => answers.push(jsonOf(data)));
    socket.send(text);
    socket.send('{"id":2,"call":"station.info","input":{}}');
    await expect.poll(() => answers).toHaveLength(2);
    expect(answers[0]).toMatchObject({ id: null, result: { ok: false, code: 'BAD_FRAME' } });
    expect(answers[1]).toMatchObject({ id: 2, result: { ok: true } });
    socket.close();
  });

  test('binary is no message of the dialect', async () => {
    const socket = await opened();
    const answer = new Promise((resolve) => socket.once('message', (data) => resolve(jsonOf(data))));
    socket.send(Buffer.from('{"id":2,"call":"station.info","input":{}}'));
    expect(await answer).toMatchObject({ id: null, result: { code: 'BAD_FRAME' } });
    socket.close();
  });

  test('a message beyond 64 KiB ends the socket and its seat', async () => {
    const socket = await opened();
    const seat = seats;
    const code = new Promise((resolve) => socket.once('close', resolve));
    socket.send(JSON.stringify({ id: 1, call: 'x', input: 'y'.repeat(65 * 1024) }));
    expect(await code).toBe(1009);
    await expect.poll(() => closedSeats).toContain(seat);
  });

  test('more sockets than allowed are refused', async () => {
    await expect.poll(() => closedSeats.length).toBe(seats);
    const sockets = await Promise.all([opened(), opened(), opened(), opened()]);
    expect(await upgrade(host.port, { protocols: protocols() })).toBe(503);
    for (const socket of sockets) socket.close();
    await expect.poll(() => closedSeats.length).toBe(seats);
  });

  test('a socket that answers no ping is ended, and its seat with it', async () => {
    const socket = await upgrade(host.port, { protocols: protocols() });
    if (typeof socket === 'number') throw new Error('refused');
    const seat = seats;
    socket.pause();
    await expect.poll(() => closedSeats, { timeout: 10_000 }).toContain(seat);
    socket.terminate();
  });
});
