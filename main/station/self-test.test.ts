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
  program: async () => null,
};
const UNSIGNED = provedLibrary('{}', []);

/** Parts that failed, with what was said. */
async function failures(probes: Partial<SelfTestProbes>, patience?: number): Promise<Record<string, string>> {
  const { parts } = await runSelfTest({ ...WELL, ...probes }, patience);
  return Object.fromEntries(parts.filter(({ ok }) => !ok).map(({ part, detail }) => [part, detail]));
}

describe('the self-test (R-7.19)', () => {
  test('passes where every part is well, and names all seven', async () => {
    const { parts } = await runSelfTest(WELL);
    expect(parts.map(({ part, ok }) => `${part} ${ok}`)).toEqual([
      'record true',
      'chain true',
      'library true',
      'sound true',
      'clock true',
      'guard true',
      'program true',
    ]);
  });

  const damage = { seq: 7, what: 'chain', detail: '' } as const;
  const REPLACED = { foundAt: new Date(2026, 10, 30, 14, 3), differences: ['main/x.ts is gone'] };
  let jumps = 0;
  const BROKEN: readonly (readonly [string, Partial<SelfTestProbes>, RegExp])[] = [
    ['record', { write: () => Promise.reject(new Error('The disk is full.')) }, /disk is full/],
    ['chain', { verify: async () => ({ rows: 12, damage }) }, /Row 7 does not fit/],
    ['library', { library: () => libraryState(UNSIGNED, new Date()) }, /cannot be used/],
    ['sound', { sound: () => ({ proved: false, heard: { by: 'Ada' } }) }, /check the loudspeaker/],
    ['sound', { sound: () => ({ proved: true, heard: null }) }, /confirm that you hear it/],
    ['clock', { now: () => millisecond((jumps += 5000)) }, /differ by/],
    ['guard', { hostSilence: () => Number.POSITIVE_INFINITY }, /silent/],
    ['program', { program: async () => REPLACED }, /replaced at 14:03 on 2026-11-30 .* restart the station/],
  ];
  test.each(BROKEN)('fails in %s alone, and says what to do', async (part, probes, words) => {
    const failed = await failures(probes);
    expect(Object.keys(failed)).toEqual([part]);
    expect(failed[part]).toMatch(words);
  });

  const NEVER = (signal: AbortSignal) =>
    new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('cancelled')));
    });
  const chainOf = async (verify: SelfTestProbes['verify']) => {
    const { parts } = await runSelfTest({ ...WELL, verify }, 300);
    return parts.find(({ part }) => part === 'chain');
  };

  test('asks for the newest rows of the record first, and says how far it came with the others', async () => {
    const asked: string[] = [];
    const state = await chainOf((scope, signal, walked) => {
      asked.push(scope);
      if (scope === 'newest') return Promise.resolve({ rows: 1000, damage: null, after: 900 });
      walked(400);
      return NEVER(signal);
    });
    expect(asked).toEqual(['newest', 'whole']);
    expect(state?.ok).toBe(true);
    expect(state?.detail).toMatch(/Rows 901 to 1000, .* Of the 900 before them the first 400 could be walked again/);
  });

  test('finds damage in the newest rows of a record that is too long to be walked', async () => {
    const state = await chainOf((scope, signal) =>
      scope === 'newest' ? Promise.resolve({ rows: 950, damage, after: 900 }) : NEVER(signal),
    );
    expect(state).toMatchObject({ ok: false, detail: expect.stringContaining('Row 7 does not fit') });
  });

  test('finds damage in the older rows where there is time for them', async () => {
    const state = await chainOf(async (scope) => ({
      rows: 950,
      damage: scope === 'whole' ? damage : null,
      after: 900,
    }));
    expect(state?.ok).toBe(false);
  });

  test('does not pass on rows that could not be walked in time, however it went until then', async () => {
    const silent = await chainOf(() => new Promise(() => undefined));
    expect(silent).toMatchObject({ ok: false, detail: expect.stringContaining('could not be walked in time') });
    const cancelled = await chainOf((_scope, signal) => NEVER(signal));
    expect(cancelled).toMatchObject({ ok: false, detail: expect.stringContaining('could not be walked in time') });
  });

  test('a check that fails by itself has failed, and is not taken for one that ran out of time', async () => {
    const state = await chainOf((scope) =>
      scope === 'newest'
        ? Promise.resolve({ rows: 950, damage: null, after: 900 })
        : Promise.reject(new Error('The disk is gone.')),
    );
    expect(state).toMatchObject({ ok: false, detail: 'The disk is gone.' });
  });

  test('ends in time, whatever hangs: a row that is never durable fails', async () => {
    const began = performance.now();
    const failed = await failures({ write: () => new Promise(() => undefined) }, 600);
    expect(Object.keys(failed)).toEqual(['record']);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
