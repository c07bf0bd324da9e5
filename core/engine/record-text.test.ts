import { expect, test } from 'vitest';
import type { EngineEvent } from './events.ts';
import { fromRecordText, toRecordText } from './record-text.ts';
import { Chair } from './testing.ts';

test.each([Number.NaN, Number.POSITIVE_INFINITY, 0.1, 97.5])('%d is kept', (value) => {
  const event = { kind: 'vitals', at: 1, samples: [new Chair().sample('spo2', value)] } as unknown as EngineEvent;
  expect(fromRecordText(toRecordText(event))).toEqual(event);
});

test('is one line, whatever a person typed', () => {
  const event = { kind: 'stop', by: null, reason: 'two\nlines \ud800', at: 1 } as unknown as EngineEvent;
  expect(toRecordText(event)).not.toContain('\n');
  expect(fromRecordText(toRecordText(event))).toEqual(event);
});

test('keeps its form: what an earlier version wrote is read by this one, and this one is by the next', () => {
  const event = { kind: 'prediction', maxNgPerMl: Number.NaN, at: 1 } as unknown as EngineEvent;
  expect(toRecordText(event)).toBe('{"kind":"prediction","maxNgPerMl":{"notFinite":"NaN"},"at":1}');
});
