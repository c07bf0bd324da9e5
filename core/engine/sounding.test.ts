import { describe, expect, test } from 'vitest';
import { type Audible, audible, loudest } from './sounding.ts';
import { Chair, drawnIn } from './testing.ts';
import type { Millisecond } from '../units.ts';

const alarm = (priority: Audible['priority'], change: Partial<Audible> = {}): Audible => ({
  priority,
  acknowledged: false,
  silenced: false,
  ...change,
});

describe('what is to be heard', () => {
  test('is the most urgent priority of what nobody has acknowledged nor quieted', () => {
    expect(loudest([])).toBeNull();
    expect(loudest([alarm('low'), alarm('medium')])).toBe('medium');
    expect(loudest([alarm('high', { acknowledged: true }), alarm('low')])).toBe('low');
    expect(loudest([alarm('high', { silenced: true })])).toBeNull();
  });

  test('is of the state what it is of its frame: an escalated alarm sounds as high, through a pause', () => {
    const chair = new Chair().infuse();
    chair.send({ kind: 'record', healthy: false });
    expect(loudest(audible(chair.state))).toBe('medium');
    chair.pass(119_000);
    const alarms = drawnIn(chair.state);
    chair.send({ kind: 'audio-pause', by: null, alarms, duration: 60_000 as Millisecond });
    expect(loudest(audible(chair.state))).toBeNull();
    chair.pass(1000);
    expect(loudest(audible(chair.state))).toBe('high');
    chair.acknowledge();
    expect(loudest(audible(chair.state))).toBeNull();
  });
});
