import { describe, expect, test } from 'vitest';
import type { MicrolitrePerHour, Microlitre, Millisecond } from '../units.ts';
import { BINDING, brief, Chair, IDENTITY } from './testing.ts';

describe('a pump that runs without our command', () => {
  test('found at start-up is alarmed and stopped, never taken over (R-4.13)', () => {
    const chair = new Chair();
    chair.send({ kind: 'link', device: 'pump', state: 'up', detail: '' });
    chair.send({ kind: 'pump-identified', identity: IDENTITY });
    chair.pumpState = 'infusing';
    expect(brief(chair.read())).toEqual(['stop', 'raised:pump-unexpected']);
    expect(chair.state.phase).toBe('idle');
    const effects = brief(chair.pass(2000));
    expect(effects.every((kind) => kind === 'stop')).toBe(true);
    chair.rest();
    expect(chair.state.alarms['pump-unexpected']?.active).toBe(false);
  });

  test.each(['purging', 'withdrawing', 'waiting', 'infusing'] as const)(
    'by %s while paused is stopped again',
    (state) => {
      const chair = new Chair().infuse();
      chair.send({ kind: 'pause', by: 'anna', reason: 'x' });
      chair.rest();
      chair.now += 250;
      expect(brief(chair.read({ state }))).toEqual(['stop', 'raised:pump-unexpected']);
    },
  );

  test('by moving drug in another way than the program is stopped while infusing', () => {
    const chair = new Chair().infuse();
    expect(brief(chair.read({ state: 'withdrawing' }))).toEqual(['stop', 'raised:pump-unexpected', 'infusing->paused']);
  });

  test('is not what waits in its own program while infusing', () => {
    const chair = new Chair().infuse();
    expect(brief(chair.read({ state: 'waiting' }))).toEqual([]);
    expect(chair.state.phase).toBe('infusing');
  });

  test('before the start of a chain is stopped and the chain abandoned', () => {
    const chair = new Chair().arm();
    chair.start();
    chair.pumpState = 'infusing';
    expect(brief(chair.read())).toEqual(['stop', 'raised:pump-unexpected']);
    expect(chair.state.pending).toBeNull();
  });

  test('is not what a pump does that still obeys a stop', () => {
    const chair = new Chair().infuse();
    chair.send({ kind: 'pause', by: 'anna', reason: 'x' });
    expect(brief(chair.pass(1000))).toEqual(['stop', 'stop']);
  });
});

describe('another rate than commanded', () => {
  test.each([26_300, 26_100])('%d uL/h stops at once (R-4.14)', (rate) => {
    const chair = new Chair().infuse();
    chair.now += 250;
    chair.rate = rate;
    expect(brief(chair.read())).toEqual(['stop', 'raised:pump-rate', 'infusing->paused']);
    expect(chair.effects[1]).toMatchObject({ value: rate, limit: 26_200 });
    chair.pass(250);
    expect(chair.state.alarms['pump-rate']?.active).toBe(true);
    chair.rest();
    expect(chair.state.alarms['pump-rate']?.active).toBe(false);
  });

  test('is seen in the first read-back of a start, confirmed or not', () => {
    const chair = new Chair().arm();
    chair.start();
    chair.confirm();
    expect(brief(chair.read({ state: 'infusing', rate: 99_000 as MicrolitrePerHour }))).toEqual([
      'stop',
      'raised:pump-rate',
    ]);
  });
});

describe('a pump that stops by itself', () => {
  test('with the plan not complete is alarmed', () => {
    const chair = new Chair().infuse();
    chair.pass(60_000);
    chair.pumpState = 'paused';
    expect(brief(chair.read())).toEqual(['stop', 'raised:pump-stopped', 'infusing->paused']);
  });
});

describe('a pump that goes silent', () => {
  test('while infusing is alarmed after two seconds (R-3.3), until it speaks again', () => {
    const chair = new Chair().infuse();
    expect(brief(chair.pass(2000, { pump: true }))).not.toContain('raised:pump-silent');
    expect(brief(chair.pass(250, { pump: true }))).toEqual(['stop', 'raised:pump-silent', 'infusing->paused']);
    chair.pass(10_000, { pump: true });
    expect(chair.state.alarms['pump-silent']?.active).toBe(true);
    chair.rest();
    expect(chair.state.alarms['pump-silent']?.active).toBe(false);
  });

  test('while nothing runs is not', () => {
    expect(brief(new Chair().arm().pass(10_000, { pump: true }))).toEqual([]);
  });
});

