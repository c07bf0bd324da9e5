import type { Answers } from './fake-station.ts';
import { CLINICIAN, ok, SUPERVISOR } from './people.ts';
import { SESSION } from './sample-frames.ts';

const DAY_ROWS = Array.from({ length: 14 }, (_, index) => ({
  id: `S-2026-00${42 - index}`,
  chairId: index % 2 === 0 ? 'chair-1' : 'chair-2',
  patientId: `P-${1042 - index}`,
  patientName: ['Ada Novak', 'Ben Ortiz', 'Chiara Rossi', 'Dov Klein'][index % 4] ?? '',
  clinician: 'Dr Mira Weber',
  openedAt: `2026-11-${String(22 - index).padStart(2, '0')}T09:15:00+01:00`,
  closedAt: index === 0 ? null : `2026-11-${String(22 - index).padStart(2, '0')}T10:20:00+01:00`,
  state: index === 0 ? ('open' as const) : index === 4 ? ('interrupted' as const) : ('ended' as const),
  drug: 'ketamine',
  lots: index % 3 === 0 ? 'KX7-221, KX7-230' : 'KX7-221',
  alarms: index % 5,
  balance: (['open', 'balanced', 'balanced', 'closed', 'open', 'declared'] as const)[index % 6] ?? 'open',
  verification: index < 3 ? ('not-verified' as const) : ('verified' as const),
  signed: (['no', 'no', 'yes', 'yes', 'no', 'changed'] as const)[index % 6] ?? 'no',
  breakGlass: index === 7,
  needsReview: index === 4 || index === 7,
  notes: index % 2,
  pumps: 'NE-1000 SN-553 3.9',
  pauses: index % 3,
  overrides: index % 2,
  givenUg: 35_000 - index * 1000,
  ending: index === 0 ? '' : 'Infusion complete',
  signers: index % 6 === 2 ? 'Jonas Brandt, Lea Hofer' : index % 6 === 3 ? 'Jonas Brandt' : '',
}));

const side = (takenUg: number, accountedUg: number) => ({
  kind: takenUg === accountedUg ? ('balanced' as const) : ('missing' as const),
  takenUg,
  accountedUg,
  differenceUg: takenUg - accountedUg,
});
const entry = { by: CLINICIAN.name, correctedFromUl: null, time: '2026-11-22T14:05:00+01:00' };

/** 35 mg out of one 500 mg vial, 30 mg given, and the rest of the vial not accounted for yet. */
export const DRUG: NonNullable<Answers['drug']> = {
  balance: ok({
    sessionId: SESSION.id,
    seq: 60,
    drug: 'ketamine',
    concentrationUgPerMl: 2000,
    state: 'open',
    findings: ['The drawing up was written down after the infusion had begun.'],
    syringe: side(35_000, 35_000),
    containers: side(500_000, 35_000),
    givenUl: 15_000,
    givenUg: 30_000,
    countedUl: 15_000,
    flushedUg: 0,
    inLineUg: 0,
    wastedUg: 5000,
    returnedUg: 0,
    residualUg: 0,
    explanation: null,
    toleranceUg: 100,
    toleranceIsProposal: true,
    entries: [
      {
        ...entry,
        seq: 12,
        act: 'drug.drawn',
        volumeUl: 700,
        massUg: 35_000,
        detail: '1 x 10 mL of 50 mg/mL, NDC 12345-678-90, lot KX7-221, expires 2027-12-31, made up to 2 mg/mL',
      },
      {
        ...entry,
        seq: 60,
        act: 'drug.waste',
        volumeUl: 2500,
        massUg: 5000,
        correctedFromUl: 2600,
        detail: 'into the drug disposal container, from the syringe, witness Jonas Brandt: Left in the syringe',
      },
    ],
  }),
};

/** The newest check of the whole record that came to an end. */
export const CHECK = {
  at: '2026-11-20T18:02:11+01:00',
  by: SUPERVISOR.name,
  rows: 95_800,
  whole: true,
  detail: null,
  root: '9f2c4be1d07a5533c1f08e6a7b94d2aa60e1f3b7c8825d1490ab6c7ef0123456',
};

const LOG_ROWS = [
  ['access.sign-in', 'ok', 'Signed in'],
  ['access.sign-in.failed', 'failed', 'Sign-in failed: the PIN is wrong'],
  ['clock.step', 'ok', 'The wall clock was moved by 3600 s'],
  ['record.verified', 'ok', 'The record was checked and is whole, 95800 rows'],
  ['session.viewed', 'ok', 'Session S-2026-0041 was looked at'],
  ['export.ended', 'failed', 'Export of S-2026-0041 ended without a result: cancelled'],
  ['key.rotate', 'ok', 'The record changed its signing key'],
].map(([act = '', outcome = '', text = ''], index) => ({
  seq: 400 - index,
  time: `2026-11-22T14:2${index}:08+01:00`,
  chairId: null,
  sessionId: null,
  actor: index % 2 === 0 ? SUPERVISOR.name : null,
  act,
  outcome,
  text,
  priority: null,
}));

export const REVIEW: NonNullable<Answers['review']> = {
  find: ok({ rows: DAY_ROWS, total: 2140, next: { value: '2026-11-09', id: 'S-2026-0029' } }),
  log: ok({ rows: LOG_ROWS, next: 311 }),
  exportLog: ok({}),
  cancelLogExport: ok({}),
  logExport: ok({
    state: 'done',
    path: '/var/lib/chairside/exports/chairside-station-log-2026-11-22T133205.000Z.csv',
    rows: 812,
    sha256: '41d07a5533c1f08e6a7b94d2aa60e1f3b7c8825d1490ab6c7ef01234569f2c4b',
    anchorSheet: '/var/lib/chairside/exports/chairside-station-log-2026-11-22T133205.000Z.csv.anchor.txt',
  }),
  signers: ok([CLINICIAN, SUPERVISOR, { id: 'p5', name: 'Lea Hofer', role: 'clinician' }]),
  verification: ok({
    state: 'running',
    rowsDone: 41_000,
    rowsTotal: 96_500,
    pages: null,
    root: null,
    detail: null,
    at: null,
    last: CHECK,
    rowsNow: 96_500,
    anchors: [{ place: 'the anchor of this computer', rows: 96_488, failure: null }],
  }),
  open: ok({
    lastSeq: 90,
    own: false,
    rowsUpTo: 90,
    checked: CHECK,
    signatures: [
      {
        seq: 88,
        time: '2026-11-21T10:40:00+01:00',
        name: SUPERVISOR.name,
        meaning: 'review',
        lastSeq: 87,
        lastHash: 'ab'.repeat(32),
        size: 4120,
        root: '9f2c4be1d07a5533c1f08e6a7b94d2aa60e1f3b7c8825d1490ab6c7ef0123456',
        changedBy: 90,
      },
    ],
    notes: [
      {
        seq: 90,
        time: '2026-11-21T10:50:00+01:00',
        by: CLINICIAN.name,
        text: 'No nausea',
        corrects: 80,
        old: 'Mild nausea',
      },
    ],
  }),
};

const { balance } = DRUG;

/** A session of which no drug was drawn up yet. */
export const NO_DRUG =
  balance !== undefined && balance !== 'never' && balance.ok
    ? ok({
        ...balance.value,
        state: 'no-drug' as const,
        findings: [],
        syringe: side(0, 0),
        containers: side(0, 0),
        givenUl: 0,
        givenUg: 0,
        countedUl: null,
        wastedUg: 0,
        entries: [],
      })
    : 'never';
