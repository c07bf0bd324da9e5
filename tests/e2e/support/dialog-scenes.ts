import type { Page } from 'playwright-core';
import { ANSWERS, WITH_ROWS } from './answers.ts';
import type { ChairFrame, StationFrame } from '../../../preload/contract/frames.ts';
import { CLINICIAN, ok, SUPERVISOR } from './people.ts';
import { alarm, FULL, IDLE, INFUSING, NEW_SESSION, OTHER, SESSION, station } from './sample-frames.ts';
import type { Scene } from './scenes.ts';

const UNCONFIRMED = {
  ...INFUSING,
  pump: { ...INFUSING.pump, commandedRateUlPerH: 0, stopPending: true },
  alarms: [alarm('stop-not-confirmed', 'high', 'STOP NOT CONFIRMED - stop at the pump')],
};
const LOCKED = 'SpO2 low: 3 pauses within 10 min. A second person has to sign.';
const PAUSED = { ...FULL.pump, state: 'paused', commandedRateUlPerH: 0 } as const;
/** Every sign, three digits in the large places, and alarms above them: the least room that a dialog can find. */
const CROWDED: ChairFrame = {
  ...FULL,
  phase: 'paused',
  pump: PAUSED,
  session: {
    ...SESSION,
    pauseReason: 'SpO2 low',
    lockedBecause: LOCKED,
    patientFactors: FULL.session?.patientFactors ?? null,
  },
  vitals: {
    ...FULL.vitals,
    spo2: { state: 'valid', value: 100, ageMs: 300 },
    pulse: { state: 'valid', value: 128, ageMs: 300 },
  },
  alarms: [
    alarm('signal-poor', 'medium', 'Poor signal from the sensor'),
    alarm('pulse-advisory', 'medium', 'Pulse high', { value: 128, limit: 110 }),
  ],
};
const EMERGENCY = { id: 'E-1', leftMs: 3_300_000, reasonGiven: false };

const CONCERN = 'The copy of the record is older than two days. Connect the disk for copies and restart the station.';
const crowded: StationFrame = {
  ...station(CROWDED, { ...OTHER, alarms: CROWDED.alarms }),
  record: { ...station(IDLE).record, concerns: [CONCERN, `${CONCERN} `] },
};

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Chair 1' }).click();
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('button', { name: 'Back' }).waitFor();
}
const atChair = (name: string, frame: StationFrame, button: string, act?: (page: Page) => Promise<void>): Scene => ({
  name,
  frame,
  me: CLINICIAN,
  answers: ANSWERS,
  act: async (page) => {
    await press(page, button);
    await act?.(page);
  },
});

const onOverview = (page: Page) => page.getByRole('navigation').getByRole('button', { name: 'Overview' }).click();

/** Dialogs: none may lie over a STOP or over a number of now, also where there is little room. */
export const DIALOG_SCENES: readonly Scene[] = [
  atChair('pause-asked', station(FULL), 'Pause'),
  atChair('end-asked', crowded, 'End the session'),
  atChair('resume-crowded', crowded, 'Resume', async (page) => {
    await page.getByRole('button', { name: 'Sensor put right' }).click();
    await page.getByLabel('Rate to resume with').fill('26.2');
    await page.getByLabel('Second person').selectOption({ index: 1 });
  }),
  atChair('cuff-crowded', crowded, 'Enter NIBP'),
  atChair('sedation-crowded', crowded, 'Enter MOAA/S'),
  atChair('order-crowded', station({ ...IDLE, vitals: CROWDED.vitals }), 'Open a session'),
  atChair(
    'start-locked',
    station({ ...IDLE, phase: 'armed', session: { ...NEW_SESSION, lockedBecause: LOCKED } }),
    'Start the infusion',
  ),
  atChair(
    'by-hand-crowded',
    {
      ...crowded,
      chairs: [{ ...FULL, ...UNCONFIRMED, session: CROWDED.session, vitals: FULL.vitals }, crowded.chairs[1] ?? OTHER],
    },
    'Stopped by hand',
  ),
  {
    name: 'overview-by-hand',
    frame: station(UNCONFIRMED),
    me: CLINICIAN,
    answers: ANSWERS,
    act: async (page) => {
      await page.getByRole('button', { name: 'Stopped by hand' }).click();
      await page.getByLabel(/^Reason/).fill('Pump switched off and clamped');
    },
  },
  {
    name: 'overview-emergency',
    frame: {
      ...station(INFUSING),
      access: { emergencies: [{ person: 'Tess Okafor', leftMs: 3_300_000 }], awaitingReview: 0 },
    },
    me: { id: 'p3', name: 'Tess Okafor', role: 'clinician' },
    answers: {
      ...ANSWERS,
      seat: {
        ...ANSWERS.seat,
        state: ok({
          lockedBy: null,
          lockAfterMs: 180_000,
          emergency: EMERGENCY,
          needsPassword: false,
          mustChangeSecret: false,
        }),
      },
    },
    act: async (page) => {
      await onOverview(page);
      await page.getByRole('button', { name: 'Emergency', exact: true }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'overview-scenarios',
    frame: station(INFUSING),
    me: CLINICIAN,
    answers: ANSWERS,
    act: (page) => page.getByRole('button', { name: 'Scenarios' }).click(),
  },
  {
    name: 'review-difference',
    frame: station({ ...IDLE, alarms: [alarm('signal-poor', 'medium', 'Poor signal from the sensor')] }),
    me: SUPERVISOR,
    answers: WITH_ROWS,
    act: async (page) => {
      await page.getByRole('button', { name: '2026-11-18' }).click();
      await page.getByRole('tab', { name: /Drug/ }).click();
      await page.getByRole('button', { name: 'Close the difference' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
];
