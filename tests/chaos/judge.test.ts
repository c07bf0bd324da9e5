import { describe, expect, test } from 'vitest';
import { MACHINE_SLACK, STOP_BOUNDS } from './bounds.ts';
import { Judge } from './judge.ts';
import type { Moment } from './timeline.ts';

const ORDER = { rateUlPerH: 36_000, volumeUl: 500 };
const UL_PER_MS = 36_000 / 3_600_000;

type Stamped<One> = One extends Moment ? Omit<One, 'at' | 'chair'> : never;
type Entry = Stamped<Moment>;

const PAUSED = {
  phase: 'paused',
  session: null,
  pump: { link: 'up', state: 'infusing', ageMs: 100, stopPending: true },
  monitor: { link: 'up' },
  alarms: [],
};

/** A chair of a synthetic timeline: the pump's truth every 50 ms, between the moments that a test plants. */
function timeline() {
  const judge = new Judge(0);
  let now = 0;
  let delivered = 0;
  const say = (entry: Entry) => judge.take({ ...entry, at: now, chair: 0 });
  const pump = (milliseconds: number, rate: number) => {
    for (let passed = 0; passed < milliseconds; passed += 50) {
      now += 50;
      delivered += (rate / 3_600_000) * 50;
      say({ kind: 'truth', delivered, rate, delivering: rate > 0 });
    }
  };
  const start = () => {
    say({ kind: 'opened', order: ORDER });
    say({ kind: 'asked', call: 'session.start' });
    pump(500, 0);
    pump(2000, ORDER.rateUlPerH);
  };
  return { judge, say, pump, start, rules: () => judge.violations.map(({ rule }) => rule) };
}

describe('the judge of a chaos run', () => {
  test('lets a run pass that was asked for, keeps to its order and stops in time', () => {
    const { judge, say, pump, start, rules } = timeline();
    start();
    say({ kind: 'stop-due', cause: 'operator', standing: false });
    pump(400, ORDER.rateUlPerH);
    pump(5000, 0);
    expect(rules()).toEqual([]);
    expect(judge.measured.get('operator')).toMatchObject({ count: 1, worstMs: 450 });
  });

  test('catches a rate above the order', () => {
    const { pump, start, rules } = timeline();
    start();
    pump(100, ORDER.rateUlPerH + 100);
    expect(rules()).toEqual(['rate']);
  });

  test('bears a rate typed at the panel for the time of its stop, and no longer', () => {
    const { say, pump, start, rules } = timeline();
    start();
    say({ kind: 'panel-rate' });
    pump(STOP_BOUNDS['panel-rate'] + MACHINE_SLACK, ORDER.rateUlPerH * 2);
    expect(rules()).toEqual([]);
    pump(100, ORDER.rateUlPerH * 2);
    expect(rules()).toContain('rate');
  });

  test('catches volume above the order', () => {
    const { pump, start, rules } = timeline();
    start();
    pump(ORDER.volumeUl / UL_PER_MS + 3000, ORDER.rateUlPerH);
    expect(rules()).toEqual(['volume']);
  });

  test('catches a stop that comes too late, and tells what happened before', () => {
    const { judge, say, pump, start, rules } = timeline();
    start();
    say({ kind: 'stop-due', cause: 'main-gone', standing: true });
    pump(STOP_BOUNDS['main-gone'] + MACHINE_SLACK + 200, ORDER.rateUlPerH);
    expect(rules()).toEqual(['stop']);
    expect(judge.violations[0]?.around.join('\n')).toMatch(/session\.start asked[^]*must stop: main-gone/);
  });

  test('catches a pump that goes on by itself after a stop', () => {
    const { pump, start, rules } = timeline();
    start();
    pump(1000, 0);
    pump(100, ORDER.rateUlPerH);
    expect(rules()).toEqual(['unasked']);
  });

  test('catches delivery that began and ended between two samples', () => {
    const { judge, pump, start, rules } = timeline();
    start();
    pump(1000, 0);
    judge.take({ kind: 'truth', at: 100_000, chair: 0, delivered: 100, rate: 0, delivering: false });
    expect(rules()).toEqual(['unasked']);
  });

  test('catches a run that begins after a refused start', () => {
    const { say, pump, rules } = timeline();
    say({ kind: 'opened', order: ORDER });
    say({ kind: 'asked', call: 'session.start' });
    say({ kind: 'answered', call: 'session.start', ok: false, code: 'alarm-active' });
    pump(100, ORDER.rateUlPerH);
    expect(rules()).toEqual(['unasked']);
  });

  test('allows a start at the panel until it has to be stopped', () => {
    const { say, pump, start, rules } = timeline();
    start();
    pump(1000, 0);
    say({ kind: 'panel-start' });
    pump(STOP_BOUNDS['panel-start'], ORDER.rateUlPerH);
    expect(rules()).toEqual([]);
    pump(MACHINE_SLACK + 200, ORDER.rateUlPerH);
    expect(rules()).toEqual(['unasked']);
  });

  test('catches a stop that stays unconfirmed without its alarm', () => {
    const { say, pump, rules } = timeline();
    const pass = (alarms: readonly { id: string; priority: string }[]) => {
      for (let second = 0; second < 8; second += 0.5) {
        say({ kind: 'frame', frame: { ...PAUSED, alarms } });
        pump(500, 0);
      }
    };
    pass([{ id: 'stop-not-confirmed', priority: 'high' }]);
    expect(rules()).toEqual([]);
    pass([]);
    expect(rules()).toEqual(['alarm']);
  });
});
