import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { partialsOf, pulsesIn } from '../support/burst-samples.ts';
import type { AlarmVoice as AlarmVoiceClass } from '../../renderer/features/sound/alarm-voice.ts';
import { launchChromium } from './support/chromium.ts';
import { installFakeStation } from './support/fake-station.ts';
import { alarm, IDLE, station } from './support/sample-frames.ts';
import { ANSWERS } from './support/answers.ts';
import { CLINICIAN } from './support/people.ts';
import { type StaticServer, serve } from './support/static-server.ts';
import type { TappedSound } from './support/tapped-sound.ts';
import { tapSound } from './support/tapped-sound.ts';

const OUTPUT = join(import.meta.dirname, 'output');
const ROOT = join(import.meta.dirname, '../..');
const RATE = 48_000;
/** What the requirement allows, times this on a busy machine. */
const RATIO = 3;

declare global {
  interface Window {
    tapped: TappedSound;
  }
}

let browser: Browser;
let server: StaticServer;
let voice: string;

beforeAll(async () => {
  const built = join(OUTPUT, 'sound-renderer');
  const configFile = join(ROOT, 'renderer/vite.config.ts');
  await build({ configFile, logLevel: 'error', build: { outDir: built, emptyOutDir: true } });
  const entry = join(ROOT, 'renderer/features/sound/alarm-voice.ts');
  const made = await build({
    configFile: false,
    logLevel: 'error',
    build: { lib: { entry, formats: ['iife'], name: 'voice', fileName: 'voice' }, write: false },
  });
  const [bundle] = Array.isArray(made) ? made : [made];
  const [chunk] = bundle !== undefined && 'output' in bundle ? bundle.output : [];
  voice = chunk?.type === 'chunk' ? chunk.code : '';
  server = await serve(built);
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** The samples of one burst, made by the page's own voice in Chromium's own audio engine. */
async function rendered(priority: 'high' | 'medium' | 'low'): Promise<readonly number[]> {
  const page = await browser.newPage();
  try {
    await page.addScriptTag({ content: voice.replace(/^var voice/, 'window.voice') });
    return await page.evaluate(
      async ({ rate, which }) => {
        const { AlarmVoice } = (window as unknown as { voice: { AlarmVoice: typeof AlarmVoiceClass } }).voice;
        const context = new OfflineAudioContext(1, rate * 4, rate);
        new AlarmVoice(context, context.destination).burst(which);
        return [...(await context.startRendering()).getChannelData(0)];
      },
      { rate: RATE, which: priority },
    );
  } finally {
    await page.close();
  }
}

describe.each([
  ['high', 10, 0.075, 0.2],
  ['medium', 3, 0.125, 0.25],
  ['low', 2, 0.125, 0.25],
] as const)('the sound of a %s alarm, from the samples of the page (R-6.3)', (priority, count, least, most) => {
  let samples: readonly number[];
  beforeAll(async () => {
    samples = await rendered(priority);
  });

  test('has its pulses, each as long as it may be, that rise and fall without a click', () => {
    const pulses = pulsesIn(samples, RATE);
    expect(pulses).toHaveLength(count);
    for (const { lengthS, riseS, fallS } of pulses) {
      expect(lengthS).toBeGreaterThanOrEqual(least);
      expect(lengthS).toBeLessThanOrEqual(most + 0.01);
      expect(riseS).toBeGreaterThanOrEqual(0.01);
      expect(fallS).toBeGreaterThanOrEqual(0.01);
    }
  });

  test('has a fundamental in 150-1000 Hz and four harmonics in 300-4000 Hz', () => {
    const { atS = 0 } = pulsesIn(samples, RATE)[0] ?? {};
    const [fundamental = 0, ...harmonics] = partialsOf(samples.slice(atS * RATE, (atS + 0.14) * RATE), RATE);
    expect(fundamental).toBeGreaterThanOrEqual(150);
    expect(fundamental).toBeLessThanOrEqual(1000);
    expect(harmonics.filter((hertz) => hertz >= 300 && hertz <= 4000).length).toBeGreaterThanOrEqual(4);
  });
});

test('a high burst is three and two, twice (R-6.3)', async () => {
  const starts = pulsesIn(await rendered('high'), RATE).map(({ atS }) => atS);
  const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
  const words = gaps.map((gap) => (gap > 0.7 ? '-' : gap > 0.35 ? ' ' : '')).map((gap) => `${gap}x`);
  expect(`x${words.join('')}`).toBe('xxx xx-xxx xx');
});

/** The page with a station without alarms, after the touch that lets it sound. */
async function open(): Promise<Page> {
  const page = await browser.newPage({ locale: 'en-GB' });
  await page.addInitScript(tapSound);
  await page.addInitScript(installFakeStation, { frame: station(IDLE), me: CLINICIAN, answers: ANSWERS });
  await page.goto(server.address);
  await page.locator('[data-stop]').first().waitFor();
  await page.mouse.click(5, 5);
  return page;
}

/** What the page told the station last of its sound. */
const reported = (page: Page): Promise<unknown> =>
  page.evaluate(() => window.fakeStation.calls.findLast(({ leaf }) => leaf === 'sound.report')?.input);

test('the page proves its sound by its own samples, and finds within 5 s that it was lost (R-6.7)', async () => {
  const page = await open();
  await expect.poll(() => reported(page), { timeout: 15_000 }).toMatchObject({ proved: true });
  const began = performance.now();
  await page.evaluate(() => window.tapped.lose());
  await expect.poll(() => reported(page), { timeout: 15_000 }).toMatchObject({ proved: false });
  expect(performance.now() - began).toBeLessThan(5000 * RATIO);
  await page.getByText('Sound not proved').waitFor();
  await page.close();
}, 60_000);

test('an alarm is on the screen within 0.5 s and its first pulse leaves within 1 s (R-6.4)', async () => {
  const page = await open();
  await expect.poll(() => reported(page), { timeout: 15_000 }).toMatchObject({ proved: true });
  const frame = station({ ...IDLE, alarms: [alarm('spo2-low', 'high', 'SpO2 low', { ageMs: 0 })] });
  const times = await page.evaluate(async (raised) => {
    const began = performance.now();
    window.fakeStation.frame = raised;
    let seen = 0;
    let heard = 0;
    while ((seen === 0 || heard === 0) && performance.now() - began < 20_000) {
      await new Promise(requestAnimationFrame);
      const now = performance.now() - began;
      if (seen === 0 && document.body.textContent.includes('SpO2 low')) seen = now;
      if (heard === 0 && window.tapped.level() > 0.05) heard = now;
    }
    return { seen, heard };
  }, frame);
  expect(times.seen).toBeGreaterThan(0);
  expect(times.seen).toBeLessThan(500 * RATIO);
  expect(times.heard).toBeGreaterThan(0);
  expect(times.heard).toBeLessThan(1000 * RATIO);
  await page.close();
}, 60_000);
