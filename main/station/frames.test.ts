import { describe, expect, test } from 'vitest';
import { initialState } from '../../core/engine/initial.ts';
import type { AlarmState, EngineState } from '../../core/engine/state.ts';
import { PROPOSED_PROFILE } from '../../core/profile.ts';
import { microlitre, microlitrePerHour, millisecond } from '../../core/units.ts';
import type { Quality } from '../../core/vitals.ts';
import { chairSchema } from '../../preload/contract/frames.ts';
import { BINDING, EQUIPMENT } from './chair-bench.ts';
import { type ChairFacts, chairFrame } from './frames.ts';

const base = initialState(PROPOSED_PROFILE);
const facts: ChairFacts = {
  id: 'chair-1',
  name: 'Chair 1',
  equipment: EQUIPMENT,
  details: null,
  pumpLinkDetail: '',
  monitorLinkDetail: '',
  pauseReason: null,
  withdrawnBecause: null,
  arePausesUnread: false,
  prediction: null,
  selfTest: null,
  setUpIdle: false,
  libraryProblem: null,
  wallClock: new Date('2026-11-22T09:00:00Z'),
};

function frame(state: Partial<EngineState>, now = 10_000, more: Partial<ChairFacts> = {}) {
  return chairSchema.parse(chairFrame({ ...base, ...state }, { ...facts, ...more }, millisecond(now)));
}

function spo2(value: number | null, quality: Quality, at: number, before: number | null = null): EngineState['vitals'] {
  const sample = { parameter: 'spo2', value, quality, at: millisecond(at) } as const;
  const earlier =
    before === null
      ? null
      : ({ parameter: 'spo2', value: before, quality: 'good', at: millisecond(at - 500) } as const);
  const latestValue = value === null ? earlier : { ...sample, value };
  return { ...base.vitals, spo2: { ...base.vitals.spo2, latest: sample, latestValue, latestGood: latestValue } };
}

function alarm(raisedAt: number): AlarmState {
  return {
    raisedAt: millisecond(raisedAt),
    active: true,
    acknowledgedBy: null,
    escalated: false,
    silenced: false,
    value: 80,
    limit: 85,
  };
}

describe('vitals in a frame', () => {
  test.each([
    ['good', 1000, 'valid'],
    ['poor', 1000, 'poor'],
    ['good', 3001, 'stale'],
    ['poor', 3001, 'stale'],
  ] as const)('%s and %d ms old is %s, with its age', (quality, ageMs, state) => {
    expect(frame({ vitals: spo2(97, quality, 10_000 - ageMs) }).vitals.spo2).toEqual({ state, value: 97, ageMs });
  });

  test('never seen is none', () => {
    expect(frame({}).vitals.spo2).toEqual({ state: 'none' });
  });

  test('a value that the device has withdrawn is stale at once, not a plain number (R-5.5)', () => {
    expect(frame({ vitals: spo2(null, 'invalid', 10_000, 97) }).vitals.spo2).toMatchObject({ state: 'stale' });
  });

  test('a value from before the last minute is not shown at all', () => {
    expect(frame({ vitals: spo2(97, 'good', 10_000) }, 70_001).vitals.spo2).toEqual({ state: 'none' });
  });
});

describe('pump in a frame', () => {
  const reading = {
    state: 'infusing',
    rate: microlitrePerHour(29_990),
    counter: microlitre(1),
    alarm: null,
    at: millisecond(9400),
  } as const;

  test('is what was read back, with its age, beside what was commanded (R-5.6)', () => {
    const pump = { ...base.pump, link: 'up', reading } as const;
    expect(frame({ pump, commandedRate: microlitrePerHour(30_000) }).pump).toMatchObject({
      state: 'infusing',
      rateUlPerH: 29_990,
      commandedRateUlPerH: 30_000,
      ageMs: 600,
    });
  });

  test('without a link its state is unknown, whatever it said last', () => {
    expect(frame({ pump: { ...base.pump, reading } }).pump).toMatchObject({ state: 'unknown', ageMs: 600 });
  });

  test('says what it does when the station falls silent (R-3.2)', () => {
    const equipment = { ...EQUIPMENT, onHostSilence: { kind: 'continues' } } as const;
    expect(frame({}, 10_000, { equipment }).pump.onHostSilence).toContain('keeps running');
    expect(frame({}).pump.onHostSilence).toContain('3 s');
  });
});

describe('chair frame', () => {
  test('alarms stand by priority, then the newest first', () => {
    const alarms = {
      'infusion-complete': alarm(9900),
      'spo2-low': alarm(5000),
      'spo2-advisory': alarm(1000),
      'spo2-critical': alarm(9000),
    };
    expect(frame({ alarms }).alarms.map(({ id, ageMs }) => [id, ageMs])).toEqual([
      ['spo2-critical', 1000],
      ['spo2-low', 5000],
      ['spo2-advisory', 9000],
      ['infusion-complete', 100],
    ]);
  });

  test('names each limit with its tier', () => {
    const tiers = frame({}).limits.filter(({ parameter }) => parameter === 'spo2');
    expect(tiers.map(({ tier, below }) => [tier, below])).toEqual([
      ['critical', 85],
      ['pause', 90],
      ['advisory', 94],
    ]);
  });

  test('counts how long the signs have been steady', () => {
    expect(frame({ steadySince: millisecond(4000) })).toMatchObject({ steadyMs: 6000, steadyNeededMs: 30_000 });
    expect(frame({}).steadyMs).toBe(0);
  });

  test('a session shows dose from the delivered volume, rounded up, and the most that a pump gave unseen (R-4.13)', () => {
    const details = {
      patientName: 'Test',
      clinician: 'Ada',
      openedAt: 'x',
      entry: { drug: 'ketamine', careArea: 'pain clinic' },
      overrides: [],
    };
    const prediction = { minNgPerMl: 1.2, maxNgPerMl: 3.4, models: [{ name: 'Kamp 2020', ngPerMl: 3.4 }] };
    const state = { session: BINDING, pump: { ...base.pump, delivered: microlitre(501) } };
    expect(frame(state, 10_000, { details, pauseReason: 'SpO2', prediction }).session).toMatchObject({
      deliveredUl: 501,
      deliveredUg: 1002,
      doseNotKnown: null,
      pauseReason: 'SpO2',
      prediction,
      plan: { rateUlPerH: 30_000, drug: 'ketamine' },
    });
    const left = { identity: null, counter: null, most: microlitre(1000) };
    const unseen = (accounting: 'awaited' | 'counted' | 'lost') => {
      const pump = { ...state.pump, unseen: { ...left, accounting } };
      return frame({ ...state, pump }, 10_000, { details }).session?.doseNotKnown;
    };
    expect(unseen('awaited')).toEqual({ accounting: 'awaited', mostUg: 3002 });
    expect(unseen('lost')).toEqual({ accounting: 'lost', mostUg: 3002 });
    expect(unseen('counted')).toBeNull();
  });
});
