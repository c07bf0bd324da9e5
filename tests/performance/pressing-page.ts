import { launchChromium } from '../e2e/support/chromium.ts';

/** A real page of the station whose STOP is pressed by a real pointer. */
export interface PressingPage {
  /** Resolves with the instant of the press on this process's `performance.now()`, known to half a round trip. */
  press(chairId: string): Promise<number>;
  end(): Promise<void>;
}

export async function pressingPage(url: string): Promise<PressingPage> {
  const browser = await launchChromium();
  const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await page.addInitScript(() => {
    // Before any listener of the page itself.
    addEventListener('pointerdown', ({ timeStamp }) => Object.assign(window, { pressedAt: timeStamp }), {
      capture: true,
    });
  });
  await page.goto(url);
  await page.locator('[data-stop]').first().waitFor();
  // One pointer, so one press after the other.
  let before: Promise<unknown> = Promise.resolve();

  const pressNow = async (chairId: string): Promise<number> => {
    const box = await page.locator(`[data-stop=${chairId}] button`).boundingBox();
    if (box === null) throw new Error(`STOP of ${chairId} is not on the screen`);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.up();
    const asked = performance.now();
    const ago = await page.evaluate(() => performance.now() - (window as unknown as { pressedAt: number }).pressedAt);
    return (asked + performance.now()) / 2 - ago;
  };
  return {
    press: (chairId) => {
      const pressed = before.then(() => pressNow(chairId));
      before = pressed.catch(() => undefined);
      return pressed;
    },
    end: () => browser.close(),
  };
}
