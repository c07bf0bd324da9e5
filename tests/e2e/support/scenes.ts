import type { Page } from 'playwright-core';
import type { StationFrame } from '../../../preload/contract/frames.ts';
import { ANSWERS, WITH_ROWS } from './answers.ts';
import type { Answers, FakeScript } from './fake-station.ts';
import { LEDGER_SCENES } from './ledger-scenes.ts';
import { CLINICIAN, ok, SUPERVISOR } from './people.ts';
import { alarm, FULL, IDLE, INFUSING, NEW_SESSION, OTHER, PLAN, SESSION, signs, station } from './sample-frames.ts';

export interface Scene extends FakeScript {
  readonly name: string;
  /** Brings the page into the state that is looked at. */
  readonly act?: (page: Page) => Promise<void>;
}

const openChair = async (page: Page): Promise<void> => {
  await page.getByRole('navigation').getByRole('button', { name: 'Chair 1' }).click();
};

async function fillOrder(page: Page, dose: string): Promise<void> {
  await openChair(page);
  await page.getByRole('button', { name: 'Open a session' }).click();
  await page.getByLabel('Patient id').fill('P-1042');
  await page.getByLabel('Patient name').fill('Ada Novak');
  await page.getByLabel('Drug lot').fill('KX7-221');
  await page.getByRole('combobox').click();
  await page.getByRole('option', { name: /ketamine/ }).click();
  await page.getByText('2.0 mg/mL', { exact: true }).click();
  await page.getByLabel('Weight').fill('70');
  await page.getByLabel('Dose').fill(dose);
  await page.getByLabel('Duration').fill('40');
  await page.waitForTimeout(500);
}

const clinician = (name: string, frame: StationFrame, act: Scene['act'] = openChair, answers = ANSWERS): Scene => ({
  name,
  frame,
  me: CLINICIAN,
  answers,
  act,
});
const finding = (level: 'soft' | 'hard', value: number, limit: number) =>
  ({ level, what: 'dose-rate', side: 'above', value, limit, unit: 'mg/kg/h' }) as const;
const preview = (value: { plan: typeof PLAN | null; findings: ReturnType<typeof finding>[] }): Answers => ({
  ...ANSWERS,
  library: { ...ANSWERS.library, preview: ok(value) },
});
const lowSpo2 = alarm('spo2-low', 'high', 'SpO2 low', { value: 88, limit: 90 });
const stopping = {
  ...INFUSING,
  pump: { ...INFUSING.pump, commandedRateUlPerH: 0, stopPending: true },
};

