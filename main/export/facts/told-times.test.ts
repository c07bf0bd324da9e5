import { describe, expect, test } from 'vitest';
import { toldTimes } from './told-times.ts';

const at = (ts: string, seconds: number, boot = 'b1') => ({ ts: `2026-11-22T${ts}.000Z`, mono: seconds * 1000, boot });
const told = (...moments: Parameters<typeof toldTimes>[0]) => toldTimes(moments).map((each) => each.slice(11, 19));

describe('the moments a reader is told', () => {
  test('are those of the wall clock while it goes on', () => {
    expect(told(at('08:00:00', 0), at('08:00:05', 5), at('08:00:05', 5), at('08:00:09', 9))).toEqual([
      '08:00:00',
      '08:00:05',
      '08:00:05',
      '08:00:09',
    ]);
  });

  test('go on by the monotonic clock from where the wall clock was put back', () => {
    expect(told(at('08:00:00', 0), at('08:10:00', 600), at('07:10:05', 605), at('07:12:00', 720))).toEqual([
      '08:00:00',
      '08:10:00',
      '08:10:05',
      '08:12:00',
    ]);
  });

  test('are those of the wall clock again when it is past them', () => {
    expect(told(at('08:10:00', 600), at('07:10:05', 605), at('08:10:30', 630)).at(-1)).toBe('08:10:30');
  });

  test('stay in order also behind a row that tells of an earlier moment', () => {
    expect(told(at('08:10:00', 600), at('07:10:02', 602), at('07:10:04', 540), at('07:10:06', 606))).toEqual([
      '08:10:00',
      '08:10:02',
      '08:10:02',
      '08:10:06',
    ]);
  });

  test('never run back over a restart, whose monotonic clock begins anew', () => {
    expect(told(at('08:10:00', 600), at('07:00:00', 3, 'b2'), at('07:00:10', 13, 'b2'))).toEqual([
      '08:10:00',
      '08:10:00',
      '08:10:10',
    ]);
  });

  test('of minutes follow each other also where the clock was put back by less than a minute', () => {
    const minutes = [at('08:00:00', 0), at('08:00:30', 60), at('08:01:30', 120)];
    expect(toldTimes(minutes, true).map((each) => each.slice(11, 19))).toEqual(['08:00:00', '08:01:00', '08:02:00']);
  });
});
