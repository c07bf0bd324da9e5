import type { Page } from 'playwright-core';
import { ALARMS } from '../../../core/alarms.ts';
import { NO_LIBRARY } from '../../../main/library/signed-library.ts';
import type { StationFrame } from '../../../preload/contract/frames.ts';
import { ANSWERS, WITH_ROWS } from './answers.ts';
import type { Answers } from './fake-station.ts';
import { CLINICIAN, ok, SUPERVISOR } from './people.ts';
import { alarm, FULL, IDLE, INFUSING, OTHER, SOUND, station } from './sample-frames.ts';
import type { Scene } from './scenes.ts';

const SEAT = {
  lockedBy: CLINICIAN,
  lockAfterMs: 180_000,
  emergency: null,
  needsPassword: false,
  mustChangeSecret: false,
};
const LOCKED: Answers = { ...ANSWERS, seat: { ...ANSWERS.seat, state: ok(SEAT) } };
const lowSpo2 = alarm('spo2-low', 'high', 'SpO2 low', { value: 88, limit: 90 });
const poor = alarm('signal-poor', 'medium', 'Poor signal from the sensor');
const openChair = (page: Page) => page.getByRole('navigation').getByRole('button', { name: 'Chair 1' }).click();

const NO_SOUND: Answers = { ...ANSWERS, sound: { report: ok({ proved: false }) } };
const LOST_SOUND = alarm('sound-lost', 'medium', ALARMS['sound-lost'].message);
const FAULT = alarm('station-fault', 'high', ALARMS['station-fault'].message);
const UNCONFIRMED = alarm('stop-not-confirmed', 'high', ALARMS['stop-not-confirmed'].message);
/** The longest words that alarms have, and more of them than there is room for. */
const WORDY: StationFrame = {
  ...station(
    { ...FULL, alarms: [UNCONFIRMED, FAULT, LOST_SOUND, poor] },
    { ...OTHER, alarms: [FAULT, LOST_SOUND, UNCONFIRMED] },
  ),
  sound: { proved: false, heard: null, backup: null },
};

/** What several parts draw together: an alarm over a locked seat, concerns above a full screen, the export on its way. */
export const JOINED_SCENES: readonly Scene[] = [
  { name: 'sound-lost', frame: WORDY, me: CLINICIAN, answers: NO_SOUND, act: openChair },
  {
    name: 'overview-sound-lost',
    frame: WORDY,
    me: CLINICIAN,
    answers: NO_SOUND,
    act: (page) => page.getByRole('navigation').getByRole('button', { name: 'Overview' }).click(),
  },
  {
    name: 'locked-alarm',
    frame: station(
      { ...INFUSING, phase: 'paused', pump: { ...IDLE.pump, state: 'paused' }, alarms: [lowSpo2, poor] },
      { ...OTHER, audioPauseMs: 42_300, alarms: [{ ...lowSpo2, silenced: true }, poor] },
    ),
    me: null,
    answers: { ...LOCKED, alarm: { pauseAudio: ok({}) } },
    act: (page) => page.getByText('Locked - Dr Mira Weber').waitFor(),
  },
  {
    name: 'record-concerns',
    frame: {
      ...station({ ...FULL, alarms: [lowSpo2, poor] }),
      record: {
        ...station(IDLE).record,
        concerns: [
          'The copy of the record is older than two days. Connect the disk for copies and restart the station.',
        ],
      },
      access: { emergencies: [{ person: 'Tess Okafor', leftMs: 3_300_000 }], awaitingReview: 0 },
    },
    me: CLINICIAN,
    answers: ANSWERS,
    act: openChair,
  },
  {
    name: 'library-unusable',
    frame: station({ ...IDLE, libraryProblem: NO_LIBRARY.fault }, { ...OTHER, libraryProblem: NO_LIBRARY.fault }),
    me: CLINICIAN,
    answers: ANSWERS,
    act: openChair,
  },
  {
    name: 'sound-asked',
    frame: { ...station(IDLE), sound: { ...SOUND, heard: null } },
    me: CLINICIAN,
    answers: ANSWERS,
    act: async (page) => {
      await openChair(page);
      await page.getByRole('button', { name: 'Test sound' }).click();
      await page.getByRole('button', { name: 'I heard the tone' }).waitFor();
    },
  },
  {
    name: 'order-factors',
    frame: station(IDLE),
    me: CLINICIAN,
    answers: ANSWERS,
    act: async (page) => {
      await openChair(page);
      await page.getByRole('button', { name: 'Open a session' }).click();
      await page.getByLabel('COPD').check();
      await page.getByLabel('SpO2 at rest').fill('900');
      await page.getByLabel('Reason for these limits').fill('90 % at rest for years');
    },
  },
  {
    name: 'export-choice',
    frame: station(INFUSING),
    me: SUPERVISOR,
    answers: WITH_ROWS,
    act: async (page) => {
      await page.getByRole('button', { name: '2026-11-21' }).click();
      await page.getByRole('tab', { name: 'Export the record' }).click();
      await page.getByRole('button', { name: 'Write the export' }).waitFor();
    },
  },
  {
    name: 'export-progress',
    frame: station(INFUSING),
    me: SUPERVISOR,
    answers: {
      ...WITH_ROWS,
      exports: {
        start: ok({ exportId: 'e1' }),
        progress: ok({ state: 'running', done: 3, sessions: 14, checked: null }),
      },
    },
    act: async (page) => {
      await page.getByRole('button', { name: '2026-11-21' }).click();
      await page.getByRole('tab', { name: 'Export the record' }).click();
      await page.getByRole('button', { name: 'Write the export' }).click();
      await page.getByText('3 of 14 sessions').waitFor();
    },
  },
];
