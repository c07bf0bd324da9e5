import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RecordWatch } from './record-watch.ts';
import { FakeTrail } from './test-kit.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what the record says of itself shows within seconds, and goes when it is over', async () => {
  const trail = new FakeTrail();
  const watch = new RecordWatch(trail);
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
  const watch = new RecordWatch(trail);
  await vi.advanceTimersByTimeAsync(0);
  expect(watch.view.concerns.join()).toContain('gone');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveBeenCalledTimes(2);
  watch.stop();
});
