import { describe, expect, test } from 'vitest';
import type { DrugEntry } from './library.ts';
import { libraryFaults } from './library-lint.ts';
import { SHIPPED_LIBRARY } from './shipped-library.ts';
import { microgramPerMillilitre } from './units.ts';

const NONE = { hardMin: null, softMin: null, softMax: null, hardMax: null };
const [MOOD, , CRPS] = SHIPPED_LIBRARY.entries as readonly [DrugEntry, DrugEntry, DrugEntry];

test('the shipped proposal has hard and soft, low and high limits wherever they are asked for (R-4.9)', () => {
  expect(libraryFaults(SHIPPED_LIBRARY.entries)).toEqual([]);
});

describe('a library is not usable', () => {
  test.each<[string, readonly DrugEntry[], RegExp]>([
    ['without an entry', [], /no entry/],
    ['with one id twice', [MOOD, MOOD], /used twice/],
    ['without a limit', [{ ...MOOD, rate: { ...MOOD.rate, softMin: null } }], /rate: needs hard and soft/],
    ['without a limit by weight', [{ ...MOOD, doseRate: NONE }], /doseRate: needs hard and soft/],
    ['without any dose rate', [{ ...CRPS, absoluteRate: null }], /no limit on the dose rate/],
    ['without a daily total', [{ ...MOOD, windows: [] }], /no daily/],
    [
      'with a daily total that limits nothing',
      [{ ...MOOD, windows: MOOD.windows.map((window) => ({ ...window, dose: NONE })) }],
      /no hard and soft upper limit/,
    ],
    [
      'with a daily total that has no soft limit by weight',
      [{ ...MOOD, windows: MOOD.windows.map((window) => ({ ...window, dosePerWeight: NONE })) }],
      /no hard and soft upper limit/,
    ],
    ['with limits out of order', [{ ...CRPS, weight: { ...CRPS.weight, softMax: CRPS.weight.hardMin } }], /order/],
    ['without a concentration', [{ ...MOOD, concentrations: [] }], /at least one/],
    ['with a weaker one than allowed', [{ ...MOOD, concentrations: [microgramPerMillilitre(100)] }], /beyond the hard/],
    ['with a stronger one than allowed', [{ ...MOOD, concentrations: [microgramPerMillilitre(9000)] }], /beyond the/],
    ['with a ceiling of nothing', [{ ...MOOD, predictionCeiling: 0 }], /not above zero/],
  ])('%s', (_what, entries, fault) => {
    expect(libraryFaults(entries).join('\n')).toMatch(fault);
  });

  test('but a concentration range without hard limits bounds nothing, and says so', () => {
    expect(libraryFaults([{ ...MOOD, concentration: NONE, predictionCeiling: null }])).toEqual([
      'KETAMINE-MOOD-CLINIC: concentration: needs hard and soft, low and high limits.',
    ]);
  });
});
