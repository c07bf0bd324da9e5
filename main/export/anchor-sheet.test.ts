import { expect, test } from 'vitest';
import { anchorSheet } from './anchor-sheet.ts';

test('a sheet of a record that has lost its signed head says that it anchors nothing', () => {
  const sheet = anchorSheet({
    of: 'unnamed-export',
    name: 'chairside-safe-harbor-session-x1',
    sha256: 'ab',
    station: 'room 1',
    at: '2026-11-23T07:00:00.000Z',
    timeZone: 'Europe/Zurich',
    rootFingerprint: 'unknown',
    checkpoint: '',
  });
  expect(sheet).toContain('This sheet anchors nothing: the record has lost its signed head.');
  expect(sheet).not.toContain('undefined');
});
