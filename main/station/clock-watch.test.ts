import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { millisecond } from '../../core/units.ts';
import { ChairBench, settle } from './chair-bench.ts';
import { ClockWatch } from './clock-watch.ts';

const HOUR = 3_600_000;
const TEN_YEARS = 10 * 365.25 * 24 * HOUR;
const START = Date.parse('2026-03-29T00:59:00Z');

describe('a watch over the wall clock', () => {
  test.each([HOUR, -HOUR, TEN_YEARS, -TEN_YEARS, 2001, -2001])('names a step of %d ms, once', (step) => {
    let wall = START;
    let now = 5000;
    const watch = new ClockWatch({ now: () => millisecond(now) }, () => wall);
    wall += 100;
    now += 100;
    expect(watch.look()).toBeNull();
    wall += 100 + step;
    now += 100;
    const expected = new Date(START + 200).toISOString();
    const actual = new Date(START + 200 + step).toISOString();
    expect(watch.look()).toEqual({ expected, actual, stepMs: step });
    expect(watch.look()).toBeNull();
  });

  test('follows a slow correction, and a station that was held up for long is no step', () => {
    let wall = START;
    let now = 0;
    const watch = new ClockWatch({ now: () => millisecond(now) }, () => wall);
    for (let look = 0; look < 100; look += 1) {
      now += 100;
      wall += 150;
      expect(watch.look()).toBeNull();
    }
    now += 60_000;
    wall += 60_000;
    expect(watch.look()).toBeNull();
  });
});

/** Moves the wall clock, and with `zone` the time zone with its summer time. */
type Move = () => void;
const by =
  (milliseconds: number): Move =>
  () =>
    void vi.setSystemTime(Date.now() + milliseconds);
const to =
  (zone: string): Move =>
  () => {
    process.env['TZ'] = zone;
  };

/** A whole run of a real chair: armed, started, signs lost and back, paused by a limit. What it sent, and how it ended. */
async function decisions(
  move: Move,
): Promise<{ readonly sent: unknown; readonly state: unknown; readonly acts: unknown }> {
  vi.setSystemTime(START);
  const bench = new ChairBench();
  bench.arm();
  move();
  bench.start();
  await settle();
  bench.confirm(1);
  await settle();
  bench.confirm(2);
  bench.pass(5, 'infusing');
  move();
  bench.pass(60, 'infusing');
  move();
  await settle();
  bench.pass(20, 'infusing', 70);
  await settle();
  return { sent: bench.host.sent, state: bench.chair.state, acts: bench.trail.acts() };
}

describe('R-7.21: a wall clock that is moved during an infusion changes no decision', () => {
  const zone = process.env['TZ'];
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'setTimeout'] }));
  afterEach(() => {
    vi.useRealTimers();
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  const MOVES: readonly (readonly [string, Move])[] = [
    ['forward an hour', by(HOUR)],
    ['back an hour', by(-HOUR)],
    ['forward ten years', by(TEN_YEARS)],
    ['back ten years', by(-TEN_YEARS)],
    ['over the change to summer time', by(2 * 60_000)],
    ['into another zone', to('Pacific/Kiritimati')],
  ];

  test.each(MOVES)('%s', async (_, move) => {
    to('Europe/Berlin')();
    const undisturbed = await decisions(() => undefined);
    expect(JSON.stringify(undisturbed.sent)).toContain('"stop"');
    expect(await decisions(move)).toEqual(undisturbed);
  });
});
