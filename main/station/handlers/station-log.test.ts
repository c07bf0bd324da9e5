import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { printedCheckpoint } from '../../../db/anchor.ts';
import { broughtFrom } from '../../export/brought-anchors.ts';
import { LedgerBench, sign } from '../ledger-bench.ts';
import { SLICE } from '../station-log.ts';
import type { Seat } from '../station-types.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let bench: LedgerBench;
let sam: Seat;
beforeEach(async () => {
  bench = await LedgerBench.start();
  sam = await bench.seat('sam');
});
afterEach(() => bench.end());

const ALL = { search: '', kind: null, outcome: null, from: null, to: null };
const PAGE = { ...ALL, before: null, limit: 200 };

async function ask<Value>(leaf: string, input: object): Promise<Value> {
  const answer = await sam.call(leaf, input);
  if (!answer.ok) throw new Error(`${leaf}: ${answer.code} ${answer.message}`);
  return answer.value as Value;
}
type Page = { rows: { seq: number; act: string; text: string; actor: string | null }[]; next: number | null };
const log = (change: object = {}) => ask<Page>('review.log', { ...PAGE, ...change });
const acts = async (change: object = {}) => (await log(change)).rows.map(({ act }) => act);

interface Exported {
  readonly state: string;
  readonly path?: string;
  readonly rows?: number;
  readonly sha256?: string;
  readonly anchorSheet?: string;
}

/** From its start to its end. */
async function exported(): Promise<Exported> {
  await ask('review.exportLog', ALL);
  return vi.waitFor(
    async () => {
      const state = await ask<Exported>('review.logExport', {});
      expect(state.state).not.toBe('running');
      return state;
    },
    { timeout: 20_000 },
  );
}

/** Tables beside this one, and what is not one yet. */
const tables = async (path: string) =>
  (await readdir(dirname(path))).filter((name) => /\.csv|\.anchor\.txt$|^\.chairside-/.test(name));

/** A log of many rows, of which all but the newest slice come when `go` is called. */
async function longLog(): Promise<() => void> {
  const go = Promise.withResolvers<void>();
  const [newest] = await bench.trail.stationRows({ before: null, kinds: null, from: null, to: null, limit: 1 });
  if (newest === undefined) throw new TypeError('The log has no row.');
  vi.spyOn(bench.trail, 'lastCheck').mockResolvedValue({ rows: 100_000, check: null });
  vi.spyOn(bench.trail, 'stationRows').mockImplementation(async ({ before }) => {
    if (before !== null) await go.promise;
    return Array.from({ length: SLICE }, (_, index) => ({ ...newest, seq: (before ?? 100_001) - 1 - index }));
  });
  return go.resolve;
}

/** A row of no session, as the station writes it. */
const row = (act: string, change: object = {}) =>
  bench.trail.append({
    act,
    mono: 1,
    chair: null,
    session: null,
    patient: null,
    actor: { id: 'sam', role: 'supervisor', auth: ['pin'] },
    outcome: 'ok',
    ...change,
  });

describe('the log of the station', () => {
  test('shows what belongs to no session, the newest first, and nothing of a session', async () => {
    const id = await bench.openSession();
    const wrong = bench.station.openSeat();
    await wrong.call('access.signIn', sign('ada', '000000'));
    await row('clock.step', { new: { stepMs: 3_600_000 } });
    const { rows } = await log();
    expect(rows[0]).toMatchObject({ act: 'clock.step', actor: 'Sam', text: 'The wall clock was moved by 3600 s' });
    expect(rows.map(({ act }) => act)).toEqual(expect.arrayContaining(['access.sign-in', 'access.sign-in.failed']));
    const inSession = new Set((await bench.trail.sessionRows(id)).map(({ seq }) => seq));
    expect(rows.filter(({ seq }) => inSession.has(seq))).toEqual([]);
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map(({ seq }) => seq).toSorted((one, other) => other - one));
  });

  test('is searched by kind, outcome, instants and every word that a person reads of a row', async () => {
    await row('clock.step', { new: { stepMs: 5000 } });
    await row('record.backup', { outcome: 'failed', reason: 'the disk is not there' });
    expect(await acts({ kind: 'clock' })).toEqual(['clock.step']);
    expect(await acts({ kind: 'record', outcome: 'failed' })).toEqual(['record.backup']);
    expect(await acts({ search: 'DISK sam' })).toEqual(['record.backup']);
    expect(await acts({ search: 'disk ada' })).toEqual([]);
    expect(await acts({ to: '2020-01-01T00:00:00+01:00' })).toEqual([]);
    expect(await acts({ from: '2020-01-01T00:00:00+01:00', kind: 'clock' })).toEqual(['clock.step']);
  });

  test('is paged without a row twice or left out, also where few of many rows fit', async () => {
    for (let count = 0; count < 1100; count += 1) await row(count % 100 === 0 ? 'clock.step' : 'key.enrolled');
    const found: number[] = [];
    for (let before: number | null = null, more = true; more; ) {
      const page: Page = await log({ search: 'clock', limit: 4, before });
      found.push(...page.rows.map(({ seq }) => seq));
      before = page.next;
      more = before !== null;
    }
    expect(found).toHaveLength(11);
    expect(new Set(found).size).toBe(11);
  });

  test('belongs to supervisors', async () => {
    const ada = await bench.seat('ada');
    expect(await ada.call('review.log', PAGE)).toMatchObject({ code: 'NOT_ALLOWED' });
    for (const leaf of ['exportLog', 'cancelLogExport', 'logExport']) {
      const input = leaf === 'exportLog' ? ALL : {};
      expect(await ada.call(`review.${leaf}`, input)).toMatchObject({ code: 'NOT_ALLOWED' });
    }
  });
});

