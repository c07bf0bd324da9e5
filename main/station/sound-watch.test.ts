import { expect, test } from 'vitest';
import type { AlarmPriority } from '../../core/alarms.ts';
import { millisecond } from '../../core/units.ts';
import { type SoundReport, SoundWatch } from './sound-watch.ts';

const PAGE = {};

/** Of a page that was sent the frame of `frameMs` and can be heard. */
const heard = (frameMs: number, sounds: AlarmPriority | null = null): SoundReport => ({
  proved: true,
  sounds,
  frameMs,
});
const unproved = (frameMs: number): SoundReport => ({ ...heard(frameMs), proved: false });

/** Looks every 100 ms, as the station does, from `from` to `to`. */
function lookUntil(watch: SoundWatch, from: number, to: number, wanted: AlarmPriority | null = null): boolean {
  let proved = false;
  for (let at = from; at <= to; at += 100) proved = watch.look(millisecond(at), wanted);
  return proved;
}

test('a page that falls silent is found within 3 s, and not before 2.5 s (R-7.20)', () => {
  const watch = new SoundWatch();
  watch.report(PAGE, heard(0), millisecond(0));
  expect(lookUntil(watch, 0, 2500)).toBe(true);
  expect(lookUntil(watch, 2600, 2600)).toBe(false);
});

test('a page that lives but cannot prove its sound is found at once (R-6.7)', () => {
  const watch = new SoundWatch();
  watch.report(PAGE, heard(0), millisecond(0));
  watch.report(PAGE, unproved(1000), millisecond(1000));
  expect(watch.look(millisecond(1000), null)).toBe(false);
});

test('one page that can be heard is enough, and none is none', () => {
  const watch = new SoundWatch();
  expect(watch.look(millisecond(0), null)).toBe(false);
  watch.report(PAGE, unproved(0), millisecond(0));
  watch.report({}, heard(0), millisecond(0));
  expect(watch.look(millisecond(100), null)).toBe(true);
});

test('a page that went is not waited for', () => {
  const watch = new SoundWatch();
  watch.report(PAGE, heard(0), millisecond(0));
  watch.leave(PAGE);
  expect(watch.look(millisecond(100), null)).toBe(false);
});

test('time in which the station itself stood still is not the silence of a page', () => {
  const watch = new SoundWatch();
  watch.report(PAGE, heard(0), millisecond(0));
  watch.look(millisecond(0), null);
  expect(watch.look(millisecond(8000), null)).toBe(true);
  watch.report(PAGE, heard(8000), millisecond(8000));
  expect(watch.look(millisecond(8100), null)).toBe(true);
});

test('a page that never had a frame proves nothing', () => {
  const watch = new SoundWatch();
  watch.report(PAGE, { ...heard(0), frameMs: null }, millisecond(0));
  expect(watch.look(millisecond(0), null)).toBe(false);
});

test('a page that goes on proving its sound by an old frame is found within 5 s (R-6.7)', () => {
  const watch = new SoundWatch();
  let proved = true;
  let lostAt = 0;
  for (let at = 0; proved && at <= 10_000; at += 100) {
    if (at % 1000 === 0) watch.report(PAGE, heard(0), millisecond(at));
    proved = watch.look(millisecond(at), null);
    lostAt = at;
  }
  expect(lostAt).toBeGreaterThan(2500);
  expect(lostAt).toBeLessThanOrEqual(5000);
});

test('what was raised after the newest frame of a page is not held against it, what was raised before is', () => {
  const watch = new SoundWatch();
  watch.report(PAGE, heard(1000), millisecond(1000));
  watch.look(millisecond(1000), null);
  expect(watch.look(millisecond(1100), 'high')).toBe(true);
  watch.report(PAGE, heard(1200), millisecond(1200));
  expect(watch.look(millisecond(1200), 'high')).toBe(false);
  watch.report(PAGE, heard(1300, 'high'), millisecond(1300));
  expect(watch.look(millisecond(1300), 'high')).toBe(true);
  expect(watch.look(millisecond(1400), 'medium')).toBe(true);
  watch.report(PAGE, heard(1500, 'high'), millisecond(1500));
  expect(watch.look(millisecond(1500), 'medium')).toBe(false);
});
