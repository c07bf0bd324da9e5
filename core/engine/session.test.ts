import { describe, expect, test } from 'vitest';
import { BINDING, brief, Chair } from './testing.ts';
import { NEW_COMPARISON } from './volume.ts';

const plan = (chair: Chair) => brief(chair.send({ kind: 'plan', by: 'anna', binding: BINDING }));
const interrupted = (chair: Chair, delivered: number) =>
  chair.send({ kind: 'interrupted', binding: BINDING, delivered });

describe('a session', () => {
  test('goes step by step and each step only once', () => {
    const chair = new Chair().connect();
    expect(brief(chair.send({ kind: 'check', by: 'anna' }))).toEqual(['refused:wrong-phase']);
    expect(plan(chair)).toEqual(['idle->planned', 'accepted']);
    expect(plan(chair)).toEqual(['refused:wrong-phase']);
    expect(brief(chair.send({ kind: 'check', by: 'anna' }))).toEqual(['planned->checked', 'accepted']);
    expect(chair.effects[0]).toMatchObject({ by: 'anna' });
  });

  test('starts from nothing given, whatever was before', () => {
    const chair = new Chair().infuse();
    chair.pass(60_000);
    chair.send({ kind: 'end', by: 'anna', reason: 'x' });
    chair.rest();
    expect(plan(chair)).toEqual(['ended->planned', 'accepted']);
    expect(chair.state).toMatchObject({ boundPump: null, pending: null, commandedRate: 0 });
    expect(chair.state.pump).toMatchObject({ delivered: 0, ...NEW_COMPARISON });
  });

  test('does not begin while the pump delivers', () => {
    const chair = new Chair();
    chair.pumpState = 'infusing';
    chair.read();
    expect(plan(chair)).toEqual(['refused:pump-not-stopped']);
  });
});

describe('the end', () => {
  test('of an infusion stops the pump', () => {
    const chair = new Chair().infuse();
    chair.send({ kind: 'end', by: 'anna', reason: 'patient leaves' });
    expect(brief(chair.effects)).toEqual(['stop', 'infusing->ended', 'accepted']);
    expect(chair.effects[1]).toMatchObject({ reason: 'patient leaves', by: 'anna' });
  });

  test('of a session in which nothing runs needs no stop', () => {
    const chair = new Chair().arm();
    expect(brief(chair.send({ kind: 'end', by: 'anna', reason: 'x' }))).toEqual(['armed->ended', 'accepted']);
  });

  test('is possible as soon as a session is open', () => {
    const chair = new Chair().connect();
    const end = () => brief(chair.send({ kind: 'end', by: 'anna', reason: 'x' }));
    plan(chair);
    expect(end()).toEqual(['planned->ended', 'accepted']);
    plan(chair);
    chair.send({ kind: 'check', by: 'anna' });
    expect(end()).toEqual(['checked->ended', 'accepted']);
  });

  test.each(['idle', 'ended'])('is refused when %s', (phase) => {
    const chair = new Chair();
    if (phase === 'ended') {
      plan(chair);
      chair.send({ kind: 'end', by: 'anna', reason: 'x' });
    }
    expect(brief(chair.send({ kind: 'end', by: 'anna', reason: 'x' }))).toEqual(['refused:wrong-phase']);
  });
});

test('a pause without anything running is refused', () => {
  expect(brief(new Chair().arm().send({ kind: 'pause', by: 'anna', reason: 'x' }))).toEqual(['refused:wrong-phase']);
});

describe('a session that was open when the station died (R-4.13)', () => {
  test('is shown as interrupted, with what it had given, and must be acknowledged', () => {
    const chair = new Chair();
    expect(brief(interrupted(chair, 4321))).toEqual(['idle->interrupted', 'raised:interrupted', 'accepted']);
    expect(chair.state).toMatchObject({ session: BINDING, pump: { delivered: 4321 } });
    expect(plan(chair)).toEqual(['refused:alarm-not-acknowledged']);
    chair.acknowledge();
    expect(plan(chair)).toEqual(['interrupted->planned', 'accepted']);
  });

  test('that had given nothing yet counts as nothing given', () => {
    const chair = new Chair();
    interrupted(chair, 0);
    expect(chair.state.pump.delivered).toBe(0);
  });

  test('counts as wholly given when its volume cannot be read', () => {
    for (const delivered of [Number.NaN, -1, 0.5]) {
      const chair = new Chair();
      interrupted(chair, delivered);
      expect(chair.state.pump.delivered).toBe(17_500);
    }
  });

  test('is never continued, and its pump is stopped when it runs', () => {
    const chair = new Chair();
    interrupted(chair, 4321);
    chair.pumpState = 'infusing';
    chair.connect();
    expect(brief(chair.history)).toContain('raised:pump-unexpected');
    chair.rest();
    chair.acknowledge();
    chair.pass(60_000);
    expect(brief(chair.resume())).toEqual(['refused:wrong-phase']);
    expect(chair.state.phase).toBe('interrupted');
  });

  test('is announced at start-up only', () => {
    expect(brief(interrupted(new Chair().infuse(), 1))).toEqual(['refused:wrong-phase']);
  });
});

test('each step of a session leaves its reason and the person in the record', () => {
  const chair = new Chair().infuse();
  chair.counter += BINDING.plan.volume;
  chair.rest();
  interrupted(chair, 0);
  const recorded = [...chair.history, ...interrupted(new Chair(), 0)].flatMap((effect) =>
    effect.kind === 'phase' ? [[effect.to, effect.reason, effect.by]] : [],
  );
  expect(recorded).toEqual([
    ['planned', 'order inside its limits', 'anna'],
    ['checked', 'bedside checks done', 'anna'],
    ['armed', 'pump bound', 'anna'],
    ['infusing', 'read back as infusing', null],
    ['ended', 'complete', null],
    ['interrupted', 'found open at start-up', null],
  ]);
});
