import type { Page } from 'playwright-core';
import { ANSWERS, WITH_ROWS } from './answers.ts';
import { CLINICIAN, SUPERVISOR } from './people.ts';
import { IDLE, INFUSING, SESSION, station } from './sample-frames.ts';
import type { Scene } from './scenes.ts';

const ENDED = station({ ...IDLE, phase: 'ended', session: { ...SESSION, prediction: null } });

const atChair = (name: string, act: (page: Page) => Promise<void>, answers = WITH_ROWS): Scene => ({
  name,
  frame: ENDED,
  me: CLINICIAN,
  answers,
  act: async (page) => {
    await page.getByRole('navigation').getByRole('button', { name: 'Chair 1' }).click();
    await page.getByRole('button', { name: 'Open the account' }).click();
    await act(page);
  },
});

const inReview = (name: string, tab: RegExp, act: (page: Page) => Promise<void> = async () => undefined): Scene => ({
  name,
  frame: station(INFUSING),
  me: SUPERVISOR,
  answers: WITH_ROWS,
  act: async (page) => {
    await page.getByRole('button', { name: '2026-11-18' }).click();
    await page.getByRole('tab', { name: tab }).click();
    await act(page);
  },
});

/** The controlled drug at the chair and the supervisor's review. */
export const LEDGER_SCENES: readonly Scene[] = [
  atChair('drug-account', (page) => page.getByText('465.00 mg not accounted for').waitFor()),
  atChair('drug-empty', (page) => page.getByText('Nothing is written down yet').waitFor(), ANSWERS),
  atChair('drug-draw-up', async (page) => {
    await page.getByRole('button', { name: 'Draw up' }).click();
    await page.getByLabel('Drawn out of them').fill('0,7000');
  }),
  atChair('drug-waste', async (page) => {
    await page.getByRole('button', { name: 'Waste', exact: true }).click();
    await page.getByLabel('Volume wasted').fill('2.5');
    await page.getByLabel('Second person', { exact: true }).selectOption('p2');
  }),
  atChair('drug-residual', async (page) => {
    await page.getByRole('button', { name: 'Left in syringe and set' }).click();
    await page.getByLabel('Volume').fill('0.1');
    await page.getByLabel('Second person', { exact: true }).selectOption('p2');
  }),
  atChair('drug-correct', async (page) => {
    await page.getByRole('button', { name: 'Correct' }).last().click();
    await page.getByLabel('Right volume').fill('0');
  }),
  inReview('review-course', /Course/, async (page) => {
    await page.getByLabel('Events (touch').selectOption('alarm');
    await page.getByRole('button', { name: /SpO2 low/ }).click();
  }),
  inReview('review-drug', /Drug/),
  inReview('review-notes', /Notes/),
  inReview('review-sign-off', /Sign-off/, async (page) => {
    await page.getByText('Changed after sign-off (row 90)').waitFor();
    await page.getByLabel('PIN or password of Jonas Brandt').fill('246802');
    // Without a meaning that somebody chose there is nothing to sign.
    await page.locator('button[aria-disabled=true]', { hasText: 'Sign this session' }).waitFor();
    await page.getByLabel('Meaning of the signature').selectOption('approval');
  }),
];
