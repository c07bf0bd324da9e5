import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connectTo, finish } from './test-bench.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const ADDRESSES = [1, 2, 3, 4];
const ROUNDS = 250;

/** Park and Miller's generator, so that a failure comes back with the same ports. */
function shuffler(seed: number): () => readonly number[] {
  let state = seed;
  const random = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
  return () =>
    ADDRESSES.map((address) => ({ address, place: random() }))
      .toSorted((a, b) => a.place - b.place)
      .map(({ address }) => address);
}

test('in 1,000 re-plugs with shuffled ports no chair takes the pump of another (R-4.15)', async () => {
  const shuffled = shuffler(42);
  const plugged = Array.from({ length: ROUNDS }, shuffled).flatMap((pumps) =>
    pumps.map((pump, chair) => ({ pump, own: ADDRESSES[chair] ?? 0 })),
  );
  const answers = await finish(
    Promise.allSettled(plugged.map(({ pump, own }) => connectTo({ address: pump }, own).driver.identify())),
  );
  expect(answers.map(({ status }) => status === 'fulfilled')).toEqual(plugged.map(({ pump, own }) => pump === own));
  expect(answers.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(ROUNDS / 2);
});
