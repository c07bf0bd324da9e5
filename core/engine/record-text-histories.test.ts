import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromRecordText, toRecordText } from './record-text.ts';
import { histories, play } from './testing-histories.ts';

test('every event and state of any history comes back as it was, impossible figures too', () => {
  fc.assert(
    fc.property(histories, (history) => {
      for (const { event, after } of play(history)) {
        expect(fromRecordText(toRecordText(event))).toEqual(event);
        expect(fromRecordText(toRecordText(after))).toEqual(after);
      }
    }),
    { numRuns: 30 },
  );
}, 120_000);
