import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answers } from './support/fake-station.ts';
import { liveNumbers } from './support/live-numbers.ts';
import { CLINICIAN, ok, SUPERVISOR } from './support/people.ts';
import { at, openStage, OUTPUT, sceneNamed, SIZES, type Stage } from './support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

const WRONG = { ok: false, code: 'SIGN_IN_WRONG', message: 'The PIN of the second person is wrong.' } as const;

type Answer = NonNullable<NonNullable<Answers['session']>['start']>;

/** The dialog of a scene, before a station that answers the start and the resume like this. */
async function dialogOf(name: string, answer: Answer): Promise<Page> {
  const scene = sceneNamed(name);
  const session = { ...scene.answers.session, start: answer, resume: answer };
  const { page } = await stage.show({ ...scene, answers: { ...scene.answers, session } });
  await page.getByRole('dialog').getByText('Find out what is behind it before anybody signs').waitFor();
  return page;
}

const asked = (page: Page, leaf: string) =>
  page.evaluate(
    (name) => window.fakeStation.calls.filter((call) => call.leaf === name).map(({ input }) => input),
    leaf,
  );

const own = (page: Page) => page.getByLabel(`PIN or password of ${CLINICIAN.name}`);
const second = (page: Page) => page.getByLabel('PIN or password of the second');
const confirm = (page: Page, word: string) => page.getByRole('dialog').getByRole('button', { name: word, exact: true });

const SIGNED = {
  signature: { personId: CLINICIAN.id, pin: '135790' },
  second: { personId: SUPERVISOR.id, pin: 'a long sentence' },
};

/** A press also on what cannot be done yet: a person presses it all the same. */
const press = (page: Page, word: string) => confirm(page, word).click({ force: true });

async function sign(page: Page): Promise<void> {
  await own(page).fill(SIGNED.signature.pin);
  await page.getByLabel('Second person').selectOption(SUPERVISOR.id);
  await second(page).fill(SIGNED.second.pin);
}

test('a locked chair starts by nobody alone: nothing is asked of the station until both have signed (R-2.9)', async () => {
  const page = await dialogOf('start-locked', ok({}));
  await press(page, 'Start');
  await own(page).fill(SIGNED.signature.pin);
  await press(page, 'Start');
  await page.getByLabel('Second person').selectOption(SUPERVISOR.id);
  await press(page, 'Start');
  expect(await asked(page, 'session.start')).toEqual([]);

  await second(page).fill(SIGNED.second.pin);
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.screenshot({ path: join(OUTPUT, `start-locked-signed-${size.width}x${size.height}.png`) });
    expect((await liveNumbers(page)).hidden, at(size)).toEqual([]);
  }
  await press(page, 'Start');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await asked(page, 'session.start')).toEqual([{ chairId: 'chair-1', signatures: SIGNED }]);
  await page.close();
});

test('whoever asks is not offered as the second, nor anybody whose role may not sign', async () => {
  const page = await dialogOf('start-locked', ok({}));
  expect(await page.getByLabel('Second person').locator('option').allTextContents()).toEqual([
    'Choose who',
    'Jonas Brandt, supervisor',
  ]);
  await page.close();
});

test('a refused signature leaves the dialog open, says why, and keeps no secret', async () => {
  const page = await dialogOf('start-locked', WRONG);
  await sign(page);
  await press(page, 'Start');
  await page.getByRole('dialog').getByText(WRONG.message).waitFor();
  expect([await own(page).inputValue(), await second(page).inputValue()]).toEqual(['', '']);
  expect(await page.getByLabel('Second person').inputValue()).toBe(SUPERVISOR.id);
  await press(page, 'Start');
  expect(await asked(page, 'session.start')).toHaveLength(1);
  await page.close();
});

test('a locked chair resumes with the reason, the rate typed anew and both signatures (R-2.8, R-2.9)', async () => {
  const page = await dialogOf('resume-locked', ok({}));
  await press(page, 'Resume');
  expect(await asked(page, 'session.resume')).toEqual([]);
  await sign(page);
  await press(page, 'Resume');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await asked(page, 'session.resume')).toEqual([
    { chairId: 'chair-1', reason: 'Sensor put right', confirmedRateUlPerH: 26_200, signatures: SIGNED },
  ]);
  await page.close();
});

test('the dialog of a locked chair is filled in and left by keyboard, and the focus goes back to what opened it', async () => {
  const page = await dialogOf('start-locked', ok({}));
  await own(page).focus();
  await page.keyboard.type(SIGNED.signature.pin);
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await page.keyboard.type(SIGNED.second.pin);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Start');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Start the infusion');
  expect(await asked(page, 'session.start')).toEqual([]);
  await page.close();
});
