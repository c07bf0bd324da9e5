import { mock } from 'node:test';
import { PROPOSED_PROFILE } from '../../core/profile.ts';
import { type Anchor, anchorOf } from '../../db/anchor.ts';
import { Ballast } from '../../db/ballast.ts';
import { readBundle } from '../../db/bundle.ts';
import type { RunFacts } from '../../db/body.ts';
import type { ExportPoint } from '../../db/export-point.ts';
import type { KeyPair } from '../../db/keys.ts';
import { migrate } from '../../db/migrate.ts';
import { RecordStore } from '../../db/record-store.ts';
import { EXPORT_BEGUN } from '../../db/session-extent.ts';
import { systemEvent } from '../../db/system-event.ts';
import { verifyRecord } from '../../db/verify-record.ts';
import { TestDatabase } from '../../db/test-database.ts';
import type { AuditInput, AuditReceipt, JsonValue, SessionBundle, Trail } from '../../db/trail.ts';
import type { ExportContext } from './facts/context.ts';
import { AFTER, BEFORE, type Details, LIBRARY, ON_RESUME, PATIENT, READINGS, WHILE_ALARMED } from './testing-rows.ts';

// For tests and measurements of exports: a whole infusion in a real record, on a wall clock of its own.

export const CONTEXT: ExportContext = {
  station: 'room 1',
  version: '0.1.0',
  timeZone: 'Europe/Zurich',
  simulated: true,
  exportedAt: '2026-11-23T07:00:00.000Z',
  exportedBy: 'Sam Supervisor',
  people: [
    { id: 'dana', name: 'Dana Clinician', role: 'clinician' },
    { id: 'sam', name: 'Sam Supervisor', role: 'supervisor' },
    { id: 'wilma', name: 'Wilma Witness', role: 'clinician' },
    { id: 'tom', name: 'Tom Technician', role: 'technician' },
  ],
};

const OPENED = Date.parse('2026-11-22T08:00:00.250Z');
const SECOND = 1000;
const CONCENTRATION = 2000;
const RATE = 26_200;

const orderOf = (minutes: number) => ({
  epoch: 1,
  entryId: 'KETAMINE-MOOD-CLINIC',
  drug: 'ketamine',
  careArea: 'mood clinic',
  concentrationUgPerMl: CONCENTRATION,
  weightG: 71_500,
  doseUg: Math.round((RATE * minutes) / 60) * 2,
  durationMs: minutes * 60_000,
  rateUlPerH: RATE,
  volumeUl: Math.round((RATE * minutes) / 60),
  runningTimeMs: minutes * 60_000,
  drugLot: 'LOT-7Q44',
  ...LIBRARY,
  doseCeilingUg: Math.round((RATE * minutes) / 60) * 2,
  predictionCeilingNgPerMl: null,
  patient: PATIENT,
});

const SESSION = {
  id: 'S-2026-11-22-9f31c07a',
  chairId: 'chair-1',
  patientId: 'P-1001',
  patientName: 'Zoë Łukasiewicz-Example',
  clinician: 'Dana Clinician',
};

/** What a test adds to the session; recorded like everything else, so that its evidence holds. */
interface More {
  /** Alarms that the closing row counts. */
  readonly byAlarm?: Readonly<Record<string, number>>;
  /** Rows after the end, each at its time or with the one before. */
  readonly rows?: readonly { readonly act: string; readonly ts?: string; readonly new: JsonValue }[];
}

/** Records `minutes` of one session: set-up, an infusion with a desaturation and a pause, a lost sensor, the end. */
export async function recordedInfusion(minutes: number, more: More = {}): Promise<SessionBundle> {
  const db = new TestDatabase();
  migrate(db, new URL('../../db/schema/', import.meta.url));
  mock.timers.enable({ apis: ['Date'], now: OPENED });
  try {
    const infusion = new Infusion(db, minutes);
    const anchor = infusion.record(more.byAlarm);
    infusion.add(more.rows);
    const held = anchor === null ? [] : [{ place: STICK, anchors: [anchor], unreadable: 0 }];
    const verification = await verifyRecord(db, { held });
    return { ...(await readBundle(db, SESSION.id, infusion.begin(), false)), verification };
  } finally {
    mock.timers.reset();
    db.close();
  }
}

/** A place of anchors that is only read. */
const STICK = {
  name: 'second medium',
  write: () => Promise.reject(new Error('Nothing is written here.')),
  read: () => Promise.reject(new Error('Nothing is read here.')),
  setAside: () => Promise.resolve(),
};

class Infusion {
  readonly #store: RecordStore;
  readonly #minutes: number;
  readonly #run: RunFacts = { station: 'room 1', app: '0.1.0', boot: 'b00t' };
  #delivered = 0;
  #second = 0;
  /** Newest row of each act. */
  readonly #seqs = new Map<string, number>();

