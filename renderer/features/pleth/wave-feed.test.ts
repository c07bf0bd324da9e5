import { expect, test } from 'vitest';
import { WaveFeed } from './wave-feed.ts';

const batch = (atMs: number, samples: number[]) => ({ chairId: 'chair-1', samples, samplesPerSecond: 50, atMs });

test('samples get evenly spaced times that end at the time of the batch', () => {
  const feed = new WaveFeed();
  feed.push(batch(1040, [0.1, 0.2, 0.3]), 5000);
  expect(feed.take(2000)).toEqual([
    { atMs: 1000, value: 0.1 },
    { atMs: 1020, value: 0.2 },
    { atMs: 1040, value: 0.3 },
  ]);
});

test('only what is due is taken, the rest waits', () => {
  const feed = new WaveFeed();
  feed.push(batch(1040, [0.1, 0.2, 0.3]), 5000);
  expect(feed.take(1020)).toHaveLength(2);
  expect(feed.take(1020)).toHaveLength(0);
  expect(feed.take(1040)).toHaveLength(1);
});

test('a late batch does not move the bar back', () => {
  const feed = new WaveFeed();
  feed.push(batch(1000, [0]), 5000);
  const before = feed.barAt(5100);
  feed.push(batch(1020, [0]), 5100);
  expect(feed.barAt(5100)).toBe(before);
});

test('a station that began anew moves the bar to its new clock', () => {
  const feed = new WaveFeed();
  feed.push(batch(900_000, [0]), 5000);
  feed.push(batch(100, [0]), 6000);
  expect(feed.barAt(6000)).toBe(100 - 300);
});

test('jitter of the stamps neither tears the trace nor piles samples up, a real gap stays', () => {
  const feed = new WaveFeed();
  feed.push(batch(1040, [0, 0, 0]), 5000);
  feed.push(batch(1070, [0, 0, 0]), 5030);
  feed.push(batch(1150, [0, 0, 0]), 5110);
  const apart = (points: readonly { atMs: number }[]) =>
    points.slice(1).map((point, index) => point.atMs - (points[index]?.atMs ?? 0));
  for (const gap of apart(feed.take(2000))) expect(gap).toBeGreaterThan(0);
  feed.push(batch(3000, [0]), 6960);
  expect(feed.take(3000)[0]?.atMs).toBe(3000);
});
