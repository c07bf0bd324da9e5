import { describe, expect, test } from 'vitest';
import type { AlarmId } from '../alarms.ts';
import { brief, Chair } from './testing.ts';

const alarms = (chair: Chair) => Object.keys(chair.state.alarms);
const raised = (chair: Chair, milliseconds: number) =>
  brief(chair.pass(milliseconds)).filter((kind) => kind.startsWith('raised'));

describe('a limit with a delay', () => {
  test('alarms when the value has been beyond it for the delay, and stops', () => {
    const chair = new Chair().infuse();
    chair.spo2 = 89;
    expect(raised(chair, 10_750)).toEqual(['raised:spo2-advisory']);
    expect(brief(chair.pass(250))).toEqual(['stop', 'raised:spo2-low', 'infusing->paused']);
    expect(chair.state.alarms['spo2-low']).toMatchObject({ value: 89, limit: 90 });
  });

  test('begins strictly beyond the limit', () => {
    const chair = new Chair().infuse();
    chair.spo2 = 94;
    expect(raised(chair, 30_000)).toEqual([]);
  });

  test('counts anew after one good value inside', () => {
    const chair = new Chair().infuse();
    chair.spo2 = 89;
    chair.pass(9000);
    chair.spo2 = 95;
    chair.pass(1000);
    chair.spo2 = 89;
    expect(raised(chair, 10_750)).toEqual([]);
    expect(raised(chair, 250)).toEqual(['raised:spo2-low']);
  });

  test('is raised by a tick between two samples', () => {
    const chair = new Chair().infuse();
    chair.now += 500;
    chair.send({ kind: 'vitals', samples: [chair.sample('spo2', 93)] });
    chair.now += 10_000;
    expect(brief(chair.tick())).toContain('raised:spo2-advisory');
  });
});

describe('a limit that only calls somebody', () => {
  /** Milliseconds from the first sample past the limit to the alarm, on ticks of 250 ms. */
  function calledAfter(alarm: AlarmId, set: (chair: Chair) => void): number | null {
    const chair = new Chair();
    chair.others = { rr: 14 };
    chair.infuse();
    set(chair);
    chair.pass(1000);
    for (let waited = 0; waited <= 20_000; waited += 250) {
      if (chair.state.alarms[alarm] !== undefined) return waited;
      chair.pass(250);
    }
    return null;
  }

  test.each([
    // 10 s at 94 %, 3 s at 90 % and deeper.
    ['spo2-advisory', { spo2: 93 }, 8250],
    ['spo2-advisory', { spo2: 92 }, 6500],
    ['spo2-advisory', { spo2: 91 }, 4750],
    ['spo2-advisory', { spo2: 90 }, 3000],
    ['spo2-advisory', { spo2: 86 }, 3000],
    // Both sides have a way of their own: 110 to 130 a minute, 50 to 45.
    ['pulse-advisory', { pulse: 120 }, 6500],
    ['pulse-advisory', { pulse: 46 }, 4500],
    // Nothing is more severe on this side, so nothing says how deep a value is.
    ['rr-advisory', { others: { rr: 40 } }, 15_000],
    ['rr-advisory', { others: { rr: 9 } }, 9000],
  ] as const)('%s of %o calls after %d ms, the sooner the deeper', (alarm, signs, milliseconds) => {
    expect(calledAfter(alarm, (chair) => Object.assign(chair, signs))).toBe(milliseconds);
  });

  test('that was raised by a deep value stays while a shallower one would still be waited for', () => {
    const chair = new Chair().arm();
    chair.spo2 = 90;
    expect(raised(chair, 4250)).toEqual(['raised:spo2-advisory']);
    chair.spo2 = 93;
    expect(brief(chair.pass(10_000)).filter((kind) => kind.includes('spo2'))).toEqual([]);
    expect(alarms(chair)).toEqual(['spo2-advisory']);
  });
});

describe('a limit without a delay', () => {
  test('acts at the first sample', () => {
    const chair = new Chair().infuse();
    chair.send({ kind: 'vitals', samples: [chair.sample('pulse', 39)] });
    expect(brief(chair.effects)).toEqual(['stop', 'raised:pulse-critical', 'infusing->paused']);
    expect(chair.effects[1]).toMatchObject({ value: 39, limit: 40 });
  });

  test('acts above as well as below', () => {
    const chair = new Chair().infuse();
    chair.send({ kind: 'vitals', samples: [chair.sample('pulse', 151)] });
    expect(chair.effects[1]).toMatchObject({ key: 'pulse-critical', value: 151, limit: 150 });
  });
});

describe('hysteresis', () => {
  test('keeps a raised condition until the value is well inside', () => {
    const chair = new Chair().arm();
    chair.spo2 = 93;
    chair.pass(12_000);
    expect(alarms(chair)).toEqual(['spo2-advisory']);
    chair.spo2 = 95;
    chair.pass(5000);
    expect(alarms(chair)).toEqual(['spo2-advisory']);
    chair.spo2 = 96;
    expect(brief(chair.pass(1000))).toEqual(['cleared:spo2-advisory']);
  });

  test('works at an upper limit, too', () => {
    const chair = new Chair().arm();
    chair.pulse = 112;
    chair.pass(12_000);
    chair.pulse = 108;
    chair.pass(2000);
    expect(alarms(chair)).toEqual(['pulse-advisory']);
    chair.pulse = 107;
    expect(brief(chair.pass(1000))).toEqual(['cleared:pulse-advisory']);
  });
});

describe('tiers of one vital', () => {
  test('a more severe one keeps the milder ones from being raised', () => {
    const chair = new Chair().infuse();
    chair.spo2 = 80;
    expect(raised(chair, 1000)).toEqual(['raised:spo2-critical']);
    chair.rest();
    expect(raised(chair, 30_000)).toEqual([]);
  });

  test('a milder one that was raised before stays until its own condition ends', () => {
    const chair = new Chair().infuse();
    chair.spo2 = 93;
    chair.pass(12_000);
    chair.spo2 = 84;
    chair.pass(1000);
    expect(alarms(chair).toSorted()).toEqual(['spo2-advisory', 'spo2-critical']);
  });

  test('tiers of another vital are judged on their own', () => {
    const chair = new Chair().infuse();
    chair.spo2 = 80;
    chair.pulse = 30;
    expect(raised(chair, 1000)).toEqual(['raised:spo2-critical', 'raised:pulse-critical']);
  });
});

describe('outside a session', () => {
  test('vital signs raise nothing', () => {
    const chair = new Chair().connect();
    chair.spo2 = 70;
    expect(raised(chair, 30_000)).toEqual([]);
    chair.quality = 'invalid';
    expect(raised(chair, 30_000)).toEqual([]);
  });
});
