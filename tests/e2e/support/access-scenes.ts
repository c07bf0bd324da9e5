import type { Page } from 'playwright-core';
import type { Person, StationFrame } from '../../../preload/contract/frames.ts';
import { restoredSentences } from '../../../main/restore/restored-facts.ts';
import { RESTART } from '../../../main/station/program-watch.ts';
import { ANSWERS } from './answers.ts';
import { CLINICIAN, ok, SUPERVISOR } from './people.ts';
import type { Answers } from './fake-station.ts';
import { alarm, FULL, IDLE, INFUSING, NOT_NAMED, OTHER, station } from './sample-frames.ts';
import type { Scene } from './scenes.ts';

const ADMINISTRATOR: Person = { id: 'p4', name: 'Ruth Adeyemi', role: 'administrator' };
const TECHNICIAN: Person = { id: 'p3', name: 'Tess Okafor', role: 'technician' };
const SEAT = { lockedBy: null, lockAfterMs: 180_000, emergency: null, needsPassword: false, mustChangeSecret: false };
const KNOWN = [
  { ...CLINICIAN, active: true, locked: false, hasBadge: true },
  { ...SUPERVISOR, active: true, locked: false, hasBadge: false },
  { ...TECHNICIAN, active: true, locked: true, hasBadge: true },
  { ...ADMINISTRATOR, active: true, locked: false, hasBadge: false },
  { id: 'p5', name: 'Olu Martin', role: 'clinician' as const, active: false, locked: false, hasBadge: false },
];
const WRONG = { ok: false, code: 'SIGN_IN_FAILED', message: 'The PIN or password does not fit.' } as const;
const HELD = alarm('station-held', 'medium', 'Nothing can start: this station is held');
const RESTORED: StationFrame['holds'][number] = {
  id: 'restored-20413',
  title: 'An older copy was put in the place of the record.',
  details: restoredSentences({
    at: '2026-11-22T13:10:00.000Z',
    copy: 'chairside-record-2026-11-21T220000.000Z.db',
    rows: 20_412,
    root: '',
    lastRowAt: '2026-11-21T21:59:58.000Z',
    replaced: null,
    movedTo: 'record-replaced-2026-11-22T131000.000Z',
    anchoredRows: 21_007,
  }),
  endsBy: 'signatures',
};
const REPLACED: StationFrame['holds'][number] = {
  id: 'program',
  title: "The program's files were replaced at 13:07 on 2026-11-22 while it runs.",
  details: [RESTART, '/opt/Chairside/resources/app.asar is another one', '/opt/Chairside/chairside is another one'],
  endsBy: 'restart',
};
const RESTORED_CONCERNS = [
  'The signing key was lost: enrol the new root fingerprint CPUV-MO7J-W2QH-ZK3L-TDRA-55EX with two persons.',
  'The record does not fit its anchor (the anchor of this computer): it proves 21007 rows, and the record has 20416: rows were removed or an older copy was put back. Keep a copy of its folder and tell the supervisor.',
];
const HOLDS: StationFrame['holds'] = [
  {
    id: 'configuration-0',
    title: 'The configuration of this station changed.',
    details: [
      'chairs.chair-1.pump.port: serial:/dev/serial/by-id/usb-FTDI_USB-RS232_A1-if00-port0 -> tcp:192.0.2.10:4001',
      'chairs.chair-2.name: Chair 2 -> Chair 3',
      'record.backup: /media/backup/chairside -> nothing',
    ],
    endsBy: 'signatures',
  },
];
const EMERGENCIES = [
  {
    id: 'E-2026-11-22-9f31c07a',
    person: 'Tess Okafor',
    startedAt: '2026-11-22T09:12:00.000Z',
    endedAt: '2026-11-22T09:40:00.000Z',
    reason: 'The clinician fainted and the patient had to be paused and watched',
    reasonLate: false,
    review: null,
  },
  {
    id: 'E-2026-11-02-11aa22bb',
    person: 'Ruth Adeyemi',
    startedAt: '2026-11-02T13:00:00.000Z',
    endedAt: '2026-11-02T14:00:00.000Z',
    reason: null,
    reasonLate: true,
    review: { by: 'Jonas Brandt', at: '2026-11-03T08:00:00.000Z', justified: false, finding: 'No reason was given' },
  },
];
const WITH_PEOPLE: Answers = {
  ...ANSWERS,
  people: { list: ok(KNOWN), add: WRONG },
  emergency: { list: ok(EMERGENCIES), begin: 'never' },
};
const EMPTY: Answers = {
  ...ANSWERS,
  access: { people: ok([]) },
  enrolment: {
    state: ok({ needed: true, rootFingerprint: 'ND4K-7QXA-2MZP-RT5W', sealed: false }),
    begin: ok({
      recoveryCode: 'K7QX-2MZP-RT5W-ND4K-HJ8V',
      administrator: ADMINISTRATOR,
      supervisor: SUPERVISOR,
    }),
  },
};
const emergencyFrame = {
  ...station(INFUSING),
  access: { emergencies: [{ person: 'Tess Okafor', leftMs: 3_300_000 }], awaitingReview: 1 },
};
const openPeople = (page: Page) => page.getByRole('button', { name: /account$/ }).click();

