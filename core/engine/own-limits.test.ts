import { describe, expect, test } from 'vitest';
import type { BoundedPatient } from '../patient-limits.ts';
import { SHIPPED_LIBRARY } from '../shipped-library.ts';
import { BINDING, brief, Chair } from './testing.ts';

describe('a session with limits of its own', () => {
  const copd: BoundedPatient = {
    comorbidities: [],
    baseline: { spo2: 90 },
    reason: 'COPD, 90 % at rest',
    bounds: SHIPPED_LIBRARY.entries[0]?.vitalBounds ?? [],
  };

  test('is held to them', () => {
    const chair = new Chair();
    chair.spo2 = 88;
    chair.arm({ ...BINDING, patient: copd });
    chair.start();
    chair.runChain();
    expect(chair.state.phase).toBe('infusing');
    chair.spo2 = 85;
    expect(brief(chair.pass(12_000))).toContain('raised:spo2-low');
  });

  test('gives them up at its end', () => {
    const chair = new Chair();
    chair.spo2 = 88;
    chair.arm({ ...BINDING, patient: copd });
    expect(Object.keys(chair.state.alarms)).toEqual([]);
    chair.send({ kind: 'end', by: 'anna', reason: 'x' });
    expect(brief(chair.pass(12_000))).toContain('raised:spo2-low');
  });

  test('gives them up where it was interrupted', () => {
    const chair = new Chair().connect();
    chair.spo2 = 88;
    chair.send({ kind: 'interrupted', binding: { ...BINDING, patient: copd }, delivered: 1000 });
    expect(brief(chair.pass(12_000))).toContain('raised:spo2-low');
  });

  test('cannot be armed without the breath it requires', () => {
    const chair = new Chair().connect();
    chair.send({
      kind: 'plan',
      by: 'anna',
      binding: { ...BINDING, patient: { ...copd, comorbidities: ['copd'], baseline: {} } },
    });
    chair.send({ kind: 'check', by: 'anna' });
    expect(brief(chair.send({ kind: 'arm', by: 'anna' }))).toEqual(['refused:no-vitals']);
    chair.others = { rr: 14, etco2: 40 };
    chair.pass(1000);
    expect(brief(chair.send({ kind: 'arm', by: 'anna' }))).toContain('accepted');
  });
});
