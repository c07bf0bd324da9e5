import { beforeAll, describe, expect, test } from 'vitest';
import { millisecond } from '../../core/units.ts';
import type { AccessBook } from './access-book.ts';
import { hashPin } from './pin.ts';
import { delayAfter, SignIn } from './sign-in.ts';
import { bookOf } from './test-people.ts';

const at = (milliseconds: number) => millisecond(milliseconds);
let people: AccessBook;

beforeAll(async () => {
  const pin = await hashPin('204816');
  people = await bookOf([
    { id: 'ada', name: 'Ada', role: 'clinician', pin, hint: null },
    { id: 'bo', name: 'Bo', role: 'supervisor', pin, hint: null },
  ]);
});

async function fail(signIn: SignIn, times: number, now: number): Promise<void> {
  for (let count = 0; count < times; count += 1) await signIn.signIn('ada', '000000', at(now));
}

describe('sign-in', { timeout: 120_000 }, () => {
  test('the right PIN signs in, a wrong one and an unknown person do not', async () => {
    const signIn = new SignIn(people);
    expect(await signIn.signIn('ada', '000000', at(0))).toEqual({ kind: 'wrong-pin', failures: 1, locks: false });
    expect(await signIn.signIn('eve', '204816', at(0))).toEqual({ kind: 'unknown-person' });
    const answer = await signIn.signIn('ada', '204816', at(0));
    expect(answer).toEqual({ kind: 'signed-in', person: { id: 'ada', name: 'Ada', role: 'clinician' } });
  });

  test('after five failures even the right PIN waits 30 s, and only for that person', async () => {
    const signIn = new SignIn(people);
    await fail(signIn, 5, 1000);
    expect(await signIn.signIn('ada', '204816', at(1000))).toEqual({ kind: 'wait', milliseconds: 30_000 });
    expect((await signIn.signIn('bo', '204816', at(1000))).kind).toBe('signed-in');
    expect((await signIn.signIn('ada', '204816', at(31_000))).kind).toBe('signed-in');
  });

  test('a success gives the five tries back', async () => {
    const signIn = new SignIn(people);
    await fail(signIn, 4, 0);
    await signIn.signIn('ada', '204816', at(0));
    await fail(signIn, 4, 0);
    expect((await signIn.signIn('ada', '204816', at(0))).kind).toBe('signed-in');
  });

  test('guesses sent all at once do not slip past the count', async () => {
    const signIn = new SignIn(people);
    const guesses = Array.from({ length: 8 }, () => signIn.signIn('ada', '000000', at(0)));
    const kinds = (await Promise.all(guesses)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'wrong-pin')).toHaveLength(5);
    expect(kinds.filter((kind) => kind === 'wait')).toHaveLength(3);
  });

  test('the delay doubles and ends at 15 minutes', () => {
    expect([4, 5, 6, 7].map(delayAfter)).toEqual([0, 30_000, 60_000, 120_000]);
    expect([10, 11, 5000].map(delayAfter)).toEqual([900_000, 900_000, 900_000]);
  });
});
