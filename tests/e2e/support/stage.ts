import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { ACCESS_SCENES } from './access-scenes.ts';
import { CHECK_SCENES } from './check-scenes.ts';
import { launchChromium } from './chromium.ts';
import { DIALOG_SCENES } from './dialog-scenes.ts';
import { installFakeStation } from './fake-station.ts';
import { JOINED_SCENES } from './joined-scenes.ts';
import { REVIEW_SCENES } from './review-scenes.ts';
import { SCENES as CHAIR_SCENES, type Scene } from './scenes.ts';
import { serve } from './static-server.ts';

export const SCENES: readonly Scene[] = [
  ...CHAIR_SCENES,
  ...CHECK_SCENES,
  ...ACCESS_SCENES,
  ...JOINED_SCENES,
  ...DIALOG_SCENES,
  ...REVIEW_SCENES,
];
export const OUTPUT = join(import.meta.dirname, '../output');
export const SIZES = [
  { width: 1920, height: 1080 },
  { width: 1280, height: 800 },
  // A tablet below the bar of its system.
  { width: 1280, height: 752 },
  { width: 1024, height: 768 },
] as const;
export const at = ({ width, height }: (typeof SIZES)[number]): string => `at ${width}x${height}`;

export function sceneNamed(name: string): Scene {
  const found = SCENES.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`There is no scene ${name}`);
  return found;
}

export interface Shown {
  readonly page: Page;
  /** Everything the page complained about so far. */
  readonly complaints: readonly string[];
}

export interface Stage {
  readonly show: (scene: Scene) => Promise<Shown>;
  readonly close: () => Promise<void>;
}

/** The real page in a real browser, before a station of the test. */
export async function openStage(): Promise<Stage> {
  await mkdir(OUTPUT, { recursive: true });
  // Its own build of the same set-up: `out/` may be emptied by a build that runs meanwhile.
  const built = join(OUTPUT, 'renderer');
  const configFile = join(import.meta.dirname, '../../../renderer/vite.config.ts');
  await build({ configFile, logLevel: 'error', build: { outDir: built, emptyOutDir: true } });
  const server = await serve(built);
  const browser = await launchChromium();
  return {
    show: async ({ frame, me, answers, act }) => {
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
      await page.addInitScript(installFakeStation, { frame, me, answers });
      await page.goto(server.address);
      await page.locator('[data-stop]').first().waitFor();
      await page.waitForTimeout(300);
      await act?.(page);
      await page.waitForTimeout(700);
      return { page, complaints };
    },
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}