describe('another pump', () => {
  test.each(['model', 'firmware', 'serial'] as const)('with another %s is alarmed (R-4.15)', (field) => {
    const chair = new Chair().infuse();
    chair.send({ kind: 'pump-identified', identity: { ...IDENTITY, [field]: 'other' } });
    expect(brief(chair.effects)).toEqual(['stop', 'raised:pump-identity', 'infusing->paused']);
  });

  test('behind the acknowledged alarm of one before it is a new alarm (R-4.15, R-6.6)', () => {
    const chair = new Chair().infuse();
    const identify = (serial: string) =>
      brief(chair.send({ kind: 'pump-identified', identity: { ...IDENTITY, serial } }));
    identify('second');
    chair.acknowledge();
    expect(identify('second')).toEqual([]);
    expect(identify('third')).toEqual(['cleared:pump-identity', 'raised:pump-identity']);
    expect(chair.state.alarms['pump-identity']).toMatchObject({ active: true, acknowledgedBy: null });
  });

  test('that comes up after a lost line is alarmed beside the alarm that nobody has answered', () => {
    const chair = new Chair().infuse();
    chair.send({ kind: 'pump-identified', identity: { ...IDENTITY, serial: 'second' } });
    chair.send({ kind: 'link', device: 'pump', state: 'down', detail: '' });
    expect(chair.state.alarms['pump-identity']).toMatchObject({ active: false });
    chair.send({ kind: 'link', device: 'pump', state: 'up', detail: '' });
    chair.send({ kind: 'pump-identified', identity: { ...IDENTITY, serial: 'third' } });
    expect(brief(chair.effects)).toEqual(['raised:pump-identity']);
  });

  test('is not assumed when the same one comes back', () => {
    const chair = new Chair().arm();
    chair.send({ kind: 'link', device: 'pump', state: 'down', detail: '' });
    expect(chair.state.pump.identity).toBeNull();
    chair.send({ kind: 'link', device: 'pump', state: 'up', detail: '' });
    chair.acknowledge();
    expect(brief(chair.start())).toEqual(['refused:no-pump']);
    chair.send({ kind: 'pump-identified', identity: IDENTITY });
    expect(brief(chair.start())).toEqual(['permit', 'program', 'accepted']);
  });

  test('adds nothing to the volume of this patient', () => {
    const chair = new Chair().infuse();
    chair.pass(10_000);
    const { delivered } = chair.state.pump;
    chair.send({ kind: 'pump-identified', identity: { ...IDENTITY, serial: 'other' } });
    chair.counter = 90_000;
    chair.rest();
    expect(chair.state.pump.delivered).toBe(delivered);
  });

  test('chosen before arming starts with its own counter', () => {
    const chair = new Chair().connect();
    chair.send({ kind: 'plan', by: 'anna', binding: BINDING });
    chair.send({ kind: 'pump-identified', identity: { ...IDENTITY, serial: 'other' } });
    chair.counter = 90_000;
    chair.read();
    expect(chair.state.pump).toMatchObject({ delivered: 0, counterAt: 90_000 });
  });
});

describe('a read-back that cannot be right', () => {
  test.each([
    { counter: -1 as Microlitre },
    { counter: Number.NaN as Microlitre },
    { rate: 0.5 as MicrolitrePerHour },
    { at: Number.NaN as Millisecond },
    { at: -5 as Millisecond },
    { at: 500 as Millisecond },
  ])('%o is ignored', (part) => {
    const chair = new Chair().infuse();
    const before = chair.state.pump;
    chair.read({ state: 'stopped', ...part });
    expect(chair.state.pump).toEqual(before);
  });

  test('for its time stamp from the future counts as read now', () => {
    const chair = new Chair().infuse();
    chair.read({ at: (chair.now + 1_000_000) as Millisecond });
    expect(chair.state.pump.reading?.at).toBe(chair.now);
  });
});

describe('what a pump says of itself', () => {
  test.each(['stopped', 'alarm'] as const)(
    'explains why it does not run: an alarm of its own, read back as %s',
    (state) => {
      const chair = new Chair().infuse();
      const effects = brief(chair.read({ state, alarm: 'stalled' }));
      expect(effects).toContain('raised:pump-alarm:stalled');
      expect(effects).not.toContain('raised:pump-stopped');
    },
  );

  test('is still known where a line comes up that never went down', () => {
    const chair = new Chair().infuse();
    chair.send({ kind: 'link', device: 'pump', state: 'up', detail: '' });
    expect(chair.state.pump.identity).toEqual(IDENTITY);
  });
});
