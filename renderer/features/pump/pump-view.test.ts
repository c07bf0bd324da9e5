import { describe, expect, test } from 'vitest';
import { INFUSING } from '../../../tests/e2e/support/sample-frames.ts';
import type { ShownPump } from '../../app/shown.ts';
import { pumpView } from './pump-view.ts';

const pump: ShownPump = { ...INFUSING.pump, ageMs: 300 };
const view = (change: Partial<ShownPump>, phase: 'armed' | 'infusing' | 'paused' = 'infusing') =>
  pumpView({ phase, pump: { ...pump, ...change } });

describe('the pump as it was read back', () => {
  test('commanded and reported agree: one rate, with its age', () => {
    expect(view({})).toMatchObject({
      state: 'Infusing',
      flowUlPerH: 26_200,
      readBack: 'read back 0.3 s ago',
      mismatch: null,
    });
  });

  test('a stopped pump flows at zero whatever its program says, and both rates are told', () => {
    expect(view({ state: 'stopped' })).toMatchObject({
      flowUlPerH: 0,
      mismatch: 'commanded 26.2 mL/h, pump reports 0.0 mL/h',
    });
  });

  test('a pump that runs without being told to is told as such', () => {
    expect(view({ commandedRateUlPerH: 0 }, 'paused').mismatch).toBe('commanded 0.0 mL/h, pump reports 26.2 mL/h');
  });

  test('an armed, stopped pump is no contradiction', () => {
    expect(view({ state: 'stopped' }, 'armed').mismatch).toBeNull();
  });

  test('an old read-back is no rate of now', () => {
    const old = view({ ageMs: 5200 });
    expect(old).toMatchObject({ flowUlPerH: null, tone: 'trouble' });
    expect(old.readBack).toBe('OLD: Infusing, 26.2 mL/h, read back 5.2 s ago');
    expect(old.mismatch).toBe('commanded 26.2 mL/h, pump reports nothing');
  });

  test('a lost link or another device shows no flow', () => {
    expect(view({ link: 'down' })).toMatchObject({ state: 'Not connected', flowUlPerH: null });
    expect(view({ link: 'wrong-device' })).toMatchObject({ state: 'Wrong device', flowUlPerH: null });
  });
});
