import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from './support/chromium.ts';
import { installFakeStation } from './support/fake-station.ts';
import { ACCESS_SCENES } from './support/access-scenes.ts';
import { DIALOG_SCENES } from './support/dialog-scenes.ts';
import { JOINED_SCENES } from './support/joined-scenes.ts';
import { REVIEW_SCENES } from './support/review-scenes.ts';
import { SCENES as CHAIR_SCENES, type Scene } from './support/scenes.ts';
import { type StaticServer, serve } from './support/static-server.ts';

const SCENES: readonly Scene[] = [
  ...CHAIR_SCENES,
  ...ACCESS_SCENES,
  ...JOINED_SCENES,
  ...DIALOG_SCENES,
  ...REVIEW_SCENES,
];
const OUTPUT = join(import.meta.dirname, 'output');
const SIZES = [
  { width: 1920, height: 1080 },
  { width: 1280, height: 800 },
  // A tablet below the bar of its system.
  { width: 1280, height: 752 },
  { width: 1024, height: 768 },
] as const;
const at = ({ width, height }: (typeof SIZES)[number]): string => `at ${width}x${height}`;
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

let browser: Browser;
let server: StaticServer;

beforeAll(async () => {
  await mkdir(OUTPUT, { recursive: true });
  // Its own build of the same set-up: `out/` may be emptied by a build that runs meanwhile.
  const built = join(OUTPUT, 'renderer');
  const configFile = join(import.meta.dirname, '../../renderer/vite.config.ts');
  await build({ configFile, logLevel: 'error', build: { outDir: built, emptyOutDir: true } });
  server = await serve(built);
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Opens a scene and collects everything the page complains about. */
async function show(scene: Scene): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage({ viewport: SIZES[0], locale: 'en-GB' });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) =>
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  page.setDefaultTimeout(8000);
  const { frame, me, answers } = scene;
  await page.addInitScript(installFakeStation, { frame, me, answers });
  await page.goto(server.address);
  await page.locator('[data-stop]').first().waitFor();
  await page.waitForTimeout(300);
  await scene.act?.(page);
  await page.waitForTimeout(700);
  return { page, complaints };
}

