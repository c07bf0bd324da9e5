import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Scene } from './support/scenes.ts';
import { at, openStage, sceneNamed as scene, type Shown, SIZES, type Stage } from './support/stage.ts';

// Dialogs, and the room of the supervisor, by hand and by keyboard.

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());
const show = (shown: Scene): Promise<Shown> => stage.show(shown);

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
  ['supervisor-export', 'Read back from the disk: in order'],
  ['export-unnamed', 'do not hand it out with the export'],
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

test.each([
  'supervisor-list',
  'list-filters',
  'station-log',
  'station-log-running',
  'review-long',
  'review-notes',
  'review-sign-off',
  'export-choice',
])('everything that a finger has to meet is 44 px high: %s', async (name) => {
  const { page } = await show(scene(name));
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const small = await page
      .locator('main button, main select, main summary, main span:has(> input), main label:has([type=radio])')
      .evaluateAll((parts) =>
        parts
          .filter((part) => part.checkVisibility() && part.getBoundingClientRect().height < 43.9)
          .map((part) => `${part.tagName} ${part.textContent} ${part.getBoundingClientRect().height}`),
      );
    expect(small, at(size)).toEqual([]);
  }
  await page.close();
});
