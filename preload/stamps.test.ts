import { expect, test } from 'vitest';
import { Stamps } from './stamps.ts';

const frame = (monoMs: number, epoch = 4) => ({ monoMs, chairs: [{ id: 'chair-1', epoch }] });

test('a command names the session that was shown, counts up and carries the time of the station (R-4.11)', () => {
  const stamps = new Stamps();
  const now = performance.now();
  stamps.see(frame(now + 1_000_000));
  const first = stamps.of('session.start', { chairId: 'chair-1' });
  expect(first).toMatchObject({ epoch: 4, sequence: 1 });
  expect(Math.abs((first?.issuedAtMs ?? 0) - now - 1_000_000)).toBeLessThan(1000);
  stamps.see(frame(now + 1_000_100, 5));
  expect(stamps.of('session.pause', { chairId: 'chair-1' })).toMatchObject({ epoch: 5, sequence: 2 });
  expect(stamps.of('session.export', { sessionId: 'S-1' })).toMatchObject({ epoch: 0, sequence: 3 });
});

test('a frame that came late makes nothing look younger than it is', () => {
  const stamps = new Stamps();
  const now = performance.now();
  stamps.see(frame(now + 1_000_000));
  stamps.see(frame(now + 990_000));
  expect(stamps.of('session.start', { chairId: 'chair-1' })?.issuedAtMs).toBeGreaterThanOrEqual(now + 999_999);
});

test('before any frame, and for what needs none, there is no stamp', () => {
  const stamps = new Stamps();
  expect(stamps.of('session.start', { chairId: 'chair-1' })).toBeNull();
  stamps.see(frame(1));
  expect(stamps.of('chair.stop', { chairId: 'chair-1' })).toBeNull();
  expect(stamps.of('session.list', {})).toBeNull();
  stamps.forget();
  expect(stamps.of('session.start', { chairId: 'chair-1' })).toBeNull();
});