/** Serious and critical findings, by rule and first place. Run through the debugger, which the policy does not bind. */
async function axe(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: await readFile(axePath, 'utf8') });
  const results = await page.evaluate(() => (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run());
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 140)).join(' | ')}`);
}

interface Layout {
  readonly overflowX: number;
  readonly overflowY: number;
  readonly cutOff: readonly string[];
  readonly stops: readonly { readonly chair: string; readonly reachable: boolean }[];
}
const layout = (page: Page): Promise<Layout> =>
  page.evaluate(() => ({
    overflowX: document.documentElement.scrollWidth - window.innerWidth,
    overflowY: document.documentElement.scrollHeight - window.innerHeight,
    cutOff: [...document.querySelectorAll('header button, nav button, [aria-label=Next] button, [data-stop] button')]
      .filter((button) => {
        const { left, right, top, bottom } = button.getBoundingClientRect();
        return left < 0 || top < 0 || right > window.innerWidth || bottom > window.innerHeight;
      })
      .map((button) => button.textContent ?? ''),
    stops: [...document.querySelectorAll('[data-stop] button')].map((button) => {
      const { left, top, width, height } = button.getBoundingClientRect();
      const chair = button.closest('[data-stop]')?.getAttribute('data-stop') ?? '';
      // At its lower edge too: what lies over a part of it also hides what the pump reads back below.
      const free = [0.5, 0.95].every((part) =>
        button.contains(document.elementFromPoint(left + width / 2, top + height * part)),
      );
      return { chair, reachable: width >= 44 && height >= 44 && free };
    }),
  }));

/** Buttons that no person's scrolling brings into reach: cut off by their panel, or under another. */
const unreachable = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const overlays = '[role=dialog], [role=alertdialog], [aria-label="Demonstration scenarios"]';
    const above = [...document.querySelectorAll(overlays)].at(-1);
    // A script can scroll what hides its overflow, a person cannot.
    const isCut = (element: Element): boolean =>
      (element.scrollTop > 0 && getComputedStyle(element).overflowY === 'hidden') ||
      (element.parentElement !== null && isCut(element.parentElement));
    const lost = [...(above ?? document).querySelectorAll('button')].filter((button) => {
      if (!button.checkVisibility({ visibilityProperty: true })) return false;
      button.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
      const { left, top, width, height } = button.getBoundingClientRect();
      return (
        isCut(button) ||
        [0.2, 0.8].some((part) => !button.contains(document.elementFromPoint(left + width / 2, top + height * part)))
      );
    });
    for (const element of document.querySelectorAll('*')) element.scrollTo({ top: 0, left: 0, behavior: 'instant' });
    return lost.map((button) => button.textContent ?? '');
  });

/** What keeps an action from being done, where its panel does not show the whole of it. */
const cutReasons = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('[data-reasons]')]
      .filter((reasons) => {
        const panel = reasons.closest('section')?.getBoundingClientRect();
        return panel !== undefined && reasons.getBoundingClientRect().bottom > panel.bottom;
      })
      .map((reasons) => reasons.textContent ?? ''),
  );

/** Several at a time: half of it is waiting until a page stands still. */
describe.concurrent.each(SCENES)('$name', (scene) => {
  test('is drawn within every screen, with STOP of both chairs in reach and no complaint', async () => {
    const { page, complaints } = await show(scene);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await page.waitForTimeout(250);
      await page.screenshot({ path: join(OUTPUT, `${scene.name}-${size.width}x${size.height}.png`) });
      const { overflowX, overflowY, stops, cutOff } = await layout(page);
      expect({ overflowX, overflowY }, at(size)).toEqual({ overflowX: 0, overflowY: 0 });
      expect(cutOff, at(size)).toEqual([]);
      expect(await cutReasons(page), at(size)).toEqual([]);
      expect(await unreachable(page), at(size)).toEqual([]);
      expect(stops.map(({ chair }) => chair).toSorted(), at(size)).toEqual(['chair-1', 'chair-2']);
      expect(
        stops.filter(({ reachable }) => !reachable),
        at(size),
      ).toEqual([]);
    }
    expect(await axe(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

const scene = (name: string): Scene => {
  const found = SCENES.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`There is no scene ${name}`);
  return found;
};

test('a stale value and a missing one leave no plain number in the large place (R-5.2)', async () => {
  const { page } = await show(scene('stale'));
  expect(await page.locator('[data-vital] [data-large]').allTextContents()).toEqual(['--', '--']);
  expect(await page.locator('[data-vital=spo2]').textContent()).toContain('Stale: last 96 %, 4.2 s ago');
  await page.close();
});

/** Colours of the banner in every frame that the page draws for `seconds`, with the time of each. */
async function drawn(page: Page, seconds: number): Promise<readonly { at: number; colour: string }[]> {
  return page.locator('[data-alarm]').evaluate(async (banner, forSeconds) => {
    const seen: { at: number; colour: string }[] = [];
    const end = performance.now() + forSeconds * 1000;
    while (performance.now() < end) {
      const at = await new Promise(requestAnimationFrame);
      seen.push({ at, colour: getComputedStyle(banner).backgroundColor });
    }
    return seen;
  }, seconds);
}

/** Frequency and share of time of the first colour, over whole periods. */
function flashing(frames: readonly { at: number; colour: string }[], on: string): { hertz: number; share: number } {
  const rises = frames.filter(({ colour }, index) => colour === on && index > 0 && frames[index - 1]?.colour !== on);
  const [first, last] = [rises[0]?.at ?? Number.NaN, rises.at(-1)?.at ?? Number.NaN];
  const whole = frames.filter(({ at }) => at >= first && at < last);
  return {
    hertz: ((rises.length - 1) * 1000) / (last - first),
    share: whole.filter(({ colour }) => colour === on).length / whole.length,
  };
}

test('a medium alarm flashes between 0.4 and 0.8 Hz, 20 to 60 % of the time on, in yellow (R-6.2)', async () => {
  const { page } = await show(scene('record-failed'));
  const { hertz, share } = flashing(await drawn(page, 8), 'rgb(255, 210, 63)');
  expect(hertz).toBeGreaterThanOrEqual(0.4);
  expect(hertz).toBeLessThanOrEqual(0.8);
  expect(share).toBeGreaterThan(0.2);
  expect(share).toBeLessThan(0.6);
  await page.close();
});

test('a low alarm stands still (R-6.2)', async () => {
  const { page } = await show(scene('low-alarm'));
  const colours = new Set((await drawn(page, 3)).map(({ colour }) => colour));
  expect([...colours]).toEqual(['rgb(6, 40, 44)']);
  expect(await page.locator('[data-alarm=low]').evaluate((banner) => banner.getAnimations().length)).toBe(0);
  await page.close();
});

test('a high alarm flashes between 1.4 and 2.8 Hz, 20 to 60 % of the time on (R-6.2)', async () => {
  const { page } = await show(scene('high-alarm'));
  const { hertz, share } = flashing(await drawn(page, 4), 'rgb(213, 18, 43)');
  expect(hertz).toBeGreaterThanOrEqual(1.4);
  expect(hertz).toBeLessThanOrEqual(2.8);
  expect(share).toBeGreaterThan(0.2);
  expect(share).toBeLessThan(0.6);
  await page.close();
});

test('the vital signs are the largest things on the chair screen, 120 px and more at 1920x1080', async () => {
  const { page } = await show(scene('infusing'));
  const sizes = await page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((element) => element.childElementCount === 0 && element.textContent?.trim())
      .map((element) => ({
        large: element.hasAttribute('data-large'),
        px: Number.parseFloat(getComputedStyle(element).fontSize),
      })),
  );
  const large = sizes.filter((each) => each.large).map((each) => each.px);
  const rest = sizes.filter((each) => !each.large).map((each) => each.px);
  expect(large).toHaveLength(2);
  expect(Math.min(...large)).toBeGreaterThanOrEqual(120);
  expect(Math.max(...rest)).toBeLessThan(Math.min(...large) / 2);
  await page.close();
});

test('without frames every number of both chairs is gone within 2.5 s', async () => {
  const { page } = await show(scene('infusing'));
  await page.evaluate(() => {
    window.fakeStation.frame = null;
  });
  await page.waitForTimeout(2500);
  await page.getByText('No connection to the station - look at the patient and the pump').waitFor();
  const text = await page
    .locator('main, footer')
    .evaluateAll((parts) =>
      parts
        .flatMap((part) => [...part.querySelectorAll('[data-large], dd, [class*=number]')])
        .map((e) => e.textContent),
    );
  expect(text.length).toBeGreaterThan(8);
  expect(text.filter((each) => /\d/.test(each ?? ''))).toEqual([]);
  await page.close();
});

test('what is predicted is called so on the screen, and what each model says fits below it', async () => {
  const { page } = await show(scene('prediction'));
  const panel = page.getByRole('region', { name: 'Predicted plasma concentration' });
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.waitForTimeout(250);
    const text = await panel.innerText();
    expect(text).toMatch(/105-208 ng\/mL\s+A prediction of four published models, not a measurement/);
    const cutOff = await panel.evaluate((element) =>
      [element, ...element.querySelectorAll('*')]
        .filter((part) => part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0)
        .map((part) => part.textContent),
    );
    expect(cutOff, at(size)).toEqual([]);
  }
  expect(await panel.locator('dd').allInnerTexts()).toHaveLength(4);
  await page.close();
});

test('a locked seat silences no alarm for anybody, but lets anybody pause the sound of each chair (R-6.5)', async () => {
  const { page } = await show(scene('locked-alarm'));
  const pause = (chair: string) => page.getByRole('button', { name: `Pause sound of ${chair}` });
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const boxes = await Promise.all(['Chair 1', 'Chair 2'].map((chair) => pause(chair).boundingBox()));
    for (const box of boxes) expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
  }
  await pause('Chair 1').click();
  await page.getByText('Sound paused, 0:43 left').waitFor();
  const calls = await page.evaluate(() => window.fakeStation.calls);
  expect(calls.filter(({ leaf }) => leaf === 'alarm.pauseAudio').map(({ input }) => input)).toEqual([
    { chairId: 'chair-1', alarms: ['spo2-low', 'signal-poor'].map((key) => ({ key, raisedAtMs: 1000 })), seconds: 60 },
  ]);
  await page.close();
});

test.each(['sign-in', 'overview', 'infusing', 'resume', 'order-soft'])(
  'a press on STOP and the key F12 each send a stop at once: %s',
  async (name) => {
    const { page } = await show(scene(name));
    const stops = () =>
      page.evaluate(() =>
        window.fakeStation.calls.filter(({ leaf }) => leaf === 'chair.stop').map((each) => each.input),
      );
    const box = await page.locator('[data-stop=chair-1] button').boundingBox();
    if (box === null) throw new Error('STOP is not drawn');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    expect(await stops()).toEqual([{ chairId: 'chair-1' }]);
    await page.mouse.up();
    expect(await stops()).toHaveLength(1);
    await page.keyboard.press('F12');
    expect((await stops()).slice(1)).toContainEqual({ chairId: 'chair-1' });
    await page.close();
  },
);

test('on the overview an alarm says what it is, whatever can be done about it (R-6.4)', async () => {
  const { page } = await show(scene('overview-by-hand'));
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const cut = await page
      .locator('[data-alarm]')
      .evaluate((banner) =>
        [banner, ...banner.querySelectorAll('strong, button')]
          .filter((part) => part.clientWidth === 0 || part.scrollWidth > part.clientWidth + 1)
          .map((part) => part.textContent),
      );
    expect(cut, at(size)).toEqual([]);
    await page.getByText('STOP NOT CONFIRMED - stop at the pump').first().waitFor({ timeout: 1000 });
  }
  await page.close();
});

test.each([
  ['infusing', 'Pause'],
  ['overview-emergency', 'Emergency'],
  ['review-drug', 'Close the difference'],
])('Escape closes a dialog and gives the focus back to what opened it: %s', async (name, opener) => {
  const { page } = await show(scene(name));
  const dialog = page.getByRole('dialog');
  if ((await dialog.count()) > 0) await page.keyboard.press('Escape');
  const button = page.getByRole('button', { name: opener, exact: true });
  await button.focus();
  await page.keyboard.press('Enter');
  await dialog.waitFor();
  expect(await dialog.evaluate((popup) => popup.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.close();
});

test.each([
  ['supervisor-export', 'Verified: the record is whole'],
  ['review-long', '12:11:00 +01:00: SpO2 97 %'],
])('what was asked for in a review is in sight without scrolling: %s', async (name, text) => {
  const { page } = await show(scene(name));
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.waitForTimeout(250);
    const seen = await page
      .getByText(text)
      .first()
      .evaluate((element) => {
        const { left, top, width, height } = element.getBoundingClientRect();
        return element.contains(document.elementFromPoint(left + Math.min(width / 2, 20), top + height / 2));
      });
    expect(seen, at(size)).toBe(true);
  }
  await page.close();
});

test('an alarm that is picked shows what was measured then, beside its list, and its gap stays a gap', async () => {
  const { page } = await show(scene('review-long'));
  const trend = page.getByRole('region', { name: 'Trend' });
  const events = page.getByRole('region', { name: 'Events' });
  const place = async (region: typeof trend) => (await region.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const [left, right] = [await place(trend), await place(events)];
    expect(left.x + left.width, at(size)).toBeLessThanOrEqual(right.x);
    expect(Math.min(left.y + left.height, right.y + right.height) - Math.max(left.y, right.y)).toBeGreaterThan(100);
  }
  await page.getByRole('button', { name: 'Alarm: Connection to the monitor lost' }).nth(6).click();
  await page.getByText('11:35:00 +01:00: SpO2 -- (gap) %').waitFor();
  await page.close();
});

test('the way back to the list leads to the row that was left', async () => {
  const { page } = await show(scene('review-drug'));
  await page.getByRole('button', { name: '‹ Back to the list' }).click();
  const row = page.getByRole('button', { name: '2026-11-18' });
  await row.waitFor();
  expect(await row.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.close();
});

test('the list is searched, filtered, sorted and cleared by keyboard, each time by the record', async () => {
  const { page } = await show(scene('list-filters'));
  const asked = async (): Promise<unknown> => {
    const calls = await page.evaluate(() => window.fakeStation.calls);
    return calls.findLast(({ leaf }) => leaf === 'review.find')?.input;
  };
  await page.getByRole('columnheader', { name: 'Pump' }).getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect
    .poll(asked, { timeout: 5000 })
    .toMatchObject({ withPauses: true, person: 'p5', sort: 'pumps', descending: false, after: null });
  await page.getByRole('button', { name: 'Clear', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(asked, { timeout: 5000 }).toMatchObject({ withPauses: null, person: null, sort: 'pumps' });
  await page.getByRole('button', { name: 'Show more' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(asked, { timeout: 5000 }).toMatchObject({ after: { id: 'S-2026-0029' } });
  await page.close();
});
