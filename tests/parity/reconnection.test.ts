import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BrowserHost, startBrowserHost } from '../../main/browser/server.ts';
import type { Station } from '../../main/station/station-types.ts';
import { createWebsocketApi } from '../../preload/websocket.ts';
import { ROOT } from '../structure/sources.ts';
import { openedSockets, pretendPage } from './browser-page.ts';
import { CHAIR, PERSON, stationUnderTest } from './station-under-test.ts';

describe('the connection of a page breaks', () => {
  let station: Station;
  let host: BrowserHost;
  let page: ReturnType<typeof pretendPage>;

  beforeEach(async () => {
    station = await stationUnderTest('browser');
    host = await startBrowserHost({ station, port: 0, screens: `${ROOT}/out/renderer` });
    page = pretendPage(host.url);
  });

  afterEach(async () => {
    await page.leave(host);
    await station.close();
  });

  test('the token leaves the address bar and stays for a reload', async () => {
    await createWebsocketApi().station.info({});
    expect(page.address()).toBe(`http://127.0.0.1:${host.port}/`);
    expect((await createWebsocketApi().station.info({})).ok).toBe(true);
  });

  test('commands fail at once, the page learns of it, and everything is asked for again', async () => {
    const api = createWebsocketApi();
    const connection: boolean[] = [];
    const numbers: number[] = [];
    api.onConnection((connected) => connection.push(connected));
    api.subscribe('station', ({ number }) => numbers.push(number));
    // Before the first connection a command is refused, not kept.
    expect((await api.access.signIn(PERSON)).ok).toBe(false);
    await expect.poll(() => numbers.length, { timeout: 10_000 }).toBeGreaterThan(1);
    expect((await api.access.signIn(PERSON)).ok).toBe(true);

    openedSockets.at(-1)?.terminate();
    await expect.poll(() => connection, { timeout: 10_000 }).toContain(false);
    expect(await api.session.start({ chairId: CHAIR })).toMatchObject({ ok: false, code: 'NOT_CONNECTED' });
    await expect.poll(() => connection, { timeout: 10_000 }).toEqual([true, false, true]);
    await expect.poll(() => numbers.filter((number) => number === 0).length, { timeout: 10_000 }).toBe(2);
    // A seat ends with its socket: whoever was signed in there is not any more.
    expect(await api.access.me({})).toEqual({ ok: true, value: null });
  });

  test('a call that was under way is answered, not forgotten', async () => {
    const api = createWebsocketApi();
    expect((await api.station.info({})).ok).toBe(true);
    const answer = api.access.signIn(PERSON);
    openedSockets.at(-1)?.terminate();
    expect(await answer).toMatchObject({ ok: false, code: 'NOT_CONNECTED' });
  });

  test('without a token nothing is tried and nothing waits', async () => {
    pretendPage(`http://127.0.0.1:${host.port}/`);
    const before = openedSockets.length;
    expect(await createWebsocketApi().station.info({})).toMatchObject({ ok: false, code: 'NOT_CONNECTED' });
    expect(openedSockets).toHaveLength(before);
  });
});
