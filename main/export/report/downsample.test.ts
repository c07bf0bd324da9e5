import { expect, test } from 'vitest';
import { piecesOf } from './downsample.ts';

const course = (values: readonly (number | null)[]) => values.map((value, at) => ({ at, value }));

test('a dip of one second is kept, however many seconds share a column', () => {
  const values = Array.from({ length: 1000 }, (_, at) => (at === 523 ? 81 : 97));
  const [piece] = piecesOf(course(values), 0, 1000, 10);
  expect(piece?.length).toBeLessThanOrEqual(20);
  expect(piece).toContainEqual({ at: 523, value: 81 });
});

test('a gap ends a piece, and nothing is drawn over it', () => {
  const pieces = piecesOf(course([97, 96, null, null, 95]), 0, 5, 1);
  expect(pieces.map((piece) => piece.map(({ value }) => value))).toEqual([[97, 96], [95]]);
});

test('no value is no piece', () => {
  expect(piecesOf(course([null, null]), 0, 2, 4)).toEqual([]);
});
