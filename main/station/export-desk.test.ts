import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { open, recordSession, temporaryFolder } from '../../db/test-kit.ts';
import type { Trail } from '../../db/trail.ts';
import type { ExportSubject } from '../../preload/contract/exports.ts';
import { choose } from './export-choice.ts';
import { exportBench } from './export-bench.ts';
import type { ExportDesk, ExportRequest } from './export-desk.ts';

const folder = temporaryFolder();
const target = join(folder.path, 'exports');
const SAM = { id: 'sam', name: 'Sam', role: 'supervisor' } as const;
let trail: Trail;
let desk: ExportDesk;

beforeAll(async () => {
  trail = await open(join(folder.path, 'record'));
  for (const id of ['s0', 's1', 's2']) await recordSession(trail, id);
  desk = exportBench(trail, target, (row) => void written.push(row));
});
afterAll(async () => {
  await trail.close();
  folder[Symbol.dispose]();
});

async function begin(subject: ExportSubject, content: ExportRequest['content'] = 'identified'): Promise<string> {
  return desk.start({ subject, form: 'zip', content }, await choose(subject, content, trail), SAM);
}

/** Acts that were written down, in order. */
const written: { readonly act: string; readonly outcome: string; readonly new?: unknown }[] = [];

const today = new Date();
const two = (figure: number): string => String(figure).padStart(2, '0');
const DAY = `${today.getFullYear()}-${two(today.getMonth() + 1)}-${two(today.getDate())}`;

test('a patient, one at a time, with progress and a result', { timeout: 180_000 }, async () => {
  const id = await begin({ kind: 'person', patientId: 'P-S1' });
  expect(desk.stateOf(id)).toEqual({ state: 'running', done: 0, sessions: 1, checked: null });
  await expect(begin({ kind: 'person', patientId: 'p-s1' })).rejects.toMatchObject({ code: 'EXPORT_RUNNING' });
  expect(await desk.result(id)).toMatchObject({
    state: 'done',
    sessions: 1,
    rows: 6,
    verified: true,
    anchorSheet: null,
  });
  expect(written.at(-1)).toMatchObject({
    act: 'export.collection',
    outcome: 'ok',
    new: { of: 'person', what: 'P-S1', sessions: 1, rows: 6, manifest: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
});

test('a day has all its sessions', { timeout: 180_000 }, async () => {
  const done = await desk.result(await begin({ kind: 'day', day: DAY }, 'safe-harbor'));
  expect(done).toMatchObject({ state: 'done', verified: true });
  expect(done.state === 'done' && existsSync(done.path) && !done.path.includes(DAY)).toBe(true);
  const { path, anchorSheet } = done.state === 'done' ? done : { path: '', anchorSheet: null };
  expect(anchorSheet).toBe(`${path}.anchor.txt`);
  expect(readFileSync(anchorSheet ?? '', 'utf8')).toContain((await trail.identity()).rootFingerprint);
});

test('a cancelled export is gone, from the disk too', { timeout: 180_000 }, async () => {
  const before = readdirSync(target);
  const id = await begin({ kind: 'day', day: DAY });
  await desk.cancel(id);
  expect(desk.stateOf(id)).toEqual({ state: 'cancelled' });
  expect(readdirSync(target)).toEqual(before);
  await expect
    .poll(() => written.at(-1))
    .toMatchObject({ act: 'export.ended', outcome: 'failed', reason: 'cancelled' });
});

test('a choice without a session is refused, and so is an export nobody started', async () => {
  await expect(begin({ kind: 'drug', drug: 'propofol' })).rejects.toMatchObject({ code: 'NOTHING_TO_EXPORT' });
  await expect(begin({ kind: 'session', sessionId: 'nobody' })).rejects.toMatchObject({ code: 'UNKNOWN_SESSION' });
  expect(() => desk.stateOf('nobody')).toThrow('knows no such export');
});
