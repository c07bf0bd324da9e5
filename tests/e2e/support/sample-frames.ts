import { perParameter } from '../../../core/vitals.ts';
import type { AlarmView, ChairFrame, PlanView, StationFrame } from '../../../preload/contract/frames.ts';

/** The worked case of the library notes: 35 mg in 40 min at 2 mg/mL for 70 kg. */
export const PLAN: PlanView = {
  entryId: 'KETAMINE-MOOD-CLINIC',
  drug: 'ketamine',
  careArea: 'mood clinic',
  concentrationUgPerMl: 2000,
  weightG: 70_000,
  doseUg: 35_000,
  durationMs: 2_400_000,
  rateUlPerH: 26_200,
  volumeUl: 17_500,
  runningTimeMs: 2_404_580,
};

export const SESSION: NonNullable<ChairFrame['session']> = {
  id: 'S-2026-0042',
  patientId: 'P-1042',
  patientName: 'Ada Novak',
  drugLot: 'KX7-221',
  clinician: 'Dr Mira Weber',
  openedAt: '2026-11-22T14:02:11+01:00',
  plan: PLAN,
  deliveredUl: 8_412,
  deliveredUg: 16_824,
  doseNotKnown: null,
  doseCeilingUg: 35_000,
  predictionCeilingNgPerMl: 500,
  prediction: {
    minNgPerMl: 105.2,
    maxNgPerMl: 207.6,
    models: [
      { name: 'Clements 1981', ngPerMl: 105.3 },
      { name: 'Domino 1984', ngPerMl: 207.5 },
      { name: 'Kamp 2020', ngPerMl: 194.9 },
      { name: 'Herd 2007', ngPerMl: 182.3 },
    ],
  },
  overrides: [],
  pauseReason: null,
  withdrawnBecause: null,
  lockedBecause: null,
  patientFactors: null,
};

/** Opened, and no drug given yet. */
export const NEW_SESSION: NonNullable<ChairFrame['session']> = {
  ...SESSION,
  deliveredUl: 0,
  deliveredUg: 0,
  prediction: {
    minNgPerMl: 0,
    maxNgPerMl: 0,
    models: (SESSION.prediction?.models ?? []).map(({ name }) => ({ name, ngPerMl: 0 })),
  },
};

const LIMITS: ChairFrame['limits'] = [
  { parameter: 'spo2', tier: 'critical', below: 85, above: null, delayMs: 0, own: false, required: true },
  { parameter: 'spo2', tier: 'pause', below: 90, above: null, delayMs: 10_000, own: false, required: true },
  { parameter: 'spo2', tier: 'advisory', below: 94, above: null, delayMs: 10_000, own: false, required: true },
  { parameter: 'pulse', tier: 'critical', below: 40, above: 150, delayMs: 0, own: false, required: true },
  { parameter: 'pulse', tier: 'pause', below: 45, above: 130, delayMs: 10_000, own: false, required: true },
  { parameter: 'pulse', tier: 'advisory', below: 50, above: 110, delayMs: 10_000, own: false, required: true },
  { parameter: 'hr', tier: 'pause', below: 45, above: 130, delayMs: 10_000, own: false, required: false },
  { parameter: 'rr', tier: 'pause', below: 8, above: null, delayMs: 15_000, own: false, required: false },
  { parameter: 'nibp-sys', tier: 'pause', below: 90, above: 180, delayMs: 120_000, own: false, required: false },
  { parameter: 'nibp-dia', tier: 'pause', below: null, above: 110, delayMs: 120_000, own: false, required: false },
  { parameter: 'sedation', tier: 'pause', below: 4, above: null, delayMs: 0, own: false, required: false },
];

/** What is measured; nothing measures the others. */
export const signs = (measured: Partial<ChairFrame['vitals']>): ChairFrame['vitals'] => ({
  ...perParameter(() => ({ state: 'none' }) as const),
  ...measured,
});

