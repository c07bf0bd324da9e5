import { describe, expect, test } from 'vitest';
import type { Millisecond } from '../units.ts';
import type { EngineEvent } from './events.ts';
import { predictionConditions } from './predictions.ts';
import { pumpConditions } from './pump-conditions.ts';
import { lastingIncidents, stationConditions } from './station-conditions.ts';
import { step } from './step.ts';
import { brief, Chair } from './testing.ts';
import { vitalConditions } from './vital-conditions.ts';

const gap = (chair: Chair) => brief(chair.pass(2250, { ticks: true })).includes('raised:supervision-gap');

describe('a gap between two ticks', () => {
  test('of more than two seconds while infusing stops the pump (R-7.21)', () => {
    const chair = new Chair().infuse();
    expect(brief(chair.pass(2000, { ticks: true }))).not.toContain('stop');
    expect(brief(chair.pass(250, { ticks: true }))).toEqual(['stop', 'raised:supervision-gap', 'infusing->paused']);
  });

  test('is seen by the tick that ends it', () => {
    const chair = new Chair().infuse();
    chair.now += 2001;
    expect(brief(chair.tick())).toContain('raised:supervision-gap');
    expect(chair.state.alarms['supervision-gap']).toMatchObject({ value: 2001, limit: 2000 });
  });

  test('alarms an armed chair and a resume under way, but not an idle or paused one', () => {
    expect(gap(new Chair().arm())).toBe(true);
    expect(gap(new Chair().connect())).toBe(false);
    const chair = new Chair().infuse();
    chair.send({ kind: 'pause', by: 'anna', reason: 'x' });
    chair.rest();
    expect(gap(chair)).toBe(false);
    chair.pass(31_000);
    chair.resume();
    expect(gap(chair)).toBe(true);
  });
});

describe('time that runs backwards', () => {
  test.each([0, -1, Number.NaN])('(an event at %d) happens at the last tick', (at) => {
    const chair = new Chair().infuse();
    const { state, effects } = step(chair.state, { kind: 'tick', at } as EngineEvent);
    expect(state).toEqual(chair.state);
    expect(effects).toEqual([]);
  });

  test('still lets a stop through', () => {
    const chair = new Chair().infuse();
    chair.now = 0;
    expect(brief(chair.send({ kind: 'stop', by: null, reason: 'x' }))).toEqual([
      'stop',
      'infusing->paused',
      'accepted',
    ]);
  });
});

test('a chair of which nothing is known does nothing as time passes', () => {
  expect(brief(new Chair().tick())).toEqual([]);
  const { state } = new Chair();
  const at = 1000 as Millisecond;
  const reasons = [
    ...vitalConditions(state, at),
    ...pumpConditions(state, at),
    ...predictionConditions(state),
    ...stationConditions(state, at),
    ...lastingIncidents(state),
  ];
  expect(reasons).toEqual([]);
});