export const SCENES: readonly Scene[] = [
  { name: 'sign-in', frame: station(INFUSING), me: null, answers: ANSWERS },
  {
    name: 'sign-in-wrong-pin',
    frame: station(IDLE),
    me: null,
    answers: ANSWERS,
    act: async (page) => {
      await page.getByRole('button', { name: /Mira Weber/ }).click();
      await page.keyboard.type('1358');
      await page.keyboard.press('Enter');
      await page.getByText('The PIN is wrong').waitFor();
    },
  },
  clinician('overview', station(INFUSING), async () => undefined),
  clinician('empty', station(IDLE)),
  clinician(
    'order-soft',
    station(IDLE),
    (page) => fillOrder(page, '42'),
    preview({ plan: PLAN, findings: [finding('soft', 0.9, 0.75)] }),
  ),
  clinician(
    'order-hard',
    station(IDLE),
    async (page) => {
      await fillOrder(page, '350');
      await page.getByLabel('Weight').fill('70,000');
      await page.getByText('At most two decimals').waitFor();
      await page.getByLabel('Weight').fill('70');
      await page.getByText('Hard limit').first().waitFor();
    },
    preview({ plan: null, findings: [finding('hard', 7.5, 1), finding('soft', 7.5, 0.75)] }),
  ),
  clinician('armed', station({ ...IDLE, phase: 'armed', session: NEW_SESSION, steadyMs: 12_400 })),
  clinician('infusing', station(INFUSING)),
  clinician('all-signs', station(FULL)),
  clinician('cuff-entry', station(FULL), async (page) => {
    await openChair(page);
    await page.getByRole('button', { name: 'Enter NIBP' }).click();
    await page.getByLabel('Systolic').fill('12');
    await page.getByText('Not possible: 30 to 300 mmHg').waitFor();
    await page.getByLabel('Diastolic').fill('78');
  }),
  clinician('sedation-entry', station(FULL), async (page) => {
    await openChair(page);
    await page.getByRole('button', { name: 'Enter MOAA/S' }).click();
    await page.getByText('4 - Responds lethargically').click();
    await page.getByText('2 min ago', { exact: true }).click();
  }),
  clinician('prediction', station(INFUSING), async (page) => {
    await openChair(page);
    await page.locator('summary').focus();
    await page.keyboard.press('Enter');
    await page.getByText('Herd 2007').waitFor();
  }),
  clinician(
    'stale',
    station({
      ...INFUSING,
      vitals: signs({ spo2: { state: 'stale', value: 96, ageMs: 4200 } }),
      alarms: [alarm('vitals-stale', 'medium', 'Vital signs are stale')],
    }),
  ),
  clinician(
    'poor-signal',
    station({
      ...INFUSING,
      vitals: { ...INFUSING.vitals, spo2: { state: 'poor', value: 91, ageMs: 400 } },
      alarms: [alarm('signal-poor', 'medium', 'Poor signal from the sensor')],
    }),
  ),
  clinician(
    'high-alarm',
    station({
      ...INFUSING,
      phase: 'paused',
      pump: { ...IDLE.pump, rateUlPerH: 26_200, state: 'paused' },
      vitals: { ...INFUSING.vitals, spo2: { state: 'valid', value: 88, ageMs: 200 } },
      steadyMs: 0,
      alarms: [
        alarm('signal-poor', 'medium', 'Poor signal from the sensor'),
        lowSpo2,
        alarm('infusion-complete', 'low', 'Infusion complete'),
      ],
    }),
  ),
  clinician(
    'audio-paused',
    station({
      ...INFUSING,
      phase: 'paused',
      pump: { ...IDLE.pump, rateUlPerH: 26_200, state: 'paused' },
      steadyMs: 0,
      audioPauseMs: 42_300,
      alarms: [{ ...lowSpo2, silenced: true }, alarm('signal-poor', 'medium', 'Poor signal from the sensor')],
    }),
  ),
  clinician(
    'self-test-failed',
    {
      ...station({
        ...IDLE,
        phase: 'checked',
        session: NEW_SESSION,
        selfTest: {
          at: '2026-11-22T14:31:58+01:00',
          parts: [
            { part: 'record', ok: true, detail: 'A row was written and is durable.' },
            { part: 'chain', ok: true, detail: 'All 412 rows fit each other and the signed head.' },
            { part: 'library', ok: true, detail: 'Drug library proposal-1, 2 entries.' },
            {
              part: 'sound',
              ok: false,
              detail: 'Nobody has confirmed the test tone. Press "Test sound" and confirm that you hear it.',
            },
            { part: 'clock', ok: true, detail: 'Timers and clocks agree to 3 ms.' },
            { part: 'guard', ok: true, detail: 'The process that guards the pump answers.' },
          ],
        },
      }),
      sound: { proved: true, heard: null, backup: null },
    },
    async (page) => {
      await openChair(page);
      await page.getByText('FAILED: Alarm sound').waitFor();
    },
  ),
  clinician(
    'low-alarm',
    station({
      ...INFUSING,
      phase: 'ended',
      pump: IDLE.pump,
      session: { ...SESSION, deliveredUl: 17_500, deliveredUg: 35_000 },
      alarms: [alarm('infusion-complete', 'low', 'Infusion complete')],
    }),
  ),
  clinician(
    'resume',
    station({
      ...INFUSING,
      phase: 'paused',
      pump: { ...IDLE.pump, state: 'paused', rateUlPerH: 26_200 },
      session: { ...SESSION, pauseReason: 'SpO2 low' },
    }),
    async (page) => {
      await openChair(page);
      await page.getByRole('button', { name: 'Resume' }).click();
      await page.getByRole('button', { name: 'Sensor put right' }).click();
      await page.getByLabel('Rate to resume with').fill('26,2');
    },
  ),
  clinician(
    'resume-locked',
    station({
      ...INFUSING,
      phase: 'paused',
      pump: { ...IDLE.pump, state: 'paused', rateUlPerH: 26_200 },
      session: {
        ...SESSION,
        pauseReason: 'SpO2 low',
        lockedBecause: 'SpO2 low: 3 pauses within 10 min. A second person has to sign.',
      },
    }),
    async (page) => {
      await openChair(page);
      await page.getByText('Locked. SpO2 low').waitFor();
      await page.getByRole('button', { name: 'Resume' }).click();
      await page.getByRole('button', { name: 'Sensor put right' }).click();
      await page.getByLabel('Rate to resume with').fill('26.2');
      await page.getByLabel('Second person').selectOption({ index: 1 });
    },
  ),
  clinician('stop-pending', station(stopping), async (page) => {
    await openChair(page);
    await page.locator('[data-stop=chair-1] button').dispatchEvent('pointerdown');
    await page.getByText('not confirmed yet').first().waitFor();
  }),
  clinician(
    'stop-not-confirmed',
    station({ ...stopping, alarms: [alarm('stop-not-confirmed', 'high', 'STOP NOT CONFIRMED - stop at the pump')] }),
  ),
  clinician(
    'pump-lost',
    station({
      ...INFUSING,
      session: { ...SESSION, prediction: null },
      pump: { ...INFUSING.pump, link: 'down', linkDetail: 'The serial line is closed', ageMs: 6100 },
      alarms: [alarm('pump-link', 'high', 'Connection to the pump lost')],
    }),
  ),
  clinician(
    'interrupted',
    station({
      ...IDLE,
      phase: 'interrupted',
      session: { ...SESSION, prediction: null, doseNotKnown: { accounting: 'awaited', mostUg: 35_000 } },
      alarms: [
        alarm('interrupted', 'high', 'The session was interrupted - check patient and pump', { acknowledged: true }),
      ],
    }),
  ),
  clinician(
    'record-failed',
    station({
      ...IDLE,
      phase: 'armed',
      recordHealthy: false,
      session: NEW_SESSION,
      alarms: [alarm('record-failed', 'medium', 'The record cannot be written - no infusion can be started')],
    }),
  ),
  clinician(
    'connection-lost',
    station(INFUSING, { ...OTHER, ...INFUSING, id: 'chair-2', name: 'Chair 2' }),
    async (page) => {
      await openChair(page);
      await page.evaluate(() => {
        window.fakeStation.frame = null;
      });
      await page.getByText('No connection to the station - look').waitFor();
    },
  ),
  clinician('scenarios', station(INFUSING), async (page) => {
    await openChair(page);
    await page.getByRole('button', { name: 'Scenarios' }).click();
  }),
  { name: 'supervisor-empty', frame: station(IDLE), me: SUPERVISOR, answers: ANSWERS },
  { name: 'supervisor-list', frame: station(INFUSING), me: SUPERVISOR, answers: WITH_ROWS },
  {
    name: 'supervisor-export',
    frame: station(INFUSING),
    me: SUPERVISOR,
    answers: WITH_ROWS,
    act: async (page) => {
      await page.getByRole('button', { name: '2026-11-21' }).click();
      await page.getByRole('tab', { name: 'Export the record' }).click();
      await page.getByRole('button', { name: 'Write the export' }).click();
      await page.getByText('Read back from the disk: in order').waitFor();
    },
  },
  ...LEDGER_SCENES,
];
