import { describe, expect, test } from 'vitest';
import type { PumpIdentity } from '../pump.ts';
import type { Microlitre } from '../units.ts';
import { BINDING, brief, Chair, IDENTITY } from './testing.ts';

const press = (chair: Chair) => brief(chair.send({ kind: 'stop', by: null, reason: 'stop pressed' }));
const byHand = (chair: Chair, reason = 'motor stands, clamp closed') =>
  brief(chair.send({ kind: 'stopped-by-hand', by: 'anna', reason }));
const OTHER: PumpIdentity = { ...IDENTITY, serial: 'other' };

/** The line goes down and another pump, or the same one, comes up on it. */
function plugIn(chair: Chair, identity: PumpIdentity): void {
  chair.send({ kind: 'link', device: 'pump', state: 'down', detail: '' });
  chair.send({ kind: 'link', device: 'pump', state: 'up', detail: '' });
  chair.send({ kind: 'pump-identified', identity });
}

describe('a pump that will never answer again', () => {
  test('is no dead end: a named person answers for having stopped it at the pump', () => {
    const chair = new Chair().infuse();
    chair.send({ kind: 'link', device: 'pump', state: 'down', detail: '' });
    chair.pass(4000, { pump: true });
    chair.send({ kind: 'end', by: 'anna', reason: 'pump is dead' });
    chair.acknowledge();
    expect(chair.state.stopping).not.toBeNull();
    expect(byHand(chair)).toContain('accepted');
    expect(chair.state.stopping).toBeNull();
    expect(chair.state.alarms['stop-not-confirmed']).toBeUndefined();
    chair.acknowledge();
    expect(brief(chair.send({ kind: 'plan', by: 'anna', binding: BINDING }))).toContain('accepted');
  });

  test('needs a reason, and a stop that waits', () => {
    const chair = new Chair().infuse();
    expect(byHand(chair)).toEqual(['refused:wrong-phase']);
    press(chair);
    expect(byHand(chair, ' ')).toEqual(['refused:reason-missing']);
  });

  test('that runs after all is stopped again', () => {
    const chair = new Chair().infuse();
    chair.pass(250);
    press(chair);
    byHand(chair);
    chair.now += 250;
    expect(brief(chair.read({ state: 'infusing' }))).toContain('stop');
  });
});

test('a stop after the confirmation by hand waits for the pump again (R-2.5)', () => {
  const chair = new Chair().infuse();
  press(chair);
  byHand(chair);
  press(chair);
  chair.pass(4000, { pump: true });
  expect(chair.state.alarms['stop-not-confirmed']?.active).toBe(true);
});

describe('a stop', () => {
  test('at a chair whose pump was never heard stays owed: repeated, alarmed, and sent to the pump once it is heard', () => {
    const chair = new Chair();
    expect(press(chair)).toEqual(['stop', 'accepted']);
    const unheard = brief(chair.pass(10_000, { pump: true, vitals: true }));
    expect(unheard.filter((kind) => kind === 'stop')).toHaveLength(20);
    expect(unheard).toContain('raised:stop-not-confirmed');
    chair.send({ kind: 'link', device: 'pump', state: 'up', detail: '' });
    chair.send({ kind: 'pump-identified', identity: IDENTITY });
    chair.pumpState = 'infusing';
    expect(brief(chair.pass(500))).toContain('stop');
    expect(chair.state.stopping).not.toBeNull();
    chair.rest();
    expect(chair.state.stopping).toBeNull();
  });

  test('that no pump was there for is owed by the first that proves its identity, and by no other after it', () => {
    const chair = new Chair();
    press(chair);
    chair.send({ kind: 'link', device: 'pump', state: 'up', detail: '' });
    chair.rest();
    expect(chair.state.stopping).toMatchObject({ pump: null });
    chair.send({ kind: 'pump-identified', identity: IDENTITY });
    chair.send({ kind: 'pump-identified', identity: OTHER });
    chair.rest();
    expect(chair.state.stopping).toMatchObject({ pump: IDENTITY });
    chair.send({ kind: 'pump-identified', identity: IDENTITY });
    chair.rest();
    expect(chair.state.stopping).toBeNull();
  });

  test('before arming is not confirmed by another pump that stands still (R-4.15)', () => {
    const chair = new Chair().connect();
    press(chair);
    plugIn(chair, OTHER);
    press(chair);
    chair.rest();
    expect(chair.state.stopping).toMatchObject({ pump: IDENTITY });
    plugIn(chair, IDENTITY);
    chair.rest();
    expect(chair.state.stopping).toBeNull();
  });

  test('after a restart is owed by the pump of the session, whichever answers (R-4.13, R-4.15)', () => {
    const chair = new Chair();
    const left = { identity: IDENTITY, counter: 500 as Microlitre, most: 17_000 as Microlitre };
    chair.send({ kind: 'interrupted', binding: BINDING, delivered: 500, left });
    plugIn(chair, OTHER);
    press(chair);
    chair.rest();
    expect(chair.state.stopping).toMatchObject({ pump: IDENTITY });
    // Another pump has answered: that of the session was not heard, and a stop from here on is for the one that is here.
    byHand(chair);
    press(chair);
    expect(chair.state.stopping).toMatchObject({ pump: OTHER });
    chair.rest();
    expect(chair.state.stopping).toBeNull();
  });

  test('at a chair without any pump is answered for by hand', () => {
    const chair = new Chair();
    press(chair);
    chair.pass(4000, { pump: true, vitals: true });
    expect(byHand(chair, 'there is no pump here')).toContain('accepted');
    chair.acknowledge();
    expect(chair.state.alarms).toEqual({});
  });

  test('stays owed while the line is lost, whatever the pump said last', () => {
    const chair = new Chair().infuse();
    chair.send({ kind: 'pause', by: 'anna', reason: 'x' });
    chair.rest();
    chair.send({ kind: 'link', device: 'pump', state: 'down', detail: '' });
    press(chair);
    expect(brief(chair.pass(10_000, { pump: true })).filter((kind) => kind === 'stop')).toHaveLength(20);
    expect(chair.state.alarms['stop-not-confirmed']?.active).toBe(true);
    chair.send({ kind: 'end', by: 'anna', reason: 'x' });
    expect(chair.state.stopping).not.toBeNull();
  });

  test('is not confirmed by another pump that stands still (R-4.15)', () => {
    const chair = new Chair().infuse();
    chair.pass(250);
    press(chair);
    chair.now += 250;
    chair.send({ kind: 'link', device: 'pump', state: 'up', detail: '' });
    chair.send({ kind: 'pump-identified', identity: { ...IDENTITY, model: 'another' } });
    chair.read({ state: 'stopped' });
    expect(chair.state.stopping).not.toBeNull();
    chair.send({ kind: 'pump-identified', identity: IDENTITY });
    chair.now += 250;
    chair.read({ state: 'stopped' });
    expect(chair.state.stopping).toBeNull();
  });
});
