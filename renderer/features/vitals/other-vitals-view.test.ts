import { expect, test } from 'vitest';
import { FULL, INFUSING } from '../../../tests/e2e/support/sample-frames.ts';
import { shown } from '../../app/shown.ts';
import { otherReadings } from './other-vitals-view.ts';
import { whyOwn } from './vital-view.ts';

const readings = otherReadings(shown(FULL, true));
const of = (id: string) => readings.find((reading) => reading.id === id);

test('only what is measured is shown', () => {
  expect(otherReadings(shown(INFUSING, true))).toEqual([]);
  expect(readings.map(({ id }) => id)).toEqual(['hr', 'rr', 'etco2', 'nibp-sys', 'sedation']);
});

test('what is required is shown before it is measured', () => {
  const limit = { parameter: 'etco2', tier: 'pause', below: null, above: 60, delayMs: 0, own: false } as const;
  const chair = { ...INFUSING, limits: [{ ...limit, required: true }] };
  expect(otherReadings(shown(chair, true))).toMatchObject([{ id: 'etco2', value: '--', note: 'No value' }]);
});

test('a cuff pressure shows both figures, when it was taken and when the next is due (R-5.3)', () => {
  expect(of('nibp-sys')).toMatchObject({ value: '128/78', note: '14:28:05 +01:00, 4 min ago, next in 6 min' });
});

test('what has expired is no plain number and says since when (R-5.2)', () => {
  expect(of('sedation')).toMatchObject({
    value: '--',
    note: 'Expired: last 5 at 14:00:05 +01:00, 32 min ago',
  });
  expect(of('etco2')).toMatchObject({ value: '--', note: 'Stale: last 41 mmHg, 4.3 s ago' });
});

test('a reading that may be trusted shows the limit that pauses, marked where it is this patient’s own', () => {
  const limit = { parameter: 'rr', tier: 'pause', below: 10, above: null, delayMs: 15_000, required: true } as const;
  const note = (own: boolean) =>
    otherReadings(shown({ ...FULL, limits: [{ ...limit, own }] }, true)).find(({ id }) => id === 'rr')?.note;
  expect([note(false), note(true)]).toEqual(['pause < 10', 'pause < 10 *']);
});

test('limits of one patient say why', () => {
  expect(whyOwn(shown(FULL, true))).toBe('COPD or emphysema, 90 % at rest for years');
  expect(whyOwn(shown(INFUSING, true))).toBeNull();
});
