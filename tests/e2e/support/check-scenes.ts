import type { Page } from 'playwright-core';
import { ANSWERS } from './answers.ts';
import { CLINICIAN, ok } from './people.ts';
import { IDLE, NEW_SESSION, station } from './sample-frames.ts';
import type { Scene } from './scenes.ts';

const PLANNED = station({ ...IDLE, phase: 'planned', session: NEW_SESSION });

/** As the station says it of another patient's wristband. */
const ANOTHER_PATIENT = {
  ok: false,
  code: 'CHECK_PATIENT_MISMATCH',
  message:
    'Stop. The patient id that was read is not the one of this session. Look at the patient, ask for the name and read the ' +
    'wristband or card again, or end this session and open the right one.',
} as const;

/** The three fields of what is read at the bedside. */
export const fieldsOf = (page: Page) => ({
  patientId: page.getByRole('textbox', { name: 'Patient id' }),
  lot: page.getByRole('textbox', { name: 'Lot' }),
  concentration: page.getByRole('textbox', { name: 'Concentration' }),
});

async function openCheck(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Chair 1' }).click();
  await page.getByRole('button', { name: 'Bedside check' }).click();
  await fieldsOf(page).patientId.waitFor();
}

/** Everything read off wristband and syringe, and every point confirmed. */
export async function answerCheck(page: Page, patientId: string, lot: string, concentration: string): Promise<void> {
  const fields = fieldsOf(page);
  await fields.patientId.fill(patientId);
  await fields.lot.fill(lot);
  await fields.concentration.fill(concentration);
  for (const box of await page.getByRole('checkbox').all()) await box.click();
}

const checking = (name: string, act: (page: Page) => Promise<void>, answer: typeof ANOTHER_PATIENT | null): Scene => ({
  name,
  frame: PLANNED,
  me: CLINICIAN,
  answers: { ...ANSWERS, session: { ...ANSWERS.session, check: answer ?? ok({}) } },
  act: async (page) => {
    await openCheck(page);
    await act(page);
  },
});

export const CHECK_SCENES: readonly Scene[] = [
  checking('check-empty', async () => undefined, null),
  checking('check', (page) => answerCheck(page, 'P-1042', 'KX7-221', '2.0'), null),
  checking(
    'check-malformed',
    async (page) => {
      await fieldsOf(page).concentration.fill('2,000');
      await page.getByText('At most two decimals').waitFor();
    },
    null,
  ),
  checking(
    'check-mismatch',
    async (page) => {
      await answerCheck(page, 'P-1043', 'KX7-221', '2');
      await page.getByRole('button', { name: 'Confirm the check' }).click();
      await page.getByText('Not the patient of this session').waitFor();
    },
    ANOTHER_PATIENT,
  ),
];
