import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NEW_SESSION } from './support/sample-frames.ts';
import { answerCheck, fieldsOf } from './support/check-scenes.ts';
import { openStage, sceneNamed, type Stage } from './support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

const pageOf = async (name: string): Promise<Page> => (await stage.show(sceneNamed(name))).page;
const id = (page: Page) => fieldsOf(page).patientId;
const lot = (page: Page) => fieldsOf(page).lot;
const concentration = (page: Page) => fieldsOf(page).concentration;
/** A press also on what cannot be done yet: a person presses it all the same. */
const confirm = (page: Page) => page.getByRole('button', { name: 'Confirm the check' }).click({ force: true });
const sent = (page: Page) =>
  page.evaluate(() =>
    window.fakeStation.calls.filter(({ leaf }) => leaf === 'session.check').map(({ input }) => input),
  );
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('id'));

/** As a scanner types it: fast, and with Enter at its end. */
async function scan(page: Page, code: string): Promise<void> {
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
}

test('shows neither id nor lot nor concentration of the session, and the name of its patient', async () => {
  const page = await pageOf('check-empty');
  const shown = await page.locator('main').innerText();
  expect(shown).toContain(NEW_SESSION.patientName);
  for (const expected of [NEW_SESSION.patientId, NEW_SESSION.drugLot, '2.0 mg/mL', '2.0\nmg/mL'])
    expect(shown).not.toContain(expected);
  for (const field of [id(page), lot(page), concentration(page)]) {
    expect(await field.inputValue()).toBe('');
    expect(await field.getAttribute('placeholder')).toBeNull();
  }
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByText(`${NEW_SESSION.patientId} · lot ${NEW_SESSION.drugLot}`).waitFor();
  await page.close();
});

test('is not sent while a field is empty or no number, and says which', async () => {
  const page = await pageOf('check');
  for (const [field, name, wrong] of [
    [id(page), 'patient id', ''],
    [lot(page), 'lot', '  '],
    [concentration(page), 'concentration', ''],
    [concentration(page), 'concentration', '2,000'],
  ] as const) {
    const right = await field.inputValue();
    await field.fill(wrong);
    await page.getByText(`Not read: ${name}`, { exact: true }).waitFor();
    await confirm(page);
    await field.fill(right);
  }
  expect(await sent(page)).toEqual([]);
  await confirm(page);
  await expect.poll(() => sent(page)).toHaveLength(1);
  await page.close();
});

test('is filled by a scanner, field after field, and sent by its button alone', async () => {
  const page = await pageOf('check-empty');
  await scan(page, 'P-1042');
  await scan(page, 'KX7-221');
  await scan(page, '2.0');
  expect([await id(page).inputValue(), await lot(page).inputValue(), await concentration(page).inputValue()]).toEqual([
    'P-1042',
    'KX7-221',
    '2.0',
  ]);
  const last = await concentration(page).getAttribute('id');
  expect(await focused(page)).toBe(last);
  for (const box of await page.getByRole('checkbox').all()) {
    await box.press('Space');
    await box.press('Enter');
  }
  await concentration(page).press('Enter');
  expect(await sent(page)).toEqual([]);
  await page.getByRole('button', { name: 'Confirm the check' }).press('Enter');
  await expect
    .poll(() => sent(page))
    .toMatchObject([
      {
        patientIdRead: 'P-1042',
        drugLotRead: 'KX7-221',
        concentrationRead: '2.0',
        identityConfirmed: true,
        drugAndConcentrationConfirmed: true,
        otherDrugsAndDiseasesReviewed: true,
        risksDisclosed: true,
      },
    ]);
  await page.close();
});

test('keeps everything after a mismatch, says at the field which one it was, and may be sent again', async () => {
  const page = await pageOf('check-mismatch');
  const error = page.getByText('Not the patient of this session');
  expect(await id(page).getAttribute('aria-invalid')).toBe('true');
  expect(await id(page).getAttribute('aria-describedby')).toBe(await error.getAttribute('id'));
  expect(await lot(page).getAttribute('aria-invalid')).toBe('false');
  expect(await page.getByRole('alert').filter({ hasText: 'Refused' }).innerText()).toContain('end this session');
  expect([await id(page).inputValue(), await lot(page).inputValue(), await concentration(page).inputValue()]).toEqual([
    'P-1043',
    'KX7-221',
    '2',
  ]);
  for (const box of await page.getByRole('checkbox').all()) expect(await box.isChecked()).toBe(true);
  await id(page).fill('P-1042');
  expect(await error.count()).toBe(0);
  await confirm(page);
  await expect.poll(() => sent(page)).toHaveLength(2);
  await page.close();
});

test('opened for another session begins anew: nothing that was read or confirmed is carried over', async () => {
  const page = await pageOf('check-empty');
  await answerCheck(page, 'P-1042', 'KX7-221', '2');
  await page.evaluate(() => {
    const { frame } = window.fakeStation;
    if (frame === null) throw new Error('no frame');
    const chairs = frame.chairs.map((chair) =>
      chair.session === null ? chair : { ...chair, session: { ...chair.session, id: 'S-2026-0043' } },
    );
    window.fakeStation.frame = { ...frame, chairs };
  });
  await page.getByText('4 of 4 not confirmed').waitFor();
  expect(await id(page).inputValue()).toBe('');
  await page.close();
});
