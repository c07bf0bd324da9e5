import type { Answers } from './fake-station.ts';
import { DRUG, NO_DRUG, REVIEW } from './ledger-answers.ts';
import { CLINICIAN, ok, SUPERVISOR } from './people.ts';
import { PLAN, SESSION } from './sample-frames.ts';

const HOUR_S = 720;
const spo2 = (second: number): number | null =>
  second > 300 && second < 330 ? null : Math.round(97 + 1.4 * Math.sin(second / 47));

const UNCHECKED = { last: null, rowsNow: 1, anchors: [] };

/** What the station answers where a scene says nothing else. */
export const ANSWERS: Answers = {
  station: {
    info: ok({
      version: '0.1.0',
      demonstration: true,
      host: 'browser',
      libraryVersion: 'proposal-3',
      libraryIsProposal: true,
      profileVersion: 'proposal-1',
      profileIsProposal: true,
      timeZone: 'Europe/Vienna',
    }),
  },
  access: {
    people: ok([
      { ...CLINICIAN, hint: '1357', secretKind: 'pin' },
      { ...SUPERVISOR, hint: '2468', secretKind: 'pin' },
      { id: 'p3', name: 'Tess Okafor', role: 'technician', hint: '3690', secretKind: 'pin' },
      { id: 'p4', name: 'Ruth Adeyemi', role: 'administrator', hint: 'a longer sentence', secretKind: 'password' },
    ]),
    signIn: { ok: false, code: 'SIGN_IN_WRONG', message: 'The PIN is wrong. 4 attempts left.' },
  },
  seat: {
    state: ok({ lockedBy: null, lockAfterMs: 180_000, emergency: null, needsPassword: false, mustChangeSecret: false }),
    stillHere: ok({}),
  },
  enrolment: { state: ok({ needed: false, rootFingerprint: 'ND4K-7QXA-2MZP-RT5W', sealed: false }) },
  library: {
    entries: ok([
      {
        id: 'KETAMINE-MOOD-CLINIC',
        drug: 'ketamine',
        careArea: 'mood clinic',
        concentrationsUgPerMl: [1000, 2000],
        limits: ['Dose rate at most 1 mg/kg/h'],
        proposal: true,
      },
    ]),
    preview: ok({ plan: PLAN, findings: [] }),
  },
  session: {
    events: ok(
      [
        ['signed in', 'Signed in at the station', null],
        ['session opened', 'Session opened: ketamine 2.0 mg/mL, 35 mg in 40 min', null],
        ['check', 'Bedside check confirmed, all four points', null],
        ['armed', 'Armed with New Era NE-1000 at address 0', null],
        ['start intent', 'Start asked: 26.2 mL/h, at most 17.5 mL', null],
        ['start', 'Pump reads back infusing at 26.2 mL/h', null],
        ['alarm.raised', 'Poor signal from the sensor', 'medium'],
        ['alarm.cleared', 'Poor signal from the sensor: condition has ended', null],
        ['alarm.raised', 'SpO2 low: 88 %, limit 90 %', 'high'],
      ].map(([act, text, priority], index) => ({
        seq: index + 1,
        time: `2026-11-22T14:${String(2 + index * 3).padStart(2, '0')}:11+01:00`,
        chairId: 'chair-1',
        sessionId: SESSION.id,
        actor: index < 5 ? CLINICIAN.name : null,
        act: act ?? '',
        outcome: index === 4 ? 'intent' : 'done',
        text: text ?? '',
        priority: priority === 'high' || priority === 'medium' ? priority : null,
      })),
    ),
    alarmLoad: ok({
      byPriority: { high: 1, medium: 2, low: 1 },
      byAlarm: { 'spo2-low': 1, 'signal-poor:spo2': 2, 'infusion-complete': 1 },
      escalated: 0,
      audioPauses: 1,
      soundingMs: 31_200,
      overMs: 2_571_000,
    }),
    trend: ok({
      startedAt: SESSION.openedAt,
      seconds: Array.from({ length: HOUR_S }, (_, second) => second),
      spo2: Array.from({ length: HOUR_S }, (_, second) => spo2(second)),
      pulse: Array.from({ length: HOUR_S }, (_, second) => Math.round(72 + 6 * Math.sin(second / 90))),
      rateMlPerH: Array.from({ length: HOUR_S }, (_, second) => (second < 120 ? 0 : 26.2)),
      signs: { etco2: Array.from({ length: HOUR_S }, (_, second) => Math.round(38 + 3 * Math.sin(second / 60))) },
    }),
    list: ok([]),
  },
  review: {
    find: ok({ rows: [], total: 0, next: null }),
    verification: ok({
      state: 'never',
      rowsDone: 0,
      rowsTotal: 0,
      pages: null,
      root: null,
      detail: null,
      at: null,
      ...UNCHECKED,
    }),
    log: ok({ rows: [], next: null }),
    signers: ok([]),
  },
  drug: { balance: NO_DRUG },
};

/** The same station with sessions in its record. */
export const WITH_ROWS: Answers = {
  ...ANSWERS,
  drug: DRUG,
  review: REVIEW,
  session: {
    ...ANSWERS.session,
  },
  exports: {
    start: ok({ exportId: 'e1' }),
    progress: ok({
      state: 'done',
      path: '/var/lib/chairside/exports/chairside-2026-11-21-S-2026-0041.zip',
      sessions: 1,
      rows: 412,
      verified: true,
      manifest: '41d07a5533c1f08e6a7b94d2aa60e1f3b7c8825d1490ab6c7ef01234569f2c4be',
      root: 'K7QM-2DXE-PL4A-9TRB-6WNC-HZ3F',
      anchorSheet: null,
    }),
  },
};
