import { mkdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as launcher } from 'playwright-core';

const LOCK = join(tmpdir(), 'chairside-chromium.lock');
/** Unpacking takes seconds; a lock older than this was left by a killed run. */
const LOCK_LIFE_MS = 60_000;

/** Unpacks the browser once: two test processes writing the same file would start half a browser. */
async function unpacked(): Promise<string> {
  for (;;) {
    try {
      await mkdir(LOCK);
    } catch {
      const age = await stat(LOCK).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => 0,
      );
      if (age > LOCK_LIFE_MS) await rm(LOCK, { recursive: true, force: true });
      await sleep(100);
      continue;
    }
    try {
      return await chromium.executablePath();
    } finally {
      await rm(LOCK, { recursive: true, force: true });
    }
  }
}

/** A real, headless Chromium from its npm package; nothing is needed on the machine. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = await unpacked();
  return launcher.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
    headless: true,
  });
}
