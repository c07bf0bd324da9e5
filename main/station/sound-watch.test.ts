import { expect, test } from 'vitest';
import { millisecond } from '../../core/units.ts';
import { SoundWatch } from './sound-watch.ts';

const PAGE = {};

/** Looks every 100 ms, as the station does, from `from` to `to`. */
function lookUntil(watch: SoundWatch, from: number, to: number): boolean {
  let proved = false;
  for (let at = from; at <= to; at += 100) proved = watch.look(millisecond(at));
  return proved;
}

test('a page that falls silent is found within 3 s (R-7.20)', () => {
  const watch = new SoundWatch();
  watch.report(PAGE, true, millisecond(0));
  expect(lookUntil(watch, 0, 2000)).toBe(true);
  expect(lookUntil(watch, 2100, 3000)).toBe(false);
});

test('a page that lives but cannot prove its sound is found at once (R-6.7)', () => {
  const watch = new SoundWatch();
  watch.report(PAGE, true, millisecond(0));
  watch.report(PAGE, false, millisecond(1000));
  expect(watch.look(millisecond(1000))).toBe(false);
});

test('one page that can be heard is enough, and none is none', () => {
  const watch = new SoundWatch();
  expect(watch.look(millisecond(0))).toBe(false);
  watch.report(PAGE, false, millisecond(0));
  watch.report({}, true, millisecond(0));
  expect(watch.look(millisecond(100))).toBe(true);
});

test('a page that went is not waited for', () => {
  const watch = new SoundWatch();
  watch.report(PAGE, true, millisecond(0));
  watch.leave(PAGE);
  expect(watch.look(millisecond(100))).toBe(false);
});

test('time in which the station itself stood still is not the silence of a page', () => {
  const watch = new SoundWatch();
  watch.report(PAGE, true, millisecond(0));
  watch.look(millisecond(0));
  expect(watch.look(millisecond(8000))).toBe(true);
  watch.report(PAGE, true, millisecond(8000));
  expect(watch.look(millisecond(8100))).toBe(true);
});
