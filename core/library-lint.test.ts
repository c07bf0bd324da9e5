import { describe, expect, test } from 'vitest';
import type { DrugEntry, VitalBound } from './library.ts';
import { libraryFaults } from './library-lint.ts';
import { SHIPPED_LIBRARY } from './shipped-library.ts';
import { microgramPerMillilitre } from './units.ts';

const NONE = { hardMin: null, softMin: null, softMax: null, hardMax: null };
/** A limit just past another one. */
const swollen = <Q extends number>(limit: Q | null): Q => ((limit ?? 0) + 1) as Q;
const [MOOD, , CRPS] = SHIPPED_LIBRARY.entries as readonly [DrugEntry, DrugEntry, DrugEntry];

test('the shipped proposal has hard and soft, low and high limits wherever they are asked for (R-4.9)', () => {
  expect(libraryFaults(SHIPPED_LIBRARY.entries)).toEqual([]);
});

const OUT_OF_ORDER = 'the limits are not in the order hardMin, softMin, softMax, hardMax.';
const UNLIMITED = 'the window of 24 h has no hard and soft upper limit on the dose and the dose by weight.';
const UNTYPED = 'concentrations: at most two decimals of mg/mL, or nobody can enter what the label says.';
const BEYOND = 'concentrations: at least one, and none beyond the hard limits of concentration.';

const AT_ONCE = "everybody's infusion pauses at once before that.";

const SPO2_PAUSE: VitalBound = { parameter: 'spo2', rank: 'pause', loosestBelow: null, loosestAbove: null };
const bounded = (...changes: readonly Partial<VitalBound>[]): DrugEntry => ({
  ...MOOD,
  vitalBounds: changes.map((change) => ({ ...SPO2_PAUSE, ...change })),
});

type Window = DrugEntry['windows'][number];
const withWindows = (entry: DrugEntry, changed: (window: Window) => Window): DrugEntry => ({
  ...entry,
  windows: entry.windows.map(changed),
});