describe('its table for spreadsheets', () => {
  test('holds every row that fits, starts no formula, and is told of in the record with its digest', async () => {
    await row('record.backup', { outcome: 'failed', reason: '=HYPERLINK("http://x")\r=1+1' });
    await row('=cmd|calc', {});
    const { path = '', rows, sha256 } = await exported();
    const bytes = await readFile(path);
    const text = bytes.toString('utf8');
    expect(text.startsWith('\uFEFFrow,time,time (UTC),person')).toBe(true);
    expect(rows).toBe((await log()).rows.filter(({ act }) => act !== 'export.station-log').length);
    expect(text).not.toMatch(/(^|,|\n)"?[=+@]/);
    // A bare CR begins no line: its cell is quoted, and where it does begin one, that is no formula.
    expect(text).toMatch(/"The record was not copied: =HYPERLINK\(""http:\/\/x""\)\r'=1\+1"/);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    expect((await stat(path)).mode & 0o077).toBe(0);
    expect((await log({ kind: 'export' })).rows).toMatchObject([
      { actor: 'Sam', text: `The log of the station was exported, ${rows} rows` },
    ]);
  });

  test('has the anchor of the record on a sheet beside it, which covers the row that tells of the table', async () => {
    const { path = '', sha256 = '', anchorSheet = '' } = await exported();
    expect(anchorSheet).toBe(`${path}.anchor.txt`);
    expect((await stat(anchorSheet)).mode & 0o077).toBe(0);
    const sheet = await readFile(anchorSheet, 'utf8');
    const { origin, rootFingerprint } = await bench.trail.identity();
    for (const fact of ['ledger', basename(path), sha256, rootFingerprint]) expect(sheet).toContain(fact);
    const [told] = (await log({ kind: 'export' })).rows;
    const { anchors } = await broughtFrom(anchorSheet);
    expect(anchors).toMatchObject([{ origin }]);
    expect(anchors[0]?.size).toBeGreaterThanOrEqual(told?.seq ?? Number.POSITIVE_INFINITY);
    expect(sheet).toContain(printedCheckpoint(anchors[0]?.note ?? '')?.fingerprint);
    const table = await readFile(path, 'utf8');
    expect(table).not.toContain(rootFingerprint);
  });

  test('leaves no file where it cannot get its name, and says so in the record too', async () => {
    const { path = '' } = await exported();
    const before = await tables(path);
    vi.spyOn(bench.trail, 'head').mockRejectedValue(new Error('The record does not answer.'));
    expect(await exported()).toEqual({ state: 'failed', message: 'The record does not answer.' });
    expect(await tables(path)).toEqual(before);
    vi.restoreAllMocks();
    await vi.waitFor(async () => {
      expect((await log({ kind: 'export' })).rows[0]?.text).toContain('ended without a result: The record does not');
    });
  });

  test('leaves no file where the record takes no row of it', async () => {
    const { path = '' } = await exported();
    const before = await tables(path);
    vi.spyOn(bench.trail, 'append').mockRejectedValue(new Error('full'));
    expect(await exported()).toMatchObject({ state: 'failed' });
    expect(await tables(path)).toEqual(before);
    vi.restoreAllMocks();
  });

  test('tells how far a long one is, is one at a time, and cancelled leaves a row and no file', async () => {
    const { path = '' } = await exported();
    const before = await tables(path);
    const go = await longLog();
    await ask('review.exportLog', ALL);
    await vi.waitFor(async () => {
      expect(await ask('review.logExport', {})).toEqual({ state: 'running', looked: 499, of: 100_000 });
    });
    expect(await sam.call('review.exportLog', ALL)).toMatchObject({ code: 'EXPORT_RUNNING' });
    const more = (await tables(path)).filter((name) => !before.includes(name));
    expect(more).toEqual([expect.stringMatching(/^\.chairside-/)]);
    const cancelled = ask('review.cancelLogExport', {});
    go();
    await cancelled;
    vi.restoreAllMocks();
    expect(await ask('review.logExport', {})).toEqual({ state: 'cancelled' });
    expect(await tables(path)).toEqual(before);
    await vi.waitFor(async () => {
      expect((await log({ kind: 'export' })).rows[0]?.text).toBe(
        'Export of the station log ended without a result: cancelled',
      );
    });
  });

  test('a station that is closed meanwhile leaves nothing of it', async () => {
    const { path = '' } = await exported();
    const before = await tables(path);
    const go = await longLog();
    await ask('review.exportLog', ALL);
    await vi.waitFor(async () => expect(await tables(path)).toHaveLength(before.length + 1));
    const closed = bench.station.close();
    go();
    await closed;
    vi.restoreAllMocks();
    expect(await tables(path)).toEqual(before);
    await rm(dirname(path), { recursive: true });
    bench = await LedgerBench.start();
  });
});
