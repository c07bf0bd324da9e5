import type { Page } from 'playwright-core';
import { ANSWERS, WITH_ROWS } from './answers.ts';
import { CLINICIAN, ok, SUPERVISOR } from './people.ts';
import { alarm, IDLE, INFUSING, station } from './sample-frames.ts';
import type { Scene } from './scenes.ts';

const UNCONFIRMED = {
  ...INFUSING,
  pump: { ...INFUSING.pump, commandedRateUlPerH: 0, stopPending: true },
  alarms: [alarm('stop-not-confirmed', 'high', 'STOP NOT CONFIRMED - stop at the pump')],
};
const EMERGENCY = { id: 'E-1', leftMs: 3_300_000, reasonGiven: false };

const onOverview = (page: Page) => page.getByRole('navigation').getByRole('button', { name: 'Overview' }).click();

/** Dialogs on the screens that show more than one chair: none may lie over a STOP. */
export const DIALOG_SCENES: readonly Scene[] = [
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
