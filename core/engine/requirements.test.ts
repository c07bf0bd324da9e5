import { describe, expect, test } from 'vitest';
import type { SafetyProfile } from '../profile.ts';
import type { Millisecond } from '../units.ts';
import { rateConfirmed, TO_RUN } from './requirements.ts';
import { BINDING, brief, Chair, IDENTITY } from './testing.ts';

/** Each takes one requirement away from a chair that could start. */
const MISSING: readonly (readonly [string, (chair: Chair) => unknown, string])[] = [
  ['another phase', (chair) => chair.send({ kind: 'end', by: 'anna', reason: 'x' }), 'wrong-phase'],
  ['an identity', (chair) => chair.send({ kind: 'link', device: 'pump', state: 'down', detail: '' }), 'no-pump'],
  [
    'the bound pump',
    (chair) => chair.send({ kind: 'pump-identified', identity: { ...IDENTITY, serial: '2' } }),
    'wrong-pump',
  ],
  ['a fresh read-back', (chair) => chair.pass(2250, { pump: true }), 'no-pump'],
  ['a confirmed stop', (chair) => chair.send({ kind: 'stop', by: null, reason: 'x' }), 'pump-not-stopped'],
  ['a known outcome', (chair) => unknownOutcome(chair), 'outcome-unknown'],
  ['a finished command', (chair) => chair.start(), 'command-pending'],
  ['a monitor', (chair) => chair.send({ kind: 'link', device: 'monitor', state: 'down', detail: '' }), 'no-monitor'],
  ['a pump without alarm', (chair) => chair.read({ state: 'alarm', alarm: 'stalled' }), 'alarm-active'],
  ['an acknowledgement', (chair) => [chair.read({ alarm: 'stalled' }), chair.read()], 'alarm-not-acknowledged'],
  [
    'good samples',
    (chair) => chair.send({ kind: 'vitals', samples: [chair.sample('spo2', 97, 'poor')] }),
    'vitals-not-steady',
  ],
  [
    'values in limits',
    (chair) => chair.send({ kind: 'vitals', samples: [chair.sample('spo2', 89)] }),
    'vitals-not-steady',
  ],
  ['a record', (chair) => chair.send({ kind: 'record', healthy: false }), 'record-failed'],
  ['two signatures', (chair) => chair.send({ kind: 'hold', held: true }), 'station-held'],
];

function unknownOutcome(chair: Chair): void {
  chair.start();
  chair.send({ kind: 'outcome', commandId: 1, outcome: { kind: 'unknown', detail: '' } });
}

const paused = (): Chair => {
  const chair = new Chair().infuse();
  chair.send({ kind: 'pause', by: 'anna', reason: 'x' });
  chair.rest();
  return chair;
};

const checked = (profile?: SafetyProfile): Chair => {
  const chair = new Chair(profile).connect();
  chair.send({ kind: 'plan', by: 'anna', binding: BINDING });
  chair.send({ kind: 'check', by: 'anna' });
  return chair;
};
const line = (chair: Chair, state: 'up' | 'down') => chair.send({ kind: 'link', device: 'pump', state, detail: '' });
const identify = (chair: Chair) => chair.send({ kind: 'pump-identified', identity: IDENTITY });
const arm = (chair: Chair) => brief(chair.send({ kind: 'arm', by: 'anna' }));

const SENTENCE = /^[a-z]+( [a-z-]+){2,}$/;
/** What the newest answer says to the person who asked. */
const told = ({ effects }: Chair) => effects.flatMap((effect) => ('detail' in effect ? [effect.detail] : [])).join();

test('a request in another phase is told the phases in which it is possible', () => {
  const chair = new Chair().arm();
  chair.send({ kind: 'plan', by: 'anna', binding: BINDING });
  expect(told(chair)).toBe('possible only when idle or ended or interrupted');
});

test.each<[string, string, (chair: Chair) => unknown]>([
  ['a session', 'high alarm', (chair) => planAfter(chair, () => chair.measure('spo2', 84))],
  ['a session', 'drug library', (chair) => planAfter(chair, () => chair.send({ kind: 'library', usable: false }))],
  ['a pause', 'nothing runs', (chair) => chair.send({ kind: 'pause', by: 'anna', reason: 'x' })],
  ['a word for the pump', 'no stop', (chair) => chair.send({ kind: 'stopped-by-hand', by: 'anna', reason: 'x' })],
  ['a start', 'sound|hear', (chair) => [chair.send({ kind: 'sound', proved: false }), chair.start()]],
])('%s that is refused says why: %s', (_, why, ask) => {
  const chair = new Chair().arm();
  ask(chair);
  expect(told(chair)).toMatch(SENTENCE);
  expect(told(chair)).toMatch(new RegExp(why));
});

function planAfter(chair: Chair, happen: () => unknown): void {
  chair.send({ kind: 'end', by: 'anna', reason: 'x' });
  happen();
  chair.send({ kind: 'plan', by: 'anna', binding: BINDING });
}

describe('start is refused without', () => {
  test.each(MISSING)('%s', (_, takeAway, code) => {
    const chair = new Chair().arm();
    takeAway(chair);
    expect(brief(chair.start())).toEqual([`refused:${code}`]);
    expect(told(chair)).toMatch(SENTENCE);
  });

  test('any dose left', () => {
    const chair = new Chair().arm({ ...BINDING, doseCeiling: 0 as typeof BINDING.doseCeiling });
    expect(brief(chair.start())).toEqual(['refused:dose-reached']);
    expect(told(chair)).toMatch(SENTENCE);
  });
});