  constructor(db: TestDatabase, minutes: number) {
    this.#minutes = minutes;
    let keys: KeyPair | null = null;
    const keyStore = {
      isSealed: false,
      problem: null,
      load: () => keys,
      save: (saved: KeyPair) => void (keys = saved),
    };
    const copyTo = (): Promise<object> => Promise.reject(new Error('This record has no file to copy.'));
    this.#store = new RecordStore({
      db,
      run: this.#run,
      keyStore,
      ballast: new Ballast('/nonexistent/ballast'),
      places: [],
      copyTo,
      room: () => Number.POSITIVE_INFINITY,
    });
  }

  /** @returns the trail as it was when the session was closed, as another medium holds it */
  record(byAlarm: More['byAlarm'] = {}): Anchor | null {
    const alarmLoad = { ...ALARM_LOAD, byAlarm: { ...ALARM_LOAD.byAlarm, ...byAlarm } };
    this.#open();
    this.#engineChunk();
    // The clock of a station is disciplined some time after its start.
    this.#run.clk = 'ntp';
    const last = this.#minutes * 60;
    const pausedAt = Math.floor(last * 0.4);
    for (let minute = 0; minute < this.#minutes; minute += 1) this.#minute(minute, pausedAt);
    this.#phase('infusing', 'ended', 'volume of the plan reached');
    const stopped = { state: 'stopped', rateUlPerH: 0, alarm: null, counterUl: this.#given().deliveredUl };
    this.#note('pump.state', { new: stopped });
    this.#note('session.end', { by: 'dana', reason: 'Treatment complete' });
    this.#store.closeSession(
      SESSION.id,
      'ended',
      this.#row('session.close', { new: { state: 'ended', ...this.#given(), alarmLoad } }),
    );
    const anchor = anchorOf(this.#store.note ?? '');
    this.#all(AFTER);
    this.#sign('review');
    this.#all([['session.note', { by: 'sam', new: { text: 'Łukasiewicz called the day after' } }]]);
    return anchor;
  }

  /** An export of it begins. */
  begin(): ExportPoint {
    return this.#store.beginExport([SESSION.id], systemEvent(EXPORT_BEGUN));
  }

  /** A row that names a place of another is given that row's number. */
  #all(rows: readonly (readonly [act: string, details: Details])[]): void {
    for (const [act, { refers, ...details }] of rows) {
      const ref = refers === undefined ? undefined : this.#seqs.get(refers);
      this.#seqs.set(act, this.#note(act, { ...details, ...(ref !== undefined && { ref }) }).seq);
    }
  }

  #sign(meaning: string): void {
    const { seq: lastSeq, hash: lastHash } = this.#note('sound.heard', { by: 'dana' });
    const tip = { lastSeq, lastHash, size: lastSeq, root: lastHash };
    this.#note('session.signed', { by: 'sam', role: 'supervisor', new: { name: 'Sam Supervisor', meaning, ...tip } });
  }

  #open(): void {
    this.#store.openSession(SESSION, this.#row('session.open', { by: 'dana', new: orderOf(this.#minutes) }));
    this.#all(BEFORE);
    this.#note('limit.override', { by: 'dana', reason: 'Consultant asked for it, =1+1', new: { findings: [] } });
    // As an older build wrote it, before id, lot and concentration were read.
    this.#note('session.check', { by: 'dana', new: { identityConfirmed: true } });
    this.#note('pump.identity', { new: { model: 'NE-1000', firmware: '3.923', serial: 'SN-PUMP-553' } });
    this.#note('session.arm', { by: 'dana' });
    this.#note('session.start', { by: 'dana' });
    this.#note('pump.state', { new: { state: 'stopped', rateUlPerH: 0, alarm: null, counterUl: 0 } });
    this.#phase('armed', 'infusing', '');
  }

  #minute(minute: number, pausedAt: number): void {
    const seconds = Array.from({ length: 60 }, (_, index) => minute * 60 + index);
    const startedAt = new Date(OPENED + minute * 60 * SECOND).toISOString();
    const isPaused = (second: number): boolean => second >= pausedAt && second < pausedAt + 120;
    if (minute % 5 === 4) this.#all(READINGS);
    const delivered = seconds.map((second) => {
      this.#at(second);
      if (second === pausedAt) this.#desaturate();
      if (second === pausedAt + 120) this.#resume();
      if (!isPaused(second)) this.#delivered += RATE / 3600;
      if (!isPaused(second) && second % 2 === 0) this.#note('pump.progress', { new: this.#given() });
      return Math.floor(this.#delivered);
    });
    const lost = (second: number): boolean => second % 1700 > 1660;
    this.#store.putTrend({
      session: SESSION.id,
      chair: SESSION.chairId,
      startedAt,
      mono: minute * 60 * SECOND,
      spo2: seconds.map((second) => (lost(second) ? null : spo2(second - pausedAt))),
      pulse: seconds.map((second) =>
        lost(second) ? null : Math.round(72 + 6 * Math.sin(second / 90) + (second % 7) / 3),
      ),
      rateUlPerH: seconds.map((second) => (isPaused(second) ? 0 : RATE)),
      deliveredUl: delivered,
      signs: {
        hr: seconds.map((second) => Math.round(74 + 5 * Math.sin(second / 80))),
        rr: seconds.map((second) => Math.round(14 + 2 * Math.sin(second / 50))),
        etco2: seconds.map((second) => (lost(second) ? null : Math.round(38 + 3 * Math.sin(second / 70)))),
        'nibp-sys': seconds.map(() => 118 + minute),
        'nibp-dia': seconds.map(() => 71),
        sedation: seconds.map(() => (minute % 10 > 4 ? 4 : 5)),
      },
    });
  }

  #desaturate(): void {
    this.#note('alarm.raised', { new: { id: 'spo2-low', value: 86, limit: 90 } });
    this.#all(WHILE_ALARMED);
    this.#note('pump.stop.intent', { new: { sent: 1 }, reason: 'SpO2 low' });
    this.#phase('infusing', 'paused', 'SpO2 low');
    this.#note('pump.state', {
      new: { state: 'paused', rateUlPerH: 0, alarm: null, counterUl: this.#given().deliveredUl },
    });
  }

  #resume(): void {
    this.#note('alarm.acknowledged', { by: 'dana', new: { id: 'spo2-low', value: 86, limit: 90 } });
    this.#note('alarm.acknowledge', { by: 'dana' });
    this.#note('alarm.cleared', { new: { id: 'spo2-low', value: 95, limit: 90 } });
    this.#all(ON_RESUME);
    this.#phase('paused', 'infusing', '');
  }

  #engineChunk(): void {
    const place = { chunk: 1, firstEvent: 1, events: Math.floor(this.#minutes / 5) + 1 };
    const state = { profile: PROPOSED_PROFILE, phase: 'armed' };
    const text = `${JSON.stringify({ ...place, state })}\n${readingEvents(this.#minutes)}`;
    this.#store.putEngineChunk({
      session: SESSION.id,
      chair: SESSION.chairId,
      mono: 0,
      ...place,
      stateHash: null,
      text,
    });
  }

  add(rows: More['rows'] = []): void {
    for (const { act, ts, new: facts } of rows) {
      if (ts !== undefined) mock.timers.setTime(Date.parse(ts));
      this.#note(act, { new: facts });
    }
  }

  #given(): { deliveredUl: number; deliveredUg: number } {
    const deliveredUl = Math.floor(this.#delivered);
    return { deliveredUl, deliveredUg: Math.floor((deliveredUl * CONCENTRATION) / 1000) };
  }

  #phase(from: string, to: string, reason: string): void {
    this.#note('session.phase', { reason, old: { phase: from }, new: { phase: to, ...this.#given() } });
  }

  #at(second: number): void {
    this.#second = second;
    mock.timers.setTime(OPENED + second * SECOND);
  }

  #note(act: string, details: Omit<Details, 'refers'>): AuditReceipt {
    return this.#store.append(this.#row(act, details));
  }

  #row(act: string, details: Omit<Details, 'refers'>): AuditInput {
    const { by, role = 'clinician', auth = ['pin'], reason, ...figures } = details;
    return {
      act,
      mono: this.#second * SECOND,
      chair: SESSION.chairId,
      session: SESSION.id,
      patient: SESSION.patientId,
      actor: by === undefined ? null : { id: by, role, auth },
      outcome: 'ok',
      ...(reason !== undefined && reason !== '' && { reason }),
      ...figures,
    };
  }
}

