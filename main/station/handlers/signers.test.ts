import { expect, test } from 'vitest';
import { seatBench } from '../seat-bench.ts';

test('who may sign are the active people of the record, not those of the configuration file', async () => {
  const { ask, book, call } = await seatBench('clinician');
  const joined = { id: 'new', name: 'New', role: 'clinician' } as const;
  const [known] = book.people;
  if (known === undefined) throw new Error('the bench has people');
  const gone = { ...known, id: 'gone', name: 'Gone', active: false };
  await book.change({ people: [{ ...known, ...joined }, gone] }, async () => undefined);
  const answer = await ask('review.signers', {});
  const ids = answer.ok ? (answer.value as { readonly id: string }[]).map(({ id }) => id) : [];
  expect(ids).toContain('new');
  expect(ids).not.toContain('gone');
  expect(call.station.options.configuration.people.map(({ id }) => id)).not.toContain('new');
});
