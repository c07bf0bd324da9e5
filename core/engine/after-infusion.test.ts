import { describe, expect, test } from 'vitest';
import { BINDING, brief, Chair } from './testing.ts';

const ended = (): Chair => {
  const chair = new Chair().infuse();
  chair.send({ kind: 'end', by: 'anna', reason: 'x' });
  chair.rest();
  chair.acknowledge();
  return chair;
};

describe('after the infusion', () => {
  test('a falling SpO2 is still alarmed: the drug acts longer than it flows', () => {
    const chair = ended();
    chair.spo2 = 80;
    expect(brief(chair.pass(2000))).toContain('raised:spo2-critical');
  });

  test('a falling SpO2 is alarmed beside an interrupted session, too', () => {
    const chair = new Chair().connect();
    chair.send({ kind: 'interrupted', binding: BINDING, delivered: 4321 });
    chair.spo2 = 80;
    expect(brief(chair.pass(2000))).toContain('raised:spo2-critical');
  });

  test('a sensor that was taken off is no alarm: the patient may go', () => {
    const chair = ended();
    expect(brief(chair.pass(60_000, { vitals: true }))).toEqual([]);
  });

  test('an alarm ends with the sensor that gave its value', () => {
    const chair = ended();
    chair.spo2 = 80;
    chair.pass(2000);
    expect(chair.state.alarms['spo2-critical']).toMatchObject({ active: true });
    chair.pass(5000, { vitals: true });
    expect(chair.state.alarms['spo2-critical']).toMatchObject({ active: false });
  });

  test('the steady time of one patient does not count for the next', () => {
    const chair = ended();
    chair.pass(60_000);
    chair.send({ kind: 'plan', by: 'anna', binding: { ...BINDING, sessionId: 'S-2' } });
    chair.send({ kind: 'check', by: 'anna' });
    chair.send({ kind: 'arm', by: 'anna' });
    expect(brief(chair.start())).toEqual(['refused:vitals-not-steady']);
    chair.pass(31_000);
    expect(brief(chair.start())).toContain('accepted');
  });

  test('a completed infusion that nobody acknowledged does not hold up the next patient', () => {
    const chair = new Chair().infuse();
    chair.counter += BINDING.plan.volume;
    chair.rest();
    expect(chair.state.phase).toBe('ended');
    chair.send({ kind: 'plan', by: 'anna', binding: { ...BINDING, sessionId: 'S-2' } });
    chair.send({ kind: 'check', by: 'anna' });
    chair.pass(1000);
    expect(brief(chair.send({ kind: 'arm', by: 'anna' }))).toContain('accepted');
  });
});
