import { describe, expect, test } from 'vitest';
import { brief, Chair } from './testing.ts';

describe('a fault of the station itself', () => {
  test('stops what runs at once, and is alarmed', () => {
    const chair = new Chair().infuse();
    const effects = chair.send({ kind: 'fault' });
    expect(effects[0]?.kind).toBe('stop');
    expect(brief(effects)).toContain('raised:station-fault');
    expect(chair.state.phase).toBe('paused');
  });

  test('starts nothing again, whoever acknowledges it and however long it is ago', () => {
    const chair = new Chair().infuse();
    chair.send({ kind: 'fault' });
    chair.rest();
    chair.acknowledge();
    chair.pass(60_000);
    expect(brief(chair.resume())).toEqual(['refused:alarm-active']);
  });

  test('is alarmed where nothing runs, too: whoever is there must not rely on it', () => {
    expect(brief(new Chair().send({ kind: 'fault' }))).toEqual(['raised:station-fault']);
  });

  test('lets the patient be watched and pumps be stopped as before', () => {
    const chair = new Chair().arm();
    chair.send({ kind: 'fault' });
    chair.spo2 = 80;
    expect(brief(chair.pass(1000))).toContain('raised:spo2-critical');
    expect(chair.send({ kind: 'stop', by: null, reason: 'x' })[0]?.kind).toBe('stop');
  });
});
