import { describe, expect, test } from 'vitest';
import { ALARMS, ALARMS_VERSION } from '../../core/alarms.ts';
import { ALARMS_DIGEST, tableDigest } from '../../main/station/alarm-table.ts';

/** Every version of the table that a station was ever started with. A line is added and never changed: records name it. */
const DIGESTS: Readonly<Record<number, string>> = {
  1: '736ac8df703f888908f5c51f6fd3d1645c1de194979d1a91c4f1676d3b288ca8',
  2: 'c6c60197bdd0addb90ec02f4be50c79f1257cd8cc06488b218ff0581d03cf9b0',
  3: '780690091f4d26974f169a5be7073f140b859eb89a558be82e6ebd3f80457446',
  4: 'baf6db2cf209b7f7083bd658e147eb84ebecc061e2c449552b6831520a09d6aa',
};

describe('the table of alarms and actions (R-4.4)', () => {
  test('is the one of its version: a changed table gets the next version and a line above', () => {
    expect(DIGESTS[ALARMS_VERSION], `no line for version ${ALARMS_VERSION}`).toBe(ALARMS_DIGEST);
  });

  test('has no two versions that are the same', () => {
    expect(new Set(Object.values(DIGESTS)).size).toBe(Object.keys(DIGESTS).length);
    expect(Math.max(...Object.keys(DIGESTS).map(Number))).toBe(ALARMS_VERSION);
  });

  test.each(['priority', 'harm', 'onset', 'action', 'latching', 'message'])(
    'has another digest with another %s',
    (of) => {
      const { interrupted, ...others } = ALARMS;
      expect(tableDigest({ ...others, interrupted: { ...interrupted, [of]: 'another' } })).not.toBe(
        tableDigest({ ...others, interrupted }),
      );
    },
  );

  test('has another digest in another order', () => {
    expect(tableDigest(Object.fromEntries(Object.entries(ALARMS).toReversed()))).not.toBe(ALARMS_DIGEST);
  });
});