/** An empty, healthy chair. */
export const IDLE: ChairFrame = {
  id: 'chair-1',
  name: 'Chair 1',
  epoch: 0,
  phase: 'idle',
  session: null,
  pump: {
    link: 'up',
    linkDetail: 'NE-1000 v3.61 at address 0',
    model: 'New Era NE-1000 (simulated)',
    state: 'stopped',
    rateUlPerH: 0,
    commandedRateUlPerH: 0,
    ageMs: 180,
    alarm: null,
    stopPending: false,
    commandPending: false,
    onHostSilence: 'the pump stops by itself after 4 s',
  },
  monitor: { link: 'up', linkDetail: '', model: 'Nonin Xpod (simulated)' },
  vitals: signs({ spo2: { state: 'valid', value: 97, ageMs: 300 }, pulse: { state: 'valid', value: 72, ageMs: 300 } }),
  measured: {},
  limits: LIMITS,
  alarms: [],
  audioPauseMs: null,
  selfTest: null,
  steadyMs: 30_000,
  steadyNeededMs: 30_000,
  recordHealthy: true,
  setUpIdle: false,
  libraryProblem: null,
};

export const INFUSING: ChairFrame = {
  ...IDLE,
  phase: 'infusing',
  session: SESSION,
  pump: { ...IDLE.pump, state: 'infusing', rateUlPerH: 26_200, commandedRateUlPerH: 26_200 },
};

/** As the station tells it to whoever may not know whose session it is. */
export const NOT_NAMED: ChairFrame = { ...INFUSING, session: { ...SESSION, patientId: null, patientName: null } };

/** Every parameter measured, on a patient with limits of his own. */
export const FULL: ChairFrame = {
  ...INFUSING,
  session: {
    ...SESSION,
    patientFactors: { comorbidities: ['copd'], baseline: { spo2: 90 }, reason: '90 % at rest for years' },
  },
  vitals: signs({
    spo2: { state: 'valid', value: 90, ageMs: 300 },
    pulse: { state: 'valid', value: 72, ageMs: 300 },
    hr: { state: 'valid', value: 72, ageMs: 300 },
    rr: { state: 'valid', value: 14, ageMs: 300 },
    etco2: { state: 'stale', value: 41, ageMs: 4300 },
    'nibp-sys': { state: 'valid', value: 128, ageMs: 240_000 },
    'nibp-dia': { state: 'valid', value: 78, ageMs: 240_000 },
    sedation: { state: 'stale', value: 5, ageMs: 1_920_000 },
  }),
  measured: {
    'nibp-sys': { takenAt: '2026-11-22T14:28:05.000+01:00', dueInMs: 360_000 },
    'nibp-dia': { takenAt: '2026-11-22T14:28:05.000+01:00', dueInMs: 360_000 },
    sedation: { takenAt: '2026-11-22T14:00:05.000+01:00', dueInMs: -1_020_000 },
  },
  limits: LIMITS.map((limit) => {
    if (limit.parameter !== 'spo2' || limit.tier === 'critical') return limit;
    return { ...limit, below: limit.tier === 'pause' ? 86 : 88, own: true };
  }),
};

export const OTHER: ChairFrame = {
  ...IDLE,
  id: 'chair-2',
  name: 'Chair 2',
  vitals: signs({ spo2: { state: 'valid', value: 99, ageMs: 300 }, pulse: { state: 'valid', value: 64, ageMs: 300 } }),
};

export const alarm = (
  id: AlarmView['id'],
  priority: AlarmView['priority'],
  message: string,
  change: Partial<AlarmView> = {},
) =>
  ({
    key: id,
    id,
    priority,
    message,
    active: true,
    acknowledged: false,
    escalated: false,
    silenced: false,
    raisedAtMs: 1_000,
    ageMs: 4_200,
    value: null,
    limit: null,
    ...change,
  }) satisfies AlarmView;

export const SOUND: StationFrame['sound'] = {
  proved: true,
  heard: { by: 'Dr Mira Weber', at: '2026-11-22T08:01:10+01:00' },
  backup: 'paplay',
};

export const station = (first: ChairFrame, second: ChairFrame = OTHER): StationFrame => ({
  now: '2026-11-22T14:32:05+01:00',
  monoMs: 0,
  demonstration: true,
  sound: SOUND,
  record: {
    sealed: false,
    segment: 1,
    rootFingerprint: 'CPUV-MO7J-W2QH-ZK3L-TDRA-55EX',
    enrolled: false,
    concerns: [],
  },
  holds: [],
  access: { emergencies: [], awaitingReview: 0 },
  chairs: [first, second],
});
