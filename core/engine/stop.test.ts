import { describe, expect, test } from 'vitest';
import type { PumpReading } from '../pump.ts';
import type { Microlitre, MicrolitrePerHour, Millisecond } from '../units.ts';
import type { Effect } from './effects.ts';
import { stopPump } from './stop.ts';
import { BINDING, brief, Chair, IDENTITY, justBefore } from './testing.ts';

const press = (chair: Chair) => brief(chair.send({ kind: 'stop', by: null, reason: 'stop pressed' }));

describe('the operator stop', () => {
  test('works with nothing connected and no session (R-2.6)', () => {
    expect(press(new Chair())).toEqual(['stop', 'accepted']);
  });

  test('works with the pump link down while infusing', () => {
    const chair = new Chair().infuse();
    chair.send({ kind: 'link', device: 'pump', state: 'down', detail: '' });
    expect(press(chair)).toEqual(['stop', 'accepted']);
  });

  test('pauses a running infusion and names who did it', () => {
    const chair = new Chair().infuse();
    chair.send({ kind: 'stop', by: 'anna', reason: 'stop pressed' });
    expect(brief(chair.effects)).toEqual(['stop', 'infusing->paused', 'accepted']);
    expect(chair.effects[1]).toMatchObject({ by: 'anna', reason: 'stop pressed' });
    expect(chair.state).toMatchObject({ commandedRate: 0, permitAt: null });
  });

  test('that comes when a stop is due again is one stop', () => {
    const chair = new Chair().infuse();
    press(chair);
    chair.now += 500;
    expect(press(chair)).toEqual(['stop', 'accepted']);
  });

  test('may be repeated a hundred times (R-2.7)', () => {
    const chair = new Chair().infuse();
    press(chair);
    const since = chair.state.stopping?.since;
    for (let i = 0; i < 100; i += 1) expect(press(chair)).toEqual(['stop', 'accepted']);
    expect(chair.state.stopping?.since).toBe(since);
    chair.rest();
    expect(chair.state).toMatchObject({ stopping: null, phase: 'paused' });
  });
});

test('a stop takes back all that its own step would have raised, and an earlier stop, and nothing else', () => {
  const { state, now } = new Chair().infuse();
  const rate = 26_000 as MicrolitrePerHour;
  const volume = 17_500 as Microlitre;
  const answer: Effect = { kind: 'answer', accepted: true };
  const effects: readonly Effect[] = [
    { kind: 'permit', epoch: 1, ceilingRate: rate, ceilingCounter: volume, lifetime: 3000 as Millisecond },
    { kind: 'program', id: 1, rate, volume },
    { kind: 'start', id: 2 },
    { kind: 'send', id: 1 },
    { kind: 'stop', reason: 'earlier' },
    answer,
  ];
  const stopped = stopPump({ state, at: now as Millisecond, effects }, 'now');
  expect(stopped.effects).toEqual([answer, { kind: 'stop', reason: 'now' }]);
});

