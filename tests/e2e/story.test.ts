import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyFolder } from '../../main/export/verify-folder.ts';
import { StationProcess } from '../support/station-process.ts';
import { answerCheck, fieldsOf } from './support/check-scenes.ts';
import { launchChromium } from './support/chromium.ts';

const OUTPUT = join(import.meta.dirname, 'output', 'story');
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
/** Long enough for 30 s of steady signs on a busy machine. */
const PATIENCE = 90_000;

/** The real station with its demonstration, clicked through by a clinician and a supervisor in a real browser. */
describe('the main job in the browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chairside-e2e-'));
  const station = new StationProcess(['--data', folder]);
  const complaints: string[] = [];
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    mkdirSync(OUTPUT, { recursive: true });
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
    page.setDefaultTimeout(20_000);
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(await station.address());
  });

  afterAll(async () => {
    await browser?.close();
    await station.end();
    rmSync(folder, { recursive: true, force: true });
  });

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
  const shot = (name: string) => page.screenshot({ path: join(OUTPUT, `${name}.png`) });

  async function signIn(person: RegExp, pin: string): Promise<void> {
    await button(person).click();
    await page.keyboard.type(pin);
    await page.keyboard.press('Enter');
    await button('Sign out').waitFor();
  }

  async function scenario(name: string): Promise<void> {
    await button('Scenarios').click();
    const panel = page.getByRole('dialog', { name: 'Demonstration scenarios' });
    await panel.getByRole('button', { name, exact: true }).first().click();
    await panel.getByRole('button', { name: 'Close' }).click();
  }

  async function clickWhenReady(name: string): Promise<void> {
    await page
      .locator('button:not([aria-disabled="true"]):not([disabled])', { hasText: new RegExp(`^${name}`) })
      .first()
      .click({ timeout: PATIENCE });
  }

  async function seriousFindings(): Promise<readonly string[]> {
    await page.evaluate(await readFile(axePath, 'utf8'));
    const found: AxeResults = await page.evaluate('globalThis.axe.run()');
    return found.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
  }

  test('a clinician opens a session, checks, arms and starts', async () => {
    await page.getByText('DEMONSTRATION').first().waitFor();
    await shot('1-sign-in');
    await signIn(/Mara Lindqvist/, '112233');
    await page.getByRole('link', { name: 'Chair 1' }).or(button('Chair 1')).first().click();
    await clickWhenReady('Open a session');
    await page.getByLabel('Patient id').fill('P-1042');
    await page.getByLabel('Patient name').fill('Ada Novak');
    await page.getByLabel('Drug lot').fill('KX7-221');
    await page.getByRole('combobox', { name: /Drug entry/ }).click();
    await page.getByRole('option', { name: /mood/i }).click();
    await page.getByLabel('2.0 mg/mL').check();
    await page.getByLabel('Weight').fill('70');
    await page.getByLabel('Duration').fill('40');
    await page.getByLabel('Dose').fill('350');
    await page
      .getByText(/hard limit/i)
      .first()
      .waitFor();
    await shot('2-hard-limit');
    await page.getByLabel('Dose').fill('35');
    await page.getByText('26.2').first().waitFor();
    await shot('3-order');
    await clickWhenReady('Open the session');
    await clickWhenReady('Bedside check');
    await answerCheck(page, 'P-1043', 'KX7-221', '2');
    await clickWhenReady('Confirm the check');
    await page.getByText('CHECK_PATIENT_MISMATCH').waitFor();
    await shot('4-another-patient');
    expect(await seriousFindings()).toEqual([]);
    await fieldsOf(page).patientId.fill('P-1042');
    await shot('4-check');
    await clickWhenReady('Confirm the check');
    await clickWhenReady('Test sound');
    await clickWhenReady('I heard the tone');
    await clickWhenReady('Arm');
    await clickWhenReady('Start');
    await page
      .getByText(/reads back INFUSING/)
      .first()
      .waitFor();
    await shot('5-infusing');
    expect(await seriousFindings()).toEqual([]);
  });

  test('a desaturation pauses the pump, and only the clinician brings it back', async () => {
    await scenario('Desaturate');
    await page
      .getByText(/SpO2 (critically )?low/)
      .first()
      .waitFor({ timeout: PATIENCE });
    await page
      .getByText(/reads back (PAUSED|STOPPED)/)
      .first()
      .waitFor();
    await shot('6-paused');
    expect(await seriousFindings()).toEqual([]);
    await scenario('Recover');
    await page.waitForTimeout(5000);
    expect(await page.getByText(/reads back INFUSING/).count()).toBe(0);
    await button('Acknowledge').first().click();
    await clickWhenReady('Resume');
    await page.getByLabel(/^Reason/).fill('Patient is well again');
    await page.getByLabel('Rate to resume with').fill('26.2');
    await page.getByRole('dialog').getByRole('button', { name: 'Resume', exact: true }).click();
    await page
      .getByText(/reads back INFUSING/)
      .first()
      .waitFor({ timeout: PATIENCE });
    await shot('7-resumed');
  });

  test('STOP by its key stops the pump, and the session is ended', async () => {
    await page.keyboard.press('F12');
    await page
      .getByText(/reads back (PAUSED|STOPPED)/)
      .first()
      .waitFor();
    await button('End the session').click();
    await page.getByLabel(/^Reason/).fill('Treatment finished early');
    await page.getByRole('dialog').getByRole('button', { name: 'End the session', exact: true }).click();
    await page.getByText('Ended').first().waitFor();
    expect(await page.getByText(/reads back INFUSING/).count()).toBe(0);
    await shot('8-ended');
    await button('Sign out').click();
  });

  test('the supervisor exports a record that verifies', async () => {
    await signIn(/Ines Castellan/, '778899');
    await page.getByRole('link', { name: 'Sessions' }).or(button('Sessions')).first().click();
    await page.getByText('Ada Novak').first().click();
    await clickWhenReady('Export the record');
    await clickWhenReady('Write the export');
    await page.getByText(/Read back from the disk: in order/).waitFor({ timeout: PATIENCE });
    await shot('9-exported');
    const exported = (await page.locator('dd').allInnerTexts()).find((text) => existsSync(text));
    expect(exported).toBeDefined();
    expect(await verifyFolder(exported ?? '')).toMatchObject({ damage: [] });
    expect(await seriousFindings()).toEqual([]);
  });

  test('the supervisor finds the session, checks the record, reviews and signs', async () => {
    await button('‹ Back to the list').click();
    await page.getByLabel('Search', { exact: true }).fill('novak KX7');
    await page.getByText('1 of 1').waitFor();
    await button('Check the whole record').click();
    await page.getByText(/The record is whole, \d+ rows/).waitFor({ timeout: PATIENCE });
    await page.getByText('Ada Novak').first().click();
    await page.getByRole('tab', { name: 'Drug' }).click();
    await page.getByText('no drawing up is written down').waitFor();
    await shot('10-drug-account');
    await page.getByRole('tab', { name: /Notes/ }).click();
    await page.getByLabel('New note').fill('Desaturation seen, patient was well afterwards');
    await button('Write the note').click();
    await page.getByRole('tab', { name: 'Notes (1)' }).waitFor();
    await page.getByRole('tab', { name: /Sign-off/ }).click();
    await page.getByLabel('Meaning of the signature').selectOption('approval');
    await page.getByLabel('PIN or password of Ines Castellan').fill('778899');
    await button('Sign this session').click();
    await page.getByText('BALANCE_OPEN').waitFor();
    await page.getByLabel('Meaning of the signature').selectOption('review');
    await page.getByLabel('PIN or password of Ines Castellan').fill('778899');
    await page.keyboard.press('Enter');
    await page.getByText('✓ Holds').waitFor();
    await button('‹ Back to the list').click();
    await page.getByRole('cell', { name: 'signed', exact: true }).waitFor();
    await shot('11-signed');
    expect(await seriousFindings()).toEqual([]);
  });

  test('the page complained about nothing', () => {
    expect(complaints).toEqual([]);
  });
});
