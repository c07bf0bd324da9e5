import { expect, test } from 'vitest';
import { isOfKind } from './event-kinds.ts';

test.each([
  ['alarm.raised', 'alarm', true],
  ['pump.start.intent', 'pump', true],
  ['link.change', 'pump', true],
  ['session.note', 'session', true],
  ['drug.waste', 'drug', true],
  ['drug.waste', 'alarm', false],
  ['anything', '', true],
] as const)('%s of kind "%s": %s', (act, kind, fits) => {
  expect(isOfKind({ act }, kind)).toBe(fits);
});
