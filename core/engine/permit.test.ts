import { describe, expect, test } from 'vitest';
import type { Millisecond } from '../units.ts';
import { isWell } from './permit.ts';
import { brief, Chair } from './testing.ts';

const permits = (effects: ReturnType<Chair['pass']>) => effects.filter(({ kind }) => kind === 'permit');

describe('the permission to run', () => {
  test('names epoch, rate, highest counter and lifetime', () => {
    const chair = new Chair();
    chair.counter = 400;
    chair.arm();
    expect(chair.start()[0]).toEqual({
      kind: 'permit',
      epoch: 7,
      ceilingRate: 26_200,
      ceilingCounter: 17_900,
      lifetime: 3000,
    });
  });

  test('is renewed once a second while infusing (R-3.1)', () => {
    const chair = new Chair().infuse();
    expect(permits(chair.pass(60_000))).toHaveLength(60);
  });

  test('keeps its ceiling while the pump delivers, also over a cleared counter', () => {
    const chair = new Chair().infuse();
    chair.pass(60_000);
    chair.counter = 0;
    const [first, ...rest] = permits(chair.pass(10_000));
    expect(first).toMatchObject({ ceilingCounter: 17_500 - chair.state.pump.delivered + chair.counter });
    for (const permit of rest) expect(permit).toEqual(first);
  });

  test('is renewed while a chain of commands is under way', () => {
    const chair = new Chair().arm();
    chair.start();
    expect(permits(chair.pass(4000))).toHaveLength(4);
  });

  test('is not renewed while nothing runs', () => {
    expect(permits(new Chair().arm().history)).toEqual([]);
  });

  test('is not renewed over stale vital signs', () => {
    const chair = new Chair().infuse();
    chair.pass(2000, { vitals: true });
    expect(permits(chair.pass(750, { vitals: true }))).toEqual([]);
    expect(permits(chair.pass(2250, { vitals: true }))).toEqual([]);
  });

  test('is renewed by ticks only: what devices send keeps nothing running', () => {
    const chair = new Chair().infuse();
    expect(permits(chair.pass(2000, { ticks: true }))).toEqual([]);
  });

  test('ends with the pause', () => {
    const chair = new Chair().infuse();
    chair.send({ kind: 'pause', by: 'anna', reason: 'x' });
    expect(chair.state.permitAt).toBeNull();
    expect(permits(chair.pass(60_000))).toEqual([]);
  });
});

test('a permission goes ahead of the command that needs it, and begins its life anew when that is sent', () => {
  const chair = new Chair().infuse();
  const raises = brief(chair.history).filter((kind) => ['permit', 'program', 'start', 'send'].includes(kind));
  expect(raises).toEqual(['permit', 'program', 'permit', 'send', 'permit', 'start', 'permit', 'send']);
});

test('a chair is well only without an alarm that pauses, however fresh its figures are', () => {
  const chair = new Chair().infuse();
  const well = () => isWell(chair.state, chair.now as Millisecond);
  expect(well()).toBe(true);
  chair.measure('spo2', 84);
  expect(well()).toBe(false);
});