async function fillEnrolment(page: Page): Promise<void> {
  await page.getByLabel('First administrator: name').fill('Ruth Adeyemi');
  await page.getByLabel('First administrator: password').fill('four plain words');
  await page.getByLabel('First supervisor: name').fill('Jonas Brandt');
  await page.getByLabel('First supervisor: password').fill('another long sentence');
}

/** People, locks, enrolment and break-glass. */
export const ACCESS_SCENES: readonly Scene[] = [
  {
    name: 'locked',
    frame: station(INFUSING),
    me: null,
    answers: { ...ANSWERS, seat: { ...ANSWERS.seat, state: ok({ ...SEAT, lockedBy: CLINICIAN }) } },
    act: (page) => page.getByText('Locked - Dr Mira Weber').waitFor(),
  },
  {
    name: 'sign-in-password',
    frame: station(IDLE),
    me: null,
    answers: ANSWERS,
    act: (page) => page.getByRole('button', { name: /Ruth Adeyemi/ }).click(),
  },
  { name: 'enrolment', frame: station(IDLE), me: null, answers: EMPTY, act: fillEnrolment },
  {
    name: 'enrolment-code',
    frame: station(IDLE),
    me: null,
    answers: EMPTY,
    act: async (page) => {
      await fillEnrolment(page);
      await page.getByRole('button', { name: 'Enrol both' }).click();
      await page.getByText('K7QX-2MZP').waitFor();
    },
  },
  { name: 'people', frame: station(INFUSING), me: ADMINISTRATOR, answers: WITH_PEOPLE, act: openPeople },
  {
    name: 'held',
    frame: {
      ...station(
        { ...INFUSING, phase: 'paused', pump: { ...IDLE.pump, state: 'paused' }, alarms: [HELD] },
        { ...OTHER, alarms: [HELD] },
      ),
      holds: HOLDS,
    },
    me: CLINICIAN,
    answers: ANSWERS,
    act: async (page) => {
      await page.getByRole('navigation').getByRole('button', { name: 'Chair 1' }).click();
      await page.getByText('Nothing can be started').waitFor();
    },
  },
  {
    name: 'held-restored',
    frame: {
      ...station({ ...FULL, alarms: [HELD] }, { ...OTHER, alarms: [HELD] }),
      record: { ...station(IDLE).record, concerns: RESTORED_CONCERNS },
      holds: [RESTORED],
    },
    me: CLINICIAN,
    answers: ANSWERS,
    act: async (page) => {
      await page.getByRole('navigation').getByRole('button', { name: 'Chair 1' }).click();
      await page.getByText('Nothing can be started').waitFor();
    },
  },
  {
    name: 'held-replaced',
    frame: { ...station({ ...FULL, alarms: [HELD] }, { ...OTHER, alarms: [HELD] }), holds: [REPLACED] },
    me: CLINICIAN,
    answers: ANSWERS,
    act: async (page) => {
      await page.getByRole('navigation').getByRole('button', { name: 'Chair 1' }).click();
      await page.getByText('then restart the station').waitFor();
    },
  },
  {
    name: 'held-signed-out',
    frame: { ...station(IDLE), holds: [RESTORED, ...HOLDS] },
    me: null,
    answers: ANSWERS,
    act: (page) => page.getByText('Nothing can be started').first().waitFor(),
  },
  {
    name: 'held-sign',
    frame: { ...station(INFUSING), holds: [...HOLDS, RESTORED] },
    me: ADMINISTRATOR,
    answers: { ...WITH_PEOPLE, station: { ...ANSWERS.station, liftHold: WRONG } },
    act: async (page) => {
      await openPeople(page);
      const form = page.getByRole('region', { name: 'The configuration of this station changed' });
      await form.getByLabel('PIN or password of Ruth Adeyemi').fill('a longer sentence');
      await form.getByLabel('Second person').selectOption('p2');
      await form.getByLabel('PIN or password of the second').fill('000000');
      await form.getByRole('button', { name: 'Accept' }).click();
      await page.getByText('does not fit').waitFor();
    },
  },
  {
    name: 'own-secret-first',
    frame: station(INFUSING),
    me: CLINICIAN,
    answers: { ...ANSWERS, seat: { ...ANSWERS.seat, state: ok({ ...SEAT, mustChangeSecret: true }) } },
    act: (page) => page.getByText('Somebody else chose your PIN').waitFor(),
  },
  {
    name: 'people-add',
    frame: station(INFUSING),
    me: ADMINISTRATOR,
    answers: WITH_PEOPLE,
    act: async (page) => {
      await openPeople(page);
      await page.getByRole('button', { name: 'Add a person' }).click();
      await page.getByLabel('Name').fill('Nia Nurse');
      await page.getByLabel(/^PIN \(/).fill('739105');
      await page.getByLabel('PIN or password of Ruth Adeyemi').fill('a longer sentence');
      await page.getByLabel('Second person').selectOption('p1');
      await page.getByLabel('PIN or password of the second').fill('000000');
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      await page.getByText('does not fit').waitFor();
    },
  },
  {
    name: 'emergency-review',
    frame: { ...station(INFUSING), access: { emergencies: [], awaitingReview: 1 } },
    me: SUPERVISOR,
    answers: WITH_PEOPLE,
    act: async (page) => {
      await page.getByRole('button', { name: /account$/ }).click();
      await page.getByText('The clinician fainted').waitFor();
    },
  },
  {
    name: 'emergency-asked',
    frame: station(NOT_NAMED),
    me: TECHNICIAN,
    answers: WITH_PEOPLE,
    act: async (page) => {
      await page.getByRole('navigation').getByRole('button', { name: 'Chair 1' }).click();
      await page.getByText('Patient not shown', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Emergency access' }).click();
    },
  },
  {
    name: 'emergency-lasts',
    frame: emergencyFrame,
    me: { ...TECHNICIAN, role: 'clinician' },
    answers: {
      ...WITH_PEOPLE,
      seat: {
        ...ANSWERS.seat,
        state: ok({ ...SEAT, emergency: { id: 'E-1', leftMs: 3_300_000, reasonGiven: false } }),
      },
    },
    act: async (page) => {
      await page.getByRole('navigation').getByRole('button', { name: 'Chair 1' }).click();
      await page.getByText('EMERGENCY ACCESS', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Emergency', exact: true }).click();
    },
  },
];
