import type { Person } from '../../../preload/contract/frames.ts';
import type { Answers } from './fake-station.ts';
import { PLAN, SESSION } from './sample-frames.ts';

export const CLINICIAN: Person = { id: 'p1', name: 'Dr Mira Weber', role: 'clinician' };
export const SUPERVISOR: Person = { id: 'p2', name: 'Jonas Brandt', role: 'supervisor' };
export const ok = <Value>(value: Value) => ({ ok: true, value }) as const;
const HOUR_S = 720;
const spo2 = (second: number): number | null =>
  second > 300 && second < 330 ? null : Math.round(97 + 1.4 * Math.sin(second / 47));

/** What the station answers where a scene says nothing else. */
export const ANSWERS: Answers = {
  station: {
    info: ok({
      version: '0.1.0',
      demonstration: true,
      host: 'browser',
      libraryVersion: 'proposal-1',
      libraryIsProposal: true,
      profileVersion: 'proposal-1',
      profileIsProposal: true,
      timeZone: 'Europe/Vienna',
    }),
  },
  access: {
    people: ok([
      { ...CLINICIAN, hint: '1357' },
      { ...SUPERVISOR, hint: '2468' },
      { id: 'p3', name: 'Tess Okafor', role: 'technician', hint: '3690' },
      { id: 'p4', name: 'Admin', role: 'administrator', hint: '4812' },
    ]),
    signIn: { ok: false, code: 'SIGN_IN_WRONG', message: 'The PIN is wrong. 4 attempts left.' },
  },
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
        ['alarm raised', 'Poor signal from the sensor', 'medium'],
        ['alarm cleared', 'Poor signal from the sensor: condition has ended', null],
        ['alarm raised', 'SpO2 low: 88 %, limit 90 %', 'high'],
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
};

const ROWS = Array.from({ length: 14 }, (_, index) => ({
  id: `S-2026-00${42 - index}`,
  chairId: index % 2 === 0 ? 'chair-1' : 'chair-2',
  patientId: `P-${1042 - index}`,
  patientName: ['Ada Novak', 'Ben Ortiz', 'Chiara Rossi', 'Dov Klein'][index % 4] ?? '',
  clinician: 'Dr Mira Weber',
  openedAt: `2026-11-${String(22 - index).padStart(2, '0')}T09:15:00+01:00`,
  closedAt: index === 0 ? null : `2026-11-${String(22 - index).padStart(2, '0')}T10:20:00+01:00`,
  state: index === 0 ? ('open' as const) : index === 4 ? ('interrupted' as const) : ('ended' as const),
}));
/** The same station with sessions in its record. */
export const WITH_ROWS: Answers = {
  ...ANSWERS,
  session: {
    ...ANSWERS.session,
    list: ok(ROWS),
    export: ok({
      folder: '/var/lib/chairside/exports/S-2026-0041_2026-11-22T14-32',
      rows: 412,
      verified: true,
      root: '9f2c4be1d07a5533c1f08e6a7b94d2aa60e1f3b7c8825d1490ab6c7ef0123456',
    }),
  },
};
