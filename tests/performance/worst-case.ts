import { spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { launchChromium } from '../e2e/support/chromium.ts';

/** Keeps every processor busy, at the same priority as what is measured. */
export function busyProcessors(): { end(): void } {
  const busy = cpus().map(() => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
  return { end: () => busy.forEach((process) => process.kill('SIGKILL')) };
}

/** A real page of the station that has subscribed to everything and then never reads again. */
export async function frozenPage(url: string): Promise<{ end(): Promise<void> }> {
  const browser = await launchChromium();
  const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await page.goto(url);
  await page.getByRole('button', { name: /stop/i }).first().waitFor();
  await page.evaluate(() => {
    setTimeout(() => {
      for (;;);
    }, 0);
  });
  return { end: () => browser.close() };
}
