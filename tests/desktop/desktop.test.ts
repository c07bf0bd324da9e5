import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../structure/sources.ts';

/** Where the electron package says its binary is; absent until its own installer has fetched it. */
function electronBinary(): string | null {
  const note = join(ROOT, 'node_modules', 'electron', 'path.txt');
  if (!existsSync(note)) return null;
  const binary = join(ROOT, 'node_modules', 'electron', 'dist', readFileSync(note, 'utf8'));
  return existsSync(binary) ? binary : null;
}

const binary = electronBinary();
if (binary === null) {
  if (process.env['CHAIRSIDE_REQUIRE_ELECTRON'] === '1')
    throw new Error('The Electron binary is required here but absent.');
  console.log(
    'SKIPPED desktop tests: the Electron binary is not on this machine (npx node node_modules/electron/install.js)',
  );
}

describe.skipIf(binary === null)('the desktop program on real Electron', () => {
  const data = mkdtempSync(join(tmpdir(), 'chairside-desktop-'));
  let application: ElectronApplication;
  let page: Page;

  beforeAll(async () => {
    application = await _electron.launch({
      executablePath: binary ?? '',
      args: [join(ROOT, 'out', 'main', 'index.js'), '--data', data],
    });
    page = await application.firstWindow();
  });

  afterAll(async () => {
    await application?.close();
    rmSync(data, { recursive: true, force: true });
  });

  test('shows the sign-in of the demonstration from its own scheme', async () => {
    await page.getByText('DEMONSTRATION').first().waitFor();
    expect(page.url()).toMatch(/^app:\/\/chairside\//);
  });

  test('gives the page no Node and no second window', async () => {
    expect(await page.evaluate(() => typeof Reflect.get(globalThis, 'require'))).toBe('undefined');
    await page.evaluate(() => void window.open('https://example.org'));
    expect(application.windows()).toHaveLength(1);
  });

  test('shows live vital signs of both simulated chairs', async () => {
    await page.getByText('Chair 2').first().waitFor();
    await expect.poll(() => page.locator('body').innerText(), { timeout: 20_000 }).toMatch(/\b9\d\b/);
  });
});
