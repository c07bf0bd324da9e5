import { expect, test } from 'vitest';
import { composeBody, NO_ROW } from './body.ts';
import { leafHash } from './hash.ts';
import { jcs } from './jcs.ts';
import { event } from './test-kit.ts';
import { readRow } from './verify-row.ts';

const RUN = { station: 'room 1', app: '0', boot: 'b' };
const body = composeBody(
  event('pump.start.intent', { new: { rateUlPerH: 12_000 } }),
  { seq: 7, prev: NO_ROW },
  RUN,
  {},
);

test('a row as it was written is read', () => {
  expect(readRow({ seq: 7, body, hash: leafHash(body) })).toMatchObject({ kind: 'read', fields: { seq: 7 } });
});

test('a row edited after it was written is found', () => {
  const edited = body.replace('12000', '13000');
  expect(edited).not.toBe(body);
  expect(readRow({ seq: 7, body: edited, hash: leafHash(body) })).toMatchObject({ damage: { what: 'row-hash' } });
});

test('a row spelled in another way, with its hash made anew, is found', () => {
  const spaced = body.replace('"seq":7', '"seq": 7');
  expect(readRow({ seq: 7, body: spaced, hash: leafHash(spaced) })).toMatchObject({
    damage: { what: 'not-canonical' },
  });
});

test.each([
  ['"act":', '"sct":'],
  ['"outcome":"ok"', '"outcome":"yes"'],
  ['"session":null', '"session":7'],
  [`"prev":"${NO_ROW}"`, '"prev":"0"'],
  ['"seq":7', '"seq":"7"'],
  ['"ts":"2', '"ts":"x'],
])('a row without a member that every row has is found: %s', (member, other) => {
  const changed = jcs(JSON.parse(body.replace(member, other)));
  expect(changed).not.toBe(body);
  expect(readRow({ seq: 7, body: changed, hash: leafHash(changed) })).toMatchObject({
    damage: { what: 'not-canonical', detail: 'row 7 lacks members that every row has' },
  });
});

test('a row in the place of another is found', () => {
  expect(readRow({ seq: 8, body, hash: leafHash(body) })).toMatchObject({ damage: { what: 'seq', seq: 8 } });
});
