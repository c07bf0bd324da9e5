import { describe, expect, test } from 'vitest';
import { Publisher } from './topics.ts';

const always = (data: string) => data;

describe('topic', () => {
  test('begins with the snapshot as number 0 and counts from there for each subscriber', () => {
    const publisher = new Publisher<string>(
      () => undefined,
      () => 'now',
    );
    const first: unknown[] = [];
    const second: unknown[] = [];
    publisher.subscribe((update) => first.push(update), always);
    publisher.publish('a');
    publisher.subscribe((update) => second.push(update), always);
    publisher.publish('b');
    const snapshot = { number: 0, data: 'now' };
    expect(first).toEqual([snapshot, { number: 1, data: 'a' }, { number: 2, data: 'b' }]);
    expect(second).toEqual([snapshot, { number: 1, data: 'b' }]);
  });

  test('a listener that throws is dropped and reported; the others go on', () => {
    const errors: unknown[] = [];
    const publisher = new Publisher<string>((error) => errors.push(error), null);
    const heard: string[] = [];
    publisher.subscribe(() => {
      throw new Error('window gone');
    }, always);
    publisher.subscribe(({ data }) => heard.push(data), always);
    publisher.publish('a');
    publisher.publish('b');
    expect(heard).toEqual(['a', 'b']);
    expect(errors).toHaveLength(1);
  });

  test('who may not hear any more hears nothing, and after unsubscribing nobody is served', () => {
    const publisher = new Publisher<string>(() => undefined, null);
    const heard: unknown[] = [];
    let allowed = false;
    const end = publisher.subscribe(
      (update) => heard.push(update),
      (data) => (allowed ? data : null),
    );
    publisher.publish('hidden');
    allowed = true;
    publisher.publish('shown');
    end();
    publisher.publish('late');
    expect(heard).toEqual([{ number: 1, data: 'shown' }]);
    expect(publisher.isHeard).toBe(false);
  });
});
