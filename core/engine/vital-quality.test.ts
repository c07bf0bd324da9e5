import { describe, expect, test } from 'vitest';
import { PROPOSED_PROFILE } from '../profile.ts';
import type { Millisecond } from '../units.ts';
import type { Quality } from '../vitals.ts';
import { BINDING, brief, Chair } from './testing.ts';

const alarms = (chair: Chair) => Object.keys(chair.state.alarms);
const raised = (effects: ReturnType<Chair['pass']>) => brief(effects).filter((kind) => kind.startsWith('raised'));

/** Both signs of the one sensor, in the order of the table. */
const both = (what: string) => [`${what}:pulse`, `${what}:spo2`];

const at = (chair: Chair, value: number, time: number) =>
  chair.send({ kind: 'vitals', samples: [{ ...chair.sample('spo2', value), at: time as Millisecond }] });

describe('a vital that stops coming', () => {
  test('is stale after three seconds and pauses after five (R-5.1)', () => {
    const chair = new Chair().infuse();
    expect(raised(chair.pass(2750, { vitals: true }))).toEqual([]);
    expect(raised(chair.pass(250, { vitals: true }))).toEqual(both('raised:vitals-stale'));
    expect(raised(chair.pass(1750, { vitals: true }))).toEqual([]);
    expect(brief(chair.pass(250, { vitals: true }))).toEqual([
      'stop',
      ...both('raised:vitals-lost'),
      'infusing->paused',
    ]);
  });

  test('alarms when only one of the required ones is missing', () => {
    const chair = new Chair().infuse();
    const effects = [];
    for (let second = 0; second < 5; second += 1) {
      effects.push(...chair.pass(1000, { vitals: true }));
      chair.send({ kind: 'vitals', samples: [chair.sample('spo2', 98)] });
    }
    expect(raised(effects)).toEqual(['raised:vitals-stale:pulse', 'raised:vitals-lost:pulse']);
  });

  test('is stale only after three of its periods when it comes rarely', () => {
    const [spo2, pulse] = PROPOSED_PROFILE.vitals;
    const slow = [spo2, pulse].flatMap((rule) => (rule ? [{ ...rule, period: 4000 as Millisecond }] : []));
    const lax = { ...PROPOSED_PROFILE, vitals: slow, pauseOnLossAfter: 60_000 as Millisecond };
    const chair = new Chair(lax).arm();
    expect(raised(chair.pass(11_750, { vitals: true }))).toEqual([]);
    expect(raised(chair.pass(250, { vitals: true }))).toEqual(both('raised:vitals-stale'));
  });

  test('that never came is shown from the checks on, and nothing can be armed', () => {
    const chair = new Chair();
    chair.send({ kind: 'link', device: 'monitor', state: 'up', detail: '' });
    chair.send({ kind: 'link', device: 'pump', state: 'up', detail: '' });
    chair.send({ kind: 'pump-identified', identity: { model: 'm', firmware: 'f', serial: null } });
    chair.pass(250);
    chair.send({ kind: 'plan', by: 'anna', binding: BINDING });
    expect(raised(chair.send({ kind: 'check', by: 'anna' }))).toEqual(both('raised:vitals-stale'));
    expect(brief(chair.send({ kind: 'arm', by: 'anna' }))).toEqual(['refused:no-vitals']);
  });
});

describe('a poor signal', () => {
  test('holds nothing of a vital that was never measured well: it is lost', () => {
    const chair = new Chair().infuse();
    expect(raised(chair.measure('rr', 14, 'poor'))).toContain('raised:vitals-lost:rr');
  });

  test('is shown after two seconds and counts as loss after ten', () => {
    const chair = new Chair().infuse();
    chair.quality = 'poor';
    expect(raised(chair.pass(2750))).toEqual([]);
    expect(raised(chair.pass(250))).toEqual(both('raised:signal-poor'));
    expect(raised(chair.pass(7750))).toEqual([]);
    expect(brief(chair.pass(250))).toEqual(['stop', ...both('raised:vitals-lost'), 'infusing->paused']);
  });

  test('makes no new verdict, however low it reads, and holds the old one', () => {
    const chair = new Chair().infuse();
    chair.spo2 = 89;
    chair.pass(8000);
    chair.spo2 = 60;
    chair.quality = 'poor';
    expect(raised(chair.pass(8000))).toEqual(both('raised:signal-poor'));
    chair.quality = 'good';
    chair.spo2 = 89;
    expect(raised(chair.pass(1000))).toEqual(['raised:spo2-low']);
  });

  test('does not end an alarm', () => {
    const chair = new Chair().infuse();
    chair.spo2 = 84;
    chair.pass(1000);
    chair.spo2 = 99;
    chair.quality = 'poor';
    chair.pass(3000);
    expect(chair.state.alarms['spo2-critical']?.active).toBe(true);
  });

  test('does not count as good before there ever was a good one', () => {
    const chair = new Chair();
    chair.quality = 'poor';
    chair.arm();
    expect(alarms(chair)).toEqual(expect.arrayContaining(both('vitals-lost')));
  });

  test('starts the time of steadiness anew', () => {
    const chair = new Chair().arm();
    chair.quality = 'poor';
    chair.pass(1000);
    expect(chair.state.steadySince).toBeNull();
    chair.quality = 'good';
    chair.pass(1000);
    const since = chair.state.steadySince;
    chair.pass(5000);
    expect(chair.state.steadySince).toBe(since);
  });
});

describe('a value that is none', () => {
  test.each<[string, number | null, Quality]>([
    ['the device says invalid', null, 'invalid'],
    ['good without a number', null, 'good'],
    ['not a number', Number.NaN, 'good'],
    ['impossible', 127, 'good'],
    ['negative', -5, 'poor'],
    ['invalid with a number', 20, 'invalid'],
  ])('%s: never a verdict, and lost in the end (R-5.5)', (_, value, quality) => {
    const chair = new Chair().infuse();
    const spend = (milliseconds: number) => {
      const from = chair.history.length;
      for (let gone = 250; gone <= milliseconds; gone += 250) {
        chair.pass(250, { vitals: true });
        if (gone % 1000 !== 0) continue;
        chair.measure('spo2', value, quality);
        chair.measure('pulse', 70);
      }
      return raised(chair.history.slice(from));
    };
    expect(spend(4750)).toEqual(['raised:vitals-stale:spo2']);
    expect(chair.state.vitals.spo2.latest).toMatchObject({ value: null, quality: 'invalid' });
    expect(spend(250)).toEqual(['raised:vitals-lost:spo2']);
  });
});

describe('a sample out of time', () => {
  test.each([-1, 500, Number.NaN])('from %d is ignored', (time) => {
    const chair = new Chair().infuse();
    const before = chair.state.vitals;
    expect(brief(at(chair, 60, time))).toEqual([]);
    expect(chair.state.vitals).toEqual(before);
  });

  test('from the future stays fresh no longer than one from now', () => {
    const chair = new Chair().infuse();
    at(chair, 98, chair.now + 1_000_000);
    expect(chair.state.vitals.spo2.latest?.at).toBe(chair.now);
  });
});

test('a profile that leaves a vital out does not require it', () => {
  const spo2Only = PROPOSED_PROFILE.vitals.filter(({ parameter }) => parameter === 'spo2');
  const chair = new Chair({ ...PROPOSED_PROFILE, vitals: spo2Only });
  chair.pulse = 20;
  chair.arm();
  expect(brief(chair.start())).toEqual(['permit', 'program', 'accepted']);
});
