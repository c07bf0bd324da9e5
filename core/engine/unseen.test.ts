import { describe, expect, test } from 'vitest';
import type { PumpIdentity } from '../pump.ts';
import type { Microlitre } from '../units.ts';
import { massCounted } from './dose.ts';
import { BINDING, Chair, IDENTITY } from './testing.ts';
import { isAwaited, type LeftBehind } from './unseen.ts';

// 2 mg/mL: each microlitre counts 2 ug. The record knows of 4 mL; the pump had 13.5 mL left to give.

const SERIAL: PumpIdentity = { ...IDENTITY, serial: '4711' };

const left = (part: Partial<LeftBehind> = {}): LeftBehind => ({
  identity: SERIAL,
  counter: 6000 as Microlitre,
  most: 13_500 as Microlitre,
  ...part,
});

function restarted(what: LeftBehind): Chair {
  const chair = new Chair();
  chair.send({ kind: 'interrupted', binding: BINDING, delivered: 4000, left: what });
  return chair;
}

/** The pump comes up, says who it is and how far its counter stands. */
function heard(what: LeftBehind, counter: number, identity: PumpIdentity = SERIAL): Chair {
  const chair = restarted(what);
  chair.send({ kind: 'link', device: 'pump', state: 'up', detail: '' });
  chair.send({ kind: 'pump-identified', identity });
  chair.counter = counter;
  chair.rest();
  return chair;
}

const accounting = ({ state }: Chair) => state.pump.unseen?.accounting;
const outcome = (chair: Chair) => [accounting(chair), chair.state.pump.delivered, massCounted(chair.state)];

describe('what the pump gave while the station was down (R-4.5, R-4.13)', () => {
  test('counts with all that the pump had left, as long as it was not heard', () => {
    expect(outcome(restarted(left()))).toEqual(['awaited', 4000, 35_000]);
    expect(isAwaited(restarted(left()).state)).toBe(true);
    expect(isAwaited(new Chair().state)).toBe(false);
    const { state } = restarted(left());
    const unseen = { ...left(), accounting: 'lost' as const };
    expect(isAwaited({ ...state, pump: { ...state.pump, unseen } })).toBe(false);
  });

  test('is what the counter of the same pump went up by, and from then on nothing else', () => {
    const chair = heard(left(), 6250);
    expect(outcome(chair)).toEqual(['counted', 4250, 8500]);
    expect(chair.state.boundPump).toEqual(SERIAL);
    chair.counter += 100;
    chair.rest();
    expect(outcome(chair)).toEqual(['counted', 4350, 8700]);
  });

  test('is nothing where the counter has not moved', () => {
    expect(outcome(heard(left(), 6000))).toEqual(['counted', 4000, 8000]);
  });

  test('goes on to be counted over a line that was lost, and never by another pump', () => {
    const chair = heard(left(), 6250);
    chair.send({ kind: 'link', device: 'pump', state: 'down', detail: '' });
    chair.send({ kind: 'pump-identified', identity: { ...SERIAL, serial: '4712' } });
    chair.counter = 9000;
    chair.rest();
    expect(chair.state.pump.delivered).toBe(4250);
    chair.send({ kind: 'pump-identified', identity: SERIAL });
    chair.counter = 6300;
    chair.rest();
    expect(chair.state.pump.delivered).toBe(4300);
  });

  test('is lost with a counter that was cleared: all it may have been counts, and what the counter shows', () => {
    expect(outcome(heard(left(), 300))).toEqual(['lost', 4300, 35_600]);
  });

  test.each<[string, LeftBehind, PumpIdentity]>([
    ['another pump', left(), { ...SERIAL, serial: '4712' }],
    ['a pump whose number was not recorded', left({ identity: null }), SERIAL],
    ['a counter that was not recorded', left({ counter: null }), SERIAL],
  ])('is lost with %s: its counter is not taken for the patient', (_name, what, identity) => {
    const chair = heard(what, 9000, identity);
    expect(outcome(chair)).toEqual(['lost', 4000, 35_000]);
    expect(chair.state.boundPump).toBeNull();
    chair.counter += 50;
    chair.rest();
    expect(chair.state.pump.delivered).toBe(4050);
  });

  test('waits for a pump that has not said yet who it is', () => {
    const chair = restarted(left());
    chair.counter = 9000;
    chair.rest();
    expect(outcome(chair)).toEqual(['awaited', 4000, 35_000]);
  });

  test('belongs to that session only: the next one begins without it', () => {
    const chair = heard(left(), 300);
    chair.acknowledge();
    chair.send({ kind: 'plan', by: 'anna', binding: BINDING });
    expect(chair.state.phase).toBe('planned');
    expect(chair.state.pump).not.toHaveProperty('unseen');
    expect(massCounted(chair.state)).toBe(0);
  });
});
