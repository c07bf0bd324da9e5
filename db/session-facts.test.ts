import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SessionSearch } from './session-search.ts';
import { event, open, recordSession, temporaryFolder } from './test-kit.ts';
import type { Trail } from './trail.ts';

const SEARCH: SessionSearch = {
  words: [],
  from: null,
  to: null,
  state: null,
  balance: null,
  verification: null,
  signed: null,
  withAlarms: null,
  needsReview: null,
  sort: 'openedAt',
  descending: false,
  limit: 50,
  after: null,
};

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folder: ReturnType<typeof temporaryFolder>;
let trail: Trail;
beforeEach(async () => {
  folder = temporaryFolder();
  trail = await open(folder.path);
});
afterEach(async () => {
  await trail.close();
  folder[Symbol.dispose]();
});

const find = (change: Partial<SessionSearch> = {}) => trail.findSessions({ ...SEARCH, ...change });
const ids = async (change: Partial<SessionSearch> = {}) => (await find(change)).rows.map(({ id }) => id).join(' ');

async function session(
  id: string,
  drugLot: string,
  more: () => Promise<unknown> = async () => undefined,
): Promise<void> {
  const person = { patientId: `p-${id}`, patientName: `Name ${id}`, clinician: 'nurse-7' };
  const facts = { drug: 'ketamine', drugLot, concentrationUgPerMl: 2000 };
  await trail.openSession({ id, chairId: '1', ...person }, event('session.open', { session: id, new: facts }));
  await more();
}
const close = (id: string, state: 'ended' | 'interrupted') =>
  trail.closeSession(id, state, event('session.close', { session: id }));

describe('a search of sessions', () => {
  test('finds nothing in a new record', async () => {
    expect(await find()).toEqual({ rows: [], total: 0, next: null });
  });

  test('sees what was written since the last one', async () => {
    await session('a', 'L-1');
    expect((await find()).rows).toMatchObject([{ id: 'a', drug: 'ketamine', lots: 'L-1', alarms: 0, state: 'open' }]);
    await trail.append(event('alarm.raised', { session: 'a' }));
    await close('a', 'interrupted');
    expect((await find()).rows).toMatchObject([{ alarms: 1, state: 'interrupted', needsReview: true, signed: 'no' }]);
    expect(await ids({ withAlarms: true })).toBe('a');
    expect(await ids({ withAlarms: false })).toBe('');
  });

  test('every word has to occur, and a wildcard is a letter like another', async () => {
    await session('a', 'L-1');
    await session('b', 'L_2');
    expect(await ids({ words: ['KETAMINE', 'l_2'] })).toBe('b');
    expect(await ids({ words: ['l%'] })).toBe('');
    expect(await ids({ words: ["'; DROP TABLE session; --"] })).toBe('');
    expect(await ids({ words: ['name', 'a'] })).toBe('a b');
  });

  test('marks what somebody did under break-glass for review', async () => {
    await session('a', 'L-1');
    await session('b', 'L-1', () =>
      trail.append(
        event('session.check', { session: 'b', actor: { id: 'x', role: 'clinician', auth: ['pin', 'break-glass'] } }),
      ),
    );
    expect(await ids({ needsReview: true })).toBe('b');
    expect((await find({ needsReview: true })).rows).toMatchObject([{ breakGlass: true }]);
  });

  test('is sorted and paged without a session twice or left out', async () => {
    for (const [index, id] of ['c', 'a', 'e', 'b', 'd'].entries()) await session(id, `L-${index % 2}`);
    const pages: string[] = [];
    for (let after: SessionSearch['after'] = null, more = true; more; ) {
      const page = await find({ sort: 'lots', descending: true, limit: 2, after });
      expect(page.total).toBe(5);
      pages.push(page.rows.map(({ id }) => id).join(''));
      after = page.next;
      more = after !== null;
    }
    expect(pages).toEqual(['ba', 'ed', 'c']);
  });

  test.each([
    ['openedAt'],
    ['patientName'],
    ['patientId'],
    ['chairId'],
    ['clinician'],
    ['drug'],
    ['lots'],
    ['state'],
    ['alarms'],
    ['balance'],
    ['verification'],
    ['signed'],
  ] as const)('can be sorted by %s, both ways and over pages', async (sort) => {
    await session('a', 'L-1');
    await session('b', 'L-1');
    for (const descending of [true, false]) {
      const first = await find({ sort, descending, limit: 1 });
      const second = await find({ sort, descending, limit: 1, after: first.next });
      expect(new Set([first.rows[0]?.id, second.rows[0]?.id])).toEqual(new Set(['a', 'b']));
    }
  });

  test('a day and a state', async () => {
    await session('a', 'L-1');
    await close('a', 'ended');
    await session('b', 'L-1');
    const day = new Date().toISOString().slice(0, 10);
    expect(await ids({ from: `${day}T00:00:00.000Z`, state: 'ended' })).toBe('a');
    expect(await ids({ to: '2020-01-01T00:00:00.000Z' })).toBe('');
    expect(await ids({ balance: 'no-drug', signed: 'no', verification: 'not-verified' })).toBe('a b');
  });

  test('a check of the record verifies the sessions it covered, until one goes on', async () => {
    await recordSession(trail, 'a');
    const { rows } = await trail.verify();
    await trail.append(event('record.verified', { new: { rows, whole: true } }));
    expect(await ids({ verification: 'verified' })).toBe('a');
    await trail.append(event('session.note', { session: 'a' }));
    expect(await ids({ verification: 'not-verified' })).toBe('a');
    await trail.append(event('record.verified', { outcome: 'failed', new: { rows: 3, whole: false } }));
    expect(await ids({ verification: 'damaged' })).toBe('a');
  });

  test('the record is whole afterwards: the facts are no part of it', async () => {
    await recordSession(trail, 'a');
    await Promise.all([find(), find(), find()]);
    expect((await trail.verify()).damage).toBeNull();
  });
});