/** A record that has this bundle and sends it from the thread that asks. */
export function senderOf(bundle: SessionBundle): Pick<Trail, 'beginExport' | 'sendBundle'> {
  return {
    beginExport: async () => ({ seq: bundle.begun?.row.seq ?? 0, verification: bundle.verification, problem: null }),
    sendBundle: async (_id, _begun, to) => {
      to.postMessage(bundle);
      to.close();
    },
  };
}

const ALARM_LOAD = {
  byPriority: { high: 1, medium: 1, low: 0 },
  byAlarm: { 'spo2-low': 1, 'signal-poor': 1 },
  escalated: 1,
  audioPauses: 1,
  soundingMs: 96_000,
  overMs: 1_800_000,
};

/** A cuff pressure and a sedation score every five minutes, as the engine was given them. */
function readingEvents(minutes: number): string {
  const samples = (minute: number) => [
    { parameter: 'nibp-sys', value: 118 + minute, quality: 'good', at: minute * 60 * SECOND },
    { parameter: 'nibp-dia', value: 71, quality: 'good', at: minute * 60 * SECOND },
    { parameter: 'sedation', value: minute % 10 > 4 ? 4 : 5, quality: 'good', at: minute * 60 * SECOND },
  ];
  const events = Array.from({ length: Math.floor(minutes / 5) }, (_, index) => {
    const minute = index * 5 + 3;
    return { kind: 'vitals', at: (minute + 1) * 60 * SECOND, samples: samples(minute) };
  });
  return [{ kind: 'tick', at: 1 }, ...events].map((event) => `${JSON.stringify(event)}\n`).join('');
}

/** Well, then a dip around the pause. */
function spo2(sincePause: number): number {
  const dip = 12 * Math.exp(-((sincePause - 5) ** 2) / 1800);
  return Math.round(97 - dip + Math.sin(sincePause / 37));
}
