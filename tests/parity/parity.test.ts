import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Station } from '../../main/station/station-types.ts';
import type { StationApi } from '../../preload/contract/api.ts';
import { createElectronApi } from '../../preload/electron-carrier.ts';
import { type BrowserPage, openBrowserPage } from './browser-page.ts';
import { ElectronDouble } from './electron-double.ts';
import { CHAIR, PERSON, stationUnderTest } from './station-under-test.ts';

const ORDER = {
  entryId: 'KETAMINE-MOOD-CLINIC',
  concentrationUgPerMl: 2000,
  weightG: 70_000,
  doseUg: 35_000,
  durationMs: 2_400_000,
};

type Step = readonly [name: string, call: (api: StationApi) => Promise<unknown>];

/** What a clinician and a careless program would do, in this order. */
const SCRIPT: readonly Step[] = [
  ['info', (api) => api.station.info({})],
  ['people', (api) => api.access.people({})],
  ['nobody signed in', (api) => api.access.me({})],
  ['a right that is missing', (api) => api.session.list({})],
  ['a start without sign-in', (api) => api.session.start({ chairId: CHAIR })],
  ['STOP without sign-in', (api) => api.chair.stop({ chairId: CHAIR })],
  ['STOP of no chair', (api) => api.chair.stop({ chairId: 'nowhere' })],
  ['a wrong PIN', (api) => api.access.signIn({ ...PERSON, pin: '000000' })],
  ['sign-in', (api) => api.access.signIn(PERSON)],
  ['who is signed in', (api) => api.access.me({})],
  ['the library', (api) => api.library.entries({})],
  ['a preview', (api) => api.library.preview({ chairId: CHAIR, order: ORDER })],
  [
    'an order beyond every limit',
    (api) => api.library.preview({ chairId: CHAIR, order: { ...ORDER, doseUg: 9_999_999 } }),
  ],
  ['input of the wrong type', (api) => api.chair.stop({ chairId: 7 as unknown as string })],
  ['input with a key too many', (api) => api.chair.stop({ chairId: CHAIR, force: true } as { chairId: string })],
  ['a start without a session', (api) => api.session.start({ chairId: CHAIR })],
  ['a scenario outside a demonstration', (api) => api.demonstration.scenario({ chairId: CHAIR, scenario: 'apnoea' })],
  ['a right of another role', (api) => api.session.export({ sessionId: 'none' })],
  ['sign-out', (api) => api.access.signOut({})],
  ['nobody again', (api) => api.access.me({})],
];

interface Under {
  readonly api: StationApi;
  readonly station: Station;
}

/** Runs the script and gives back every answer by its name. */
async function answers(api: StationApi): Promise<Readonly<Record<string, unknown>>> {
  const given: Record<string, unknown> = {};
  for (const [name, call] of SCRIPT) given[name] = await call(api);
  return given;
}

describe('both hosts carry the same contract', () => {
  let browser: Under & { page: BrowserPage };
  let electron: Under;

  beforeAll(async () => {
    const station = await stationUnderTest('browser');
    const page = await openBrowserPage(station);
    browser = { api: page.api, station, page };
    const desktop = await stationUnderTest('electron');
    electron = { api: createElectronApi(new ElectronDouble(desktop).page()), station: desktop };
  });

  afterAll(async () => {
    await browser.page.leave();
    await Promise.all([browser.station.close(), electron.station.close()]);
  });

  test('the same calls get the same results', async () => {
    const overSocket = await answers(browser.api);
    const overIpc = await answers(electron.api);
    expect(overIpc['info']).toMatchObject({ ok: true, value: { host: 'electron' } });
    expect(overSocket['info']).toMatchObject({ ok: true, value: { host: 'browser' } });
    expect({ ...overSocket, info: null }).toEqual({ ...overIpc, info: null });
    // The script is worth something only while it meets refusals and agreements alike.
    const outcomes = Object.values(overIpc).map((answer) => (answer as { ok: boolean; code?: string }).code ?? 'ok');
    expect(new Set(outcomes).size).toBeGreaterThanOrEqual(5);
  });

  test.each(['browser', 'electron'] as const)(
    '%s: the snapshot comes first as number 0, then the count goes on',
    async (host) => {
      const { api } = { browser, electron }[host];
      const numbers: number[] = [];
      const chairs = new Set<string>();
      const end = api.subscribe('station', ({ number, data }) => {
        numbers.push(number);
        for (const { id } of data.chairs) chairs.add(id);
      });
      await expect.poll(() => numbers.length, { timeout: 10_000 }).toBeGreaterThan(2);
      end();
      expect(numbers.slice(0, 3)).toEqual([0, 1, 2]);
      expect([...chairs]).toEqual([CHAIR]);
      await new Promise((resolve) => setTimeout(resolve, 300));
      const count = numbers.length;
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(numbers).toHaveLength(count);
    },
  );

  test.each(['browser', 'electron'] as const)(
    '%s: a topic that needs a person stays silent without one',
    async (host) => {
      const { api } = { browser, electron }[host];
      const texts: string[] = [];
      const endDenied = api.subscribe('trail', ({ data }) => texts.push(data.text));
      await api.chair.stop({ chairId: CHAIR });
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(texts).toEqual([]);
      endDenied();
      expect(await api.access.signIn(PERSON)).toMatchObject({ ok: true });
      const end = api.subscribe('trail', ({ data }) => texts.push(data.text));
      await api.chair.stop({ chairId: CHAIR });
      await expect.poll(() => texts.length, { timeout: 10_000 }).toBeGreaterThan(0);
      end();
      await api.access.signOut({});
    },
  );
});
