import type { MessagePort } from 'node:worker_threads';
import { expect, test } from 'vitest';
import type { PagesReport } from './messages.ts';
import { checkedElsewhere } from './page-thread.ts';

const never = new AbortController().signal;
const ignore = (): void => undefined;
const report = (to: MessagePort, what: PagesReport): void => to.postMessage(what);

test('a check that was cancelled before its thread is begun begins none: what it told would find nobody', async () => {
  let begun = 0;
  const check = checkedElsewhere(() => (begun += 1), ignore, AbortSignal.abort());
  await expect(check).rejects.toMatchObject({ code: 'RECORD_FAILED', message: expect.stringMatching(/cancelled/) });
  expect(begun).toBe(0);
});

test('progress that is refused ends the check, and not the thread of the record', async () => {
  const refused = (): never => {
    throw new RangeError('refused');
  };
  const begin = (to: MessagePort): void => report(to, { kind: 'progress', done: 1, total: 2 });
  await expect(checkedElsewhere(begin, refused, never)).rejects.toThrow('refused');
});

test('what the thread found is the answer, whatever it told before', async () => {
  const steps: number[] = [];
  const begin = (to: MessagePort): void => {
    report(to, { kind: 'progress', done: 1, total: 2 });
    report(to, { kind: 'checked', found: null });
  };
  expect(await checkedElsewhere(begin, (done) => steps.push(done), never)).toBeNull();
  expect(steps).toEqual([1]);
});
