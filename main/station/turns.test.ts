import { expect, test } from 'vitest';
import { inTurn } from './turns.ts';

test('work on one thing never overlaps, goes on after a refusal, and leaves other things alone', async () => {
  const station = {};
  const heard: string[] = [];
  const slow = Promise.withResolvers<void>();
  const first = inTurn(station, 'a', async () => {
    heard.push('a begins');
    await slow.promise;
    heard.push('a ends');
    throw new Error('refused');
  });
  const second = inTurn(station, 'a', async () => heard.push('a again'));
  await inTurn(station, 'b', async () => heard.push('b'));
  expect(heard).toEqual(['a begins', 'b']);
  slow.resolve();
  await expect(first).rejects.toThrow('refused');
  await second;
  expect(heard).toEqual(['a begins', 'b', 'a ends', 'a again']);
});
