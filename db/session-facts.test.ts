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
  withPauses: null,
  withOverrides: null,
  withNotes: null,
  breakGlass: null,
  chairId: null,
  person: null,
  peopleByWord: new Map(),
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
    ['closedAt'],
    ['pumps'],
    ['pauses'],
    ['overrides'],
    ['breakGlass'],
    ['notes'],
    ['givenUg'],
    ['ending'],
    ['signers'],
    ['needsReview'],
  ] as const)('can be sorted by %s, both ways and over pages', async (sort) => {
    await session('a', 'L-1');
    await session('b', 'L-1');
    for (const descending of [true, false]) {
      const first = await find({ sort, descending, limit: 1 });
      const second = await find({ sort, descending, limit: 1, after: first.next });
      expect(new Set([first.rows[0]?.id, second.rows[0]?.id])).toEqual(new Set(['a', 'b']));
    }
  });

  test('every element of a session is found and filtered', async () => {
    const pump = { model: 'NE-1000', firmware: '3.9', serial: 'SN-553' };
    await trail.append(event('pump.identity', { new: { ...pump, serial: 'SN-OLD' } }));
    await trail.append(event('pump.identity', { new: pump }));
    await trail.append(event('pump.identity', { chair: '2', new: { ...pump, serial: 'SN-OTHER' } }));
    const phase = (phase: string, reason: string, deliveredUg: number) =>
      event('session.phase', { session: 'a', reason, new: { phase, deliveredUg } });
    await session('a', 'L-1', async () => {
      await trail.append(event('limit.override', { session: 'a', reason: 'tolerated before' }));
      await trail.append(phase('paused', 'SpO2 low', 12_000));
      await trail.append(phase('ended', 'Nausea', 20_000));
      await trail.append(
        event('session.end', { session: 'a', actor: { id: 'ben', role: 'clinician', auth: ['pin'] } }),
      );
    });
    await session('b', 'L-1');
    expect((await find({ words: ['sn-553'] })).rows).toMatchObject([
      { id: 'a', pumps: 'NE-1000 SN-553 3.9', pauses: 1, overrides: 1, givenUg: 20_000, ending: 'Nausea', signers: '' },
      { id: 'b', pauses: 0, overrides: 0, givenUg: 0, ending: '' },
    ]);
    expect(await ids({ words: ['nausea'] })).toBe('a');
    expect(await ids({ withPauses: true })).toBe('a');
    expect(await ids({ withPauses: false, withOverrides: false })).toBe('b');
    expect(await ids({ withOverrides: true, breakGlass: false, withNotes: false })).toBe('a');
    expect(await ids({ person: 'ben' })).toBe('a');
    expect(await ids({ person: 'be' })).toBe('');
    expect(await ids({ chairId: '1' })).toBe('a b');
    expect(await ids({ chairId: '2' })).toBe('');
    expect(await ids({ words: ['benedikt'], peopleByWord: new Map([['benedikt', ['ben']]]) })).toBe('a');
    expect(await ids({ sort: 'givenUg', descending: true })).toBe('a b');
  });

  test('names under signatures that hold are an element, those under others are not', async () => {
    await session('a', 'L-1');
    await close('a', 'ended');
    const tip = await trail.sessionTip('a');
    const signature = (name: string) =>
      event('session.signed', { session: 'a', new: { name, meaning: 'review', ...tip } });
    await trail.append(signature('Jonas Brandt'));
    await trail.append(signature('Lea Hofer'));
    expect((await find({ words: ['lea'] })).rows).toMatchObject([{ signers: 'Jonas Brandt, Lea Hofer' }]);
    await trail.append(event('session.note', { session: 'a', new: { text: 'later' } }));
    expect((await find()).rows).toMatchObject([{ signed: 'changed', signers: '' }]);
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
