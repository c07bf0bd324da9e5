import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from './support/chromium.ts';
import { installFakeStation } from './support/fake-station.ts';
import { alarm, INFUSING, station } from './support/sample-frames.ts';
import { SCENES } from './support/scenes.ts';
import { type StaticServer, serve } from './support/static-server.ts';

const LOW = alarm('spo2-low', 'high', 'SpO2 low', { raisedAtMs: 5000 });
const CRITICAL = alarm('spo2-critical', 'high', 'SpO2 critically low', { raisedAtMs: 9000, ageMs: 0 });
const MANY = [
  LOW,
  alarm('rr-limit', 'high', 'Breathing too slow', { ageMs: 5000 }),
  alarm('vitals-stale', 'medium', 'Vital signs are stale', { ageMs: 6000 }),
  alarm('signal-poor', 'medium', 'Poor signal from the sensor', { ageMs: 7000 }),
];
const DRAWN = { key: 'spo2-low', raisedAtMs: 5000 };

let browser: Browser;
let server: StaticServer;

beforeAll(async () => {
  const outDir = join(import.meta.dirname, 'output/answers');
  const configFile = join(import.meta.dirname, '../../renderer/vite.config.ts');
  await build({ configFile, logLevel: 'error', build: { outDir, emptyOutDir: true } });
  server = await serve(outDir);
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** The chair of a clinician who is signed in, with these alarms. */
async function show(alarms: readonly (typeof LOW)[]): Promise<Page> {
  const scene = SCENES.find(({ name }) => name === 'high-alarm');
  if (scene === undefined) throw new Error('there is no scene "high-alarm"');
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  page.setDefaultTimeout(8000);
  const answers = {
    ...scene.answers,
    alarm: { acknowledge: { ok: true, value: {} }, pauseAudio: { ok: true, value: {} } },
  } as const;
  const frame = station({ ...INFUSING, alarms: [...alarms] });
  await page.addInitScript(installFakeStation, { frame, me: scene.me, answers });
  await page.goto(server.address);
  await page.locator('[data-stop]').first().waitFor();
  await scene.act?.(page);
  await page.getByRole('button', { name: 'Acknowledge' }).waitFor();
  await page.waitForTimeout(300);
  return page;
}

const answered = (page: Page, leaf: string) =>
  page.evaluate(
    (name) =>
      window.fakeStation.calls
        .filter((call) => call.leaf === name)
        .map(({ input }) => (input as { alarms: unknown }).alarms),
    leaf,
  );

async function raise(page: Page): Promise<void> {
  await page.evaluate(
    (frame) => {
      window.fakeStation.frame = frame;
    },
    station({ ...INFUSING, alarms: [CRITICAL, LOW] }),
  );
  await page.locator('strong').getByText(CRITICAL.message).waitFor();
}

test.each([
  ['Acknowledge', 'alarm.acknowledge', {}],
  ['Pause sound of Chair 1', 'alarm.pauseAudio', { priority: 'high' }],
])(
  'an alarm that comes between touching and letting go is not answered (R-6.6): %s',
  async (name, leaf, named) => {
    const page = await show([LOW]);
    await page.getByRole('button', { name }).first().hover();
    await page.mouse.down();
    await raise(page);
    await page.mouse.up();
    const low = { ...DRAWN, ...named };
    await expect.poll(() => answered(page, leaf)).toEqual([[low]]);
    await page.getByRole('button', { name }).first().click();
    const both = expect.arrayContaining([low, { key: 'spo2-critical', raisedAtMs: 9000, ...named }]);
    await expect.poll(() => answered(page, leaf)).toEqual([[low], both]);
    await page.close();
  },
  60_000,
);

test('an alarm that is only counted behind the ones that are drawn is not answered with them (R-6.6)', async () => {
  const page = await show(MANY);
  await page.getByRole('button', { name: 'Acknowledge' }).press('Enter');
  await expect.poll(() => answered(page, 'alarm.acknowledge')).toHaveLength(1);
  const [keys] = (await answered(page, 'alarm.acknowledge')) as { key: string }[][];
  const text = await page.getByRole('alert').innerText();
  expect(keys?.map(({ key }) => key)).toEqual(['spo2-low', 'rr-limit', 'vitals-stale']);
  expect(text).not.toContain('Poor signal');
  expect(text).toContain('+3 more');
  await page.close();
}, 60_000);
