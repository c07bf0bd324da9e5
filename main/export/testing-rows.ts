import type { AuditInput } from '../../db/trail.ts';

// For tests and measurements of exports: one row of every kind that tells of a person, a device, a place or a day.

export interface Details extends Pick<AuditInput, 'old' | 'new' | 'reason' | 'ref'> {
  readonly by?: string;
  readonly outcome?: AuditInput['outcome'];
  /** @default 'clinician' */
  readonly role?: string;
  readonly auth?: readonly string[];
  /** Act whose newest row this one answers. */
  readonly refers?: string;
}

type Rows = readonly (readonly [act: string, details: Details])[];

/** Of a site's own library: its version and its signers lead to the site. */
export const LIBRARY = {
  libraryVersion: 'proposal-Limmatquai-2026-09',
  libraryDigest: 'd1'.repeat(32),
  libraryApprovedBy: ['Anna Approver', 'Bruno Countersigner'],
};

export const PATIENT = {
  comorbidities: ['copd'],
  baseline: { spo2: 93, pulse: 58 },
  reason: 'Home oxygen since 14.03.2019, says her son Kazimierz',
};

const DRAWN = {
  drug: 'ketamine',
  ndc: '42023-138-10',
  lot: 'LOT-7Q44',
  expiry: '2027-04-30',
  containerConcentrationUgPerMl: 50_000,
  containerVolumeUl: 10_000,
  containers: 1,
  volumeUl: 2000,
  afterAdditionUl: 50_000,
  massUg: 100_000,
  openedUg: 500_000,
  late: false,
};

export const BEFORE: Rows = [
  [
    'limit.patient',
    {
      by: 'dana',
      reason: PATIENT.reason,
      new: {
        limits: [
          { parameter: 'spo2', required: 'always', alarm: 'spo2-critical', below: 85, above: null },
          { parameter: 'spo2', required: 'always', alarm: 'spo2-low', below: 89, above: null },
          { parameter: 'spo2', required: 'always', alarm: 'spo2-advisory', below: 91, above: null },
          { parameter: 'rr', required: 'always', alarm: 'rr-limit', below: 8, above: null },
        ],
      },
    },
  ],
  ['drug.drawn', { by: 'dana', new: DRAWN }],
  [
    'drug.prime',
    {
      by: 'dana',
      reason: 'Line of Zoë filled',
      new: { volumeUl: 1000, massUg: 2000, concentrationUgPerMl: 2000, witness: 'wilma' },
    },
  ],
  ['drug.expired', { by: 'dana', outcome: 'denied', new: { lot: 'LOT-OLD9', expiry: '2024-01-31' } }],
];

/** What somebody at the chair writes down now and then. */
export const READINGS: Rows = [
  [
    'vitals.enter',
    {
      by: 'dana',
      new: { what: 'NIBP 122/71 mmHg', takenAt: '2026-11-22 09:03:00 +01:00', takenAgoMs: 60_000 },
    },
  ],
  [
    'vitals.enter',
    {
      by: 'dana',
      new: { what: 'MOAA/S (0 to 5) 5', takenAt: '2026-11-22 09:03:00 +01:00', takenAgoMs: 60_000, scale: 'moaas-0-5' },
    },
  ],
];

export const WHILE_ALARMED: Rows = [
  ['alarm.raised', { new: { id: 'signal-poor', value: null, limit: null } }],
  ['alarm.escalated', { new: { id: 'signal-poor', value: null, limit: null } }],
  ['alarm.pause-audio', { by: 'dana', new: { alarms: ['spo2-low', 'signal-poor'], seconds: 120 } }],
  ['alarm.paused', { by: 'dana', new: { id: 'spo2-low', value: 86, limit: 89 } }],
  ['alarm.paused', { by: 'dana', new: { id: 'signal-poor', value: null, limit: null } }],
  [
    'chair.stop',
    {
      by: 'tom',
      auth: ['pin', 'break-glass'],
      reason: 'Tom T. saw Zoë turn blue at bed 4',
      new: { emergency: 'EM-77a1c3' },
    },
  ],
  [
    'clock.step',
    { old: { wall: '2026-11-22T08:12:00.000Z' }, new: { wall: '2026-11-22T08:12:07.000Z', stepMs: 7000 } },
  ],
  ['alarm.cleared', { new: { id: 'signal-poor', value: null, limit: null } }],
];

export const ON_RESUME: Rows = [
  [
    'session.resume',
    {
      by: 'dana',
      reason: 'Zoë is well again',
      new: { confirmedRateUlPerH: 26_200, witness: 'wilma', witnessName: 'Wilma Witness' },
    },
  ],
];

/** What is written after the session was closed. */
export const AFTER: Rows = [
  [
    'drug.flush',
    {
      by: 'dana',
      reason: 'Flushed at the door to bay 9',
      new: { volumeUl: 800, massUg: 1600, concentrationUgPerMl: 2000, witness: 'wilma' },
    },
  ],
  [
    'drug.waste',
    {
      by: 'dana',
      reason: 'Left over, patient in bay 12',
      new: {
        volumeUl: 35_000,
        massUg: 70_000,
        concentrationUgPerMl: 2000,
        from: 'syringe',
        manner: 'poured into the bin of Kantonsspital',
        witness: 'wilma',
      },
    },
  ],
  [
    'drug.corrected',
    {
      by: 'dana',
      refers: 'drug.waste',
      reason: 'Read the syringe of Zoë again',
      old: { volumeUl: 35_000, massUg: 70_000 },
      new: { volumeUl: 34_900, massUg: 69_800, concentrationUgPerMl: 2000, witness: 'wilma' },
    },
  ],
  [
    'drug.return',
    {
      by: 'dana',
      reason: 'Back to Margrit in the pharmacy',
      new: { volumeUl: 8000, massUg: 400_000, concentrationUgPerMl: 50_000, from: 'container' },
    },
  ],
  [
    'drug.residual',
    { by: 'dana', reason: 'In the line', new: { volumeUl: 500, massUg: 1000, concentrationUgPerMl: 2000 } },
  ],
  [
    'drug.discrepancy',
    {
      by: 'dana',
      reason: 'Dr. Meier took the rest',
      new: { syringe: { kind: 'missing', differenceUg: 500 }, containers: { kind: 'balanced', differenceUg: 0 } },
    },
  ],
  ['session.note', { by: 'dana', new: { text: 'Her husband Ignacy waits, phone 079 555 01 77' } }],
  [
    'session.note',
    {
      by: 'dana',
      refers: 'session.note',
      old: { text: 'Her husband Ignacy waits, phone 079 555 01 77' },
      new: { text: 'Her brother Ignacy waits' },
    },
  ],
];

/** All of the above by which somebody could be found. */
export const TRACES: readonly string[] = [
  'Limmatquai|d1d1d1d1|Anna|Approver|Bruno|Countersigner|14.03.2019|Kazimierz|Home oxygen|42023-138',
  'LOT-|2027-04|2024-01|2026-09|wilma|Wilma|tom|Tom|EM-77a1c3|bed 4|bay 12|Kantonsspital|Margrit',
  'pharmacy|Meier|Ignacy|079 555|second medium|Read the syringe|turn blue|well again|09:03:00',
  'bay 9|Line of|Flushed at|called the day after|Left over|husband|brother',
].flatMap((line) => line.split('|'));