describe('a stop that is not read back', () => {
  test('is sent again every half second and alarmed after three (R-2.5)', () => {
    const chair = new Chair().infuse();
    press(chair);
    const effects = brief(chair.pass(2750));
    expect(effects.filter((kind) => kind === 'stop')).toHaveLength(5);
    expect(effects).not.toContain('raised:stop-not-confirmed');
    expect(brief(chair.pass(250))).toContain('raised:stop-not-confirmed');
  });

  test('stays alarmed for as long as the pump says nothing else', () => {
    const chair = new Chair().infuse();
    press(chair);
    chair.pass(3000);
    chair.acknowledge();
    const effects = brief(chair.pass(600_000, { pump: true }));
    expect(effects.filter((kind) => kind === 'stop')).toHaveLength(1200);
    expect(chair.state.alarms['stop-not-confirmed']?.active).toBe(true);
    expect(brief(chair.rest())).toContain('cleared:stop-not-confirmed');
  });

  test('is repeated by any event once it is due, not by ticks alone', () => {
    const chair = new Chair().connect();
    press(chair);
    chair.now += 500;
    expect(brief(chair.vitals())).toEqual(['stop']);
  });

  test('is not confirmed by a read-back that is not later than the stop', () => {
    const chair = new Chair().infuse();
    chair.now += 100;
    press(chair);
    chair.read({ state: 'stopped', at: (chair.now - 50) as Millisecond });
    expect(chair.state.stopping).not.toBeNull();
    chair.read({ state: 'stopped' });
    expect(chair.state.stopping).not.toBeNull();
    chair.now += 1;
    chair.read({ state: 'alarm' });
    expect(chair.state.stopping).toBeNull();
  });

  test('is not confirmed by an answer to a question that left before it, however late that comes (R-2.5)', () => {
    const chair = new Chair().infuse();
    press(chair);
    const decided = chair.now as Millisecond;
    const answer = (afterStop: Millisecond | null) => {
      chair.now += 100;
      const reading = { state: 'stopped', rate: 0, counter: 0, alarm: null, at: chair.now } as unknown as PumpReading;
      chair.send({ kind: 'pump-read', reading, afterStop });
      return chair.state.stopping;
    };
    expect(answer(null)).not.toBeNull();
    expect(answer(justBefore(decided))).not.toBeNull();
    expect(answer(decided)).toBeNull();
  });

  test('is not confirmed by an answer to a question before every stop, at the zero of the clock either', () => {
    const chair = new Chair();
    chair.now = 0;
    chair.send({ kind: 'link', device: 'pump', state: 'up', detail: '' });
    chair.send({ kind: 'pump-identified', identity: IDENTITY });
    press(chair);
    chair.now = 500;
    const reading = { state: 'stopped', rate: 0, counter: 0, alarm: null, at: chair.now } as unknown as PumpReading;
    chair.send({ kind: 'pump-read', reading, afterStop: null });
    expect(chair.state.stopping).not.toBeNull();
  });

  test('lets no session begin', () => {
    const chair = new Chair().connect();
    press(chair);
    expect(brief(chair.send({ kind: 'plan', by: 'anna', binding: BINDING }))).toEqual(['refused:pump-not-stopped']);
  });
});

describe('every reason to pause', () => {
  test.each<[string, (chair: Chair) => unknown, string]>([
    ['critical SpO2', (chair) => chair.send({ kind: 'vitals', samples: [chair.sample('spo2', 84)] }), 'spo2-critical'],
    [
      'critical pulse',
      (chair) => chair.send({ kind: 'vitals', samples: [chair.sample('pulse', 151)] }),
      'pulse-critical',
    ],
    ['lost pump', (chair) => chair.send({ kind: 'link', device: 'pump', state: 'down', detail: '' }), 'pump-link'],
    [
      'wrong pump',
      (chair) => chair.send({ kind: 'link', device: 'pump', state: 'wrong-device', detail: '' }),
      'pump-link',
    ],
    [
      'lost monitor',
      (chair) => chair.send({ kind: 'link', device: 'monitor', state: 'down', detail: '' }),
      'monitor-link',
    ],
    ['pump alarm', (chair) => chair.read({ state: 'alarm', alarm: 'stalled' }), 'pump-alarm:stalled'],
    ['pump alarm without a name', (chair) => chair.read({ state: 'alarm' }), 'pump-alarm'],
    [
      'pump alarm while it runs',
      (chair) => chair.read({ alarm: 'phase-out-of-range' }),
      'pump-alarm:phase-out-of-range',
    ],
    ['pump stopped', (chair) => chair.read({ state: 'stopped' }), 'pump-stopped'],
    ['guard', (chair) => chair.send({ kind: 'guard', reason: 'host-died' }), 'guard-tripped'],
  ])('%s stops at once and pauses', (_, happen, id) => {
    const chair = new Chair().infuse();
    chair.now += 100;
    happen(chair);
    expect(brief(chair.effects)).toEqual(['stop', `raised:${id}`, 'infusing->paused']);
    expect(chair.state).toMatchObject({ phase: 'paused', permitAt: null, commandedRate: 0 });
    // whatever happens now, it does not go on by itself.
    chair.send({ kind: 'link', device: 'pump', state: 'up', detail: '' });
    chair.send({ kind: 'link', device: 'monitor', state: 'up', detail: '' });
    chair.rest();
    const after = brief(chair.pass(60_000));
    expect(after).not.toContain('program');
    expect(after).not.toContain('permit');
    expect(chair.state.phase).toBe('paused');
  });

  test('a guard that trips with nothing running is no alarm', () => {
    expect(brief(new Chair().arm().send({ kind: 'guard', reason: 'expired' }))).toEqual([]);
  });
});

test('a resume after a gap in supervision gives the pump nothing but a stop', () => {
  const chair = new Chair().infuse();
  press(chair);
  chair.rest();
  chair.pass(31_000);
  chair.pass(2250, { ticks: true });
  expect(brief(chair.resume())).toEqual(['stop', 'raised:supervision-gap', 'accepted']);
});