describe('a library is not usable', () => {
  test('without an entry', () => {
    expect(libraryFaults([])).toEqual(['The library has no entry.']);
  });

  test('with one id twice', () => {
    expect(libraryFaults([MOOD, MOOD])).toEqual([`${MOOD.id}: the id is used twice.`]);
  });

  test.each<[string, DrugEntry, string]>([
    ['without a limit by weight', { ...MOOD, doseRate: NONE }, 'doseRate: needs hard and soft, low and high limits.'],
    ['without any dose rate', { ...CRPS, absoluteRate: null }, 'there is no limit on the dose rate.'],
    ['without a daily total', { ...MOOD, windows: [] }, 'there is no daily (24 h) total.'],
    [
      'with a total over another time alone',
      withWindows(MOOD, (window) => ({ ...window, over: (2 * window.over) as Window['over'] })),
      'there is no daily (24 h) total.',
    ],
    ['with a daily total that limits nothing', withWindows(MOOD, (window) => ({ ...window, dose: NONE })), UNLIMITED],
    [
      'with a daily total without a hard limit',
      withWindows(MOOD, (window) => ({ ...window, dose: { ...window.dose, hardMax: null } })),
      UNLIMITED,
    ],
    [
      'with a daily total without a soft limit',
      withWindows(MOOD, (window) => ({ ...window, dose: { ...window.dose, softMax: null } })),
      UNLIMITED,
    ],
    [
      'with a daily total that limits nothing by weight',
      withWindows(MOOD, (window) => ({ ...window, dosePerWeight: NONE })),
      UNLIMITED,
    ],
    [
      'with limits of a window out of order',
      withWindows(MOOD, (window) => ({ ...window, dose: { ...window.dose, softMax: swollen(window.dose.hardMax) } })),
      `window of 24 h: ${OUT_OF_ORDER}`,
    ],
    [
      'with limits of a window by weight out of order',
      withWindows(MOOD, (window) => ({
        ...window,
        dosePerWeight: { ...window.dosePerWeight, softMax: swollen(window.dosePerWeight.hardMax) },
      })),
      `window of 24 h by weight: ${OUT_OF_ORDER}`,
    ],
    ['without a concentration', { ...MOOD, concentrations: [] }, BEYOND],
    ['with a weaker one than allowed', { ...MOOD, concentrations: [microgramPerMillilitre(100)] }, BEYOND],
    ['with a stronger one than allowed', { ...MOOD, concentrations: [microgramPerMillilitre(9000)] }, BEYOND],
    ['with one that nobody can enter', { ...MOOD, concentrations: [microgramPerMillilitre(2005)] }, UNTYPED],
    ['with a ceiling of nothing', { ...MOOD, predictionCeiling: 0 }, 'the prediction ceiling is not above zero.'],
    [
      'with a bound twice',
      bounded({ loosestBelow: 87 }, { loosestBelow: 86 }),
      'bounds of SpO2 (pause): they stand there twice.',
    ],
    [
      'with a bound that nothing can measure',
      bounded({ loosestAbove: 101 }),
      'bounds of SpO2 (pause): no such value can be measured.',
    ],
    ['with a bound below what pauses at once', bounded({ loosestBelow: 84 }), `bounds of SpO2 (pause): ${AT_ONCE}`],
    [
      'with a bound above what pauses at once',
      bounded({ parameter: 'pulse', loosestAbove: 151 }),
      `bounds of Pulse (pause): ${AT_ONCE}`,
    ],
  ])('%s', (_what, entry, fault) => {
    expect(libraryFaults([entry])).toEqual([`${entry.id}: ${fault}`]);
  });

  test.each(['hardMin', 'softMin', 'softMax', 'hardMax'] as const)('without %s', (limit) => {
    expect(libraryFaults([{ ...MOOD, rate: { ...MOOD.rate, [limit]: null } }])).toEqual([
      `${MOOD.id}: rate: needs hard and soft, low and high limits.`,
    ]);
  });

  test.each([
    ['hardMin', 'softMin'],
    ['softMin', 'softMax'],
    ['softMax', 'hardMax'],
  ] as const)('with %s above %s', (lower, higher) => {
    const weight = { ...CRPS.weight, [lower]: swollen(CRPS.weight[higher]) };
    expect(libraryFaults([{ ...CRPS, weight }])).toEqual([`${CRPS.id}: weight: ${OUT_OF_ORDER}`]);
  });

  test('but may bound a limit at what pauses at once, and each rank and sign of its own', () => {
    const entry = bounded(
      { loosestBelow: 85 },
      { rank: 'advisory', loosestBelow: 85 },
      { parameter: 'pulse', loosestBelow: 40, loosestAbove: 150 },
      // Only an advisory limit of it acts at once, and that one may move.
      { parameter: 'nibp-sys', rank: 'advisory', loosestAbove: 170 },
      { parameter: 'sedation' },
      // Low is no limit of it that pauses.
      { parameter: 'nibp-dia', loosestBelow: 50 },
    );
    expect(libraryFaults([entry])).toEqual([]);
  });

  test('but may have limits at one figure, and concentrations at the hard ones', () => {
    const { hardMin, hardMax } = MOOD.concentration;
    const flat = { hardMin, softMin: hardMin, softMax: hardMax, hardMax };
    const concentrations = [hardMin, hardMax].filter((value) => value !== null);
    expect(concentrations).toHaveLength(2);
    expect(libraryFaults([{ ...MOOD, concentration: flat, concentrations }])).toEqual([]);
  });

  test('but a concentration range without hard limits bounds nothing, and says so', () => {
    expect(libraryFaults([{ ...MOOD, concentration: NONE, predictionCeiling: null }])).toEqual([
      'KETAMINE-MOOD-CLINIC: concentration: needs hard and soft, low and high limits.',
    ]);
  });
});
