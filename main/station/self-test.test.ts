import { describe, expect, test } from 'vitest';
import { millisecond } from '../../core/units.ts';
import { provedLibrary, SHIPPED } from '../library/signed-library.ts';
import { libraryState } from './library-state.ts';
import { runSelfTest, type SelfTestProbes } from './self-test.ts';

const WELL: SelfTestProbes = {
  write: async () => undefined,
  verify: async () => ({ rows: 12, damage: null }),
  library: () => libraryState(SHIPPED, new Date()),
  sound: () => ({ proved: true, heard: { by: 'Ada' } }),
  now: () => millisecond(Math.round(performance.now())),
  hostSilence: () => 400,
};
const UNSIGNED = provedLibrary('{}', []);

/** Parts that failed, with what was said. */
async function failures(probes: Partial<SelfTestProbes>, patience?: number): Promise<Record<string, string>> {
  const { parts } = await runSelfTest({ ...WELL, ...probes }, patience);
  return Object.fromEntries(parts.filter(({ ok }) => !ok).map(({ part, detail }) => [part, detail]));
}

describe('the self-test (R-7.19)', () => {
  test('passes where every part is well, and names all six', async () => {
    const { parts } = await runSelfTest(WELL);
    expect(parts.map(({ part, ok }) => `${part} ${ok}`)).toEqual([
      'record true',
      'chain true',
      'library true',
      'sound true',
      'clock true',
      'guard true',
    ]);
  });

  const damage = { seq: 7, what: 'chain', detail: '' } as const;
  let jumps = 0;
  const BROKEN: readonly (readonly [string, Partial<SelfTestProbes>, RegExp])[] = [
    ['record', { write: () => Promise.reject(new Error('The disk is full.')) }, /disk is full/],
    ['chain', { verify: async () => ({ rows: 12, damage }) }, /Row 7 does not fit/],
    ['library', { library: () => libraryState(UNSIGNED, new Date()) }, /cannot be used/],
    ['sound', { sound: () => ({ proved: false, heard: { by: 'Ada' } }) }, /check the loudspeaker/],
    ['sound', { sound: () => ({ proved: true, heard: null }) }, /confirm that you hear it/],
    ['clock', { now: () => millisecond((jumps += 5000)) }, /differ by/],
    ['guard', { hostSilence: () => Number.POSITIVE_INFINITY }, /silent/],
  ];
  test.each(BROKEN)('fails in %s alone, and says what to do', async (part, probes, words) => {
    const failed = await failures(probes);
    expect(Object.keys(failed)).toEqual([part]);
    expect(failed[part]).toMatch(words);
  });

  test('ends in time, whatever hangs: a row that is never durable fails', async () => {
    const began = performance.now();
    const failed = await failures({ write: () => new Promise(() => undefined) }, 600);
    expect(Object.keys(failed)).toEqual(['record']);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