describe('resume is refused without', () => {
  test.each([
    ['a reason', { reason: ' ', confirmedRate: 26_200 }, 'reason-missing'],
    ['the planned rate', { reason: 'well', confirmedRate: 26_201 }, 'rate-not-confirmed'],
  ])('%s', (_, part, code) => {
    const chair = paused();
    expect(brief(chair.send({ kind: 'resume', by: 'anna', ...part }))).toEqual([`refused:${code}`]);
    expect(told(chair)).toMatch(SENTENCE);
    expect(brief(chair.resume())).toEqual(['permit', 'program', 'accepted']);
  });

  test.each(MISSING.filter(([what]) => what !== 'a known outcome' && what !== 'a finished command'))(
    '%s',
    (_, takeAway, code) => {
      const chair = paused();
      takeAway(chair);
      expect(brief(chair.resume())).toEqual([`refused:${code}`]);
      expect(told(chair)).toMatch(SENTENCE);
    },
  );

  test('a pause before it', () => {
    expect(brief(new Chair().infuse().resume())).toEqual(['refused:wrong-phase']);
  });

  test('a volume that a counter can tell from the whole', () => {
    const chair = paused();
    chair.counter += 17_400;
    chair.read();
    expect(brief(chair.resume())).toEqual(['refused:dose-reached']);
  });
});

describe('arm is refused without', () => {
  test('any read-back of the pump', () => {
    const chair = new Chair();
    chair.send({ kind: 'link', device: 'pump', state: 'up', detail: '' });
    chair.send({ kind: 'pump-identified', identity: IDENTITY });
    chair.send({ kind: 'plan', by: 'anna', binding: BINDING });
    chair.send({ kind: 'check', by: 'anna' });
    expect(arm(chair)).toEqual(['refused:no-pump']);
  });

  test('any vital in the profile, which would supervise nobody', () => {
    const { profile } = new Chair().state;
    expect(arm(checked({ ...profile, vitals: [] }))).toEqual(['refused:no-vitals']);
  });

  test('nothing missing it is accepted and binds the pump', () => {
    const chair = checked();
    expect(arm(chair)).toEqual(['checked->armed', 'accepted']);
    expect(chair.state.boundPump).toEqual(IDENTITY);
  });

  test.each([
    ['bedside checks', (chair: Chair) => chair.send({ kind: 'end', by: 'anna', reason: 'x' }), 'wrong-phase'],
    [
      'a pump',
      (chair: Chair) => chair.send({ kind: 'link', device: 'pump', state: 'wrong-device', detail: '' }),
      'no-pump',
    ],
    ['a line to the pump', (chair: Chair) => [line(chair, 'down'), identify(chair)], 'no-pump'],
    ['a pump that named itself', (chair: Chair) => [line(chair, 'down'), line(chair, 'up')], 'no-pump'],
    ['a fresh read-back', (chair: Chair) => chair.pass(2250, { pump: true }), 'no-pump'],
    ['a stopped pump', (chair: Chair) => chair.read({ state: 'infusing' }), 'pump-not-stopped'],
    ['a confirmed stop', (chair: Chair) => chair.send({ kind: 'stop', by: null, reason: 'x' }), 'pump-not-stopped'],
    [
      'a monitor',
      (chair: Chair) => chair.send({ kind: 'link', device: 'monitor', state: 'down', detail: '' }),
      'no-monitor',
    ],
    ['fresh vital signs', (chair: Chair) => chair.pass(3250, { vitals: true }), 'no-vitals'],
    ['a record', (chair: Chair) => chair.send({ kind: 'record', healthy: false }), 'record-failed'],
    ['two signatures', (chair: Chair) => chair.send({ kind: 'hold', held: true }), 'station-held'],
    [
      'a prediction below its ceiling',
      (chair: Chair) => chair.send({ kind: 'prediction', maxNgPerMl: 501 }),
      'prediction-ceiling',
    ],
    [
      'an acknowledgement',
      (chair: Chair) => [chair.read({ state: 'infusing' }), chair.pass(250)],
      'alarm-not-acknowledged',
    ],
  ])('%s', (_, takeAway, code) => {
    const chair = checked();
    takeAway(chair);
    expect(arm(chair)).toEqual([`refused:${code}`]);
    expect(told(chair)).toMatch(SENTENCE);
  });
});

test('an alarm that holds keeps nobody from arming once a person has acknowledged it', () => {
  const chair = checked();
  chair.measure('spo2', 84);
  expect(arm(chair)).toEqual(['refused:alarm-not-acknowledged']);
  chair.acknowledge();
  expect(chair.state.alarms['spo2-critical']?.active).toBe(true);
  expect(arm(chair)).toEqual(['checked->armed', 'accepted']);
});

test('a chair without a session has no rate to confirm and no dose left', () => {
  const { state } = new Chair();
  const unmet = [rateConfirmed(26_200), ...TO_RUN].filter(({ met }) => !met(state, 1000 as Millisecond));
  expect(unmet.map(({ code }) => code)).toEqual(expect.arrayContaining(['rate-not-confirmed', 'dose-reached']));
});
