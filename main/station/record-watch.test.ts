import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RecordWatch } from './record-watch.ts';
import { FakeTrail } from './test-kit.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what the record says of itself shows within seconds, and goes when it is over', async () => {
  const trail = new FakeTrail();
  const watch = new RecordWatch(trail, () => undefined);
  trail.concerns = ['Connect the medium again.'];
  await vi.advanceTimersByTimeAsync(5000);
  expect(watch.view).toMatchObject({ rootFingerprint: 'ROOT', concerns: ['Connect the medium again.'] });
  trail.concerns = [];
  await vi.advanceTimersByTimeAsync(5000);
  expect(watch.view.concerns).toEqual([]);
  watch.stop();
});

test('a record that does not answer is a concern; one that is slow is not asked twice', async () => {
  const trail = new FakeTrail();
  const asked = vi
    .spyOn(trail, 'status')
    .mockRejectedValueOnce(new Error('gone'))
    .mockReturnValue(new Promise(() => undefined));
  const watch = new RecordWatch(trail, () => undefined);
  await vi.advanceTimersByTimeAsync(0);
  expect(watch.view.concerns.join()).toContain('gone');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveBeenCalledTimes(2);
  watch.stop();
});

test('one that hangs is found within 3 s, whenever it began to, and is told when it is back (R-2.4)', async () => {
  for (const after of [0, 300, 999]) {
    const trail = new FakeTrail();
    const told: boolean[] = [];
    const watch = new RecordWatch(trail, (answers) => told.push(answers));
    await vi.advanceTimersByTimeAsync(2000 + after);
    const { promise, resolve } = Promise.withResolvers<void>();
    const status = trail.status.bind(trail);
    vi.spyOn(trail, 'status').mockImplementation(async () => {
      await promise;
      return status();
    });
    await vi.advanceTimersByTimeAsync(3000);
    expect(told).toEqual([false]);
    expect(watch.view.concerns.join()).toContain('does not answer');
    resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual([false, true]);
    expect(watch.view.concerns).toEqual([]);
    watch.stop();
  }
});
