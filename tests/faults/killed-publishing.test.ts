import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../db/test-kit.ts';
import { removeDeadDrafts } from '../../main/export/write/dead-drafts.ts';
import { removeDraft, waitingSheet } from '../../main/export/write/publish.ts';
import { newDraft } from '../../main/export/write/sink.ts';

// an export that must not carry its anchor and the sheet that does are two names; nothing may leave one without the other.

const PUBLISHER = fileURLToPath(new URL('./killed-publisher.ts', import.meta.url));
const NONE = new Set<string>();
const BOTH = ['export', 'export.anchor.txt'];

function killedAt(step: number, folder: string): boolean {
  const { signal, status, stderr } = spawnSync(process.execPath, [PUBLISHER, folder, String(step)], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect([signal, status]).toEqual(signal === null ? [null, 0] : ['SIGKILL', null]);
  return signal !== null;
}

test('a station killed at any step of naming an export leaves, after the next start, both the export and its sheet or neither', async () => {
  const ends: string[][] = [];
  for (let step = 0, isKilled = true; isKilled; step += 1) {
    using folder = temporaryFolder();
    isKilled = killedAt(step, folder.path);
    const found = await removeDeadDrafts(folder.path, NONE);
    expect(found, `step ${step}`).toMatchObject({ left: 0, failure: null });
    const names = readdirSync(folder.path).toSorted();
    ends.push(names);
    if (names.length === 0) continue;
    expect(names, `step ${step}`).toEqual(BOTH);
    expect(readFileSync(join(folder.path, 'export.anchor.txt'), 'utf8')).toBe('sheet of export\n');
    expect(readFileSync(join(folder.path, 'export', 'data', 'x.txt'), 'utf8')).toBe('x');
  }
  // It was killed before the export had its name, between the two names, and not at all.
  expect(ends.filter((names) => names.length === 0).length).toBeGreaterThanOrEqual(3);
  expect(ends.filter((names) => names.length === 2).length).toBeGreaterThanOrEqual(3);
}, 60_000);

/** A sheet that waits for its name. */
function waiting(draft: string, text: string): void {
  mkdirSync(waitingSheet(draft));
  writeFileSync(join(waitingSheet(draft), 'export.anchor.txt'), text);
}

test('a sheet of an export that is being written is left alone', async () => {
  using folder = temporaryFolder();
  const draft = newDraft(folder.path);
  waiting(draft, 'running');
  expect(await removeDeadDrafts(folder.path, new Set([draft]))).toEqual({
    removed: 0,
    left: 0,
    sheets: 0,
    failure: null,
  });
  expect(existsSync(waitingSheet(draft))).toBe(true);
});

test('an export whose thread died between the two names keeps its sheet for the next start', async () => {
  using folder = temporaryFolder();
  const draft = newDraft(folder.path);
  waiting(draft, 'late');
  await removeDraft(draft);
  expect(await removeDeadDrafts(folder.path, NONE)).toEqual({ removed: 0, left: 0, sheets: 1, failure: null });
  expect(readFileSync(join(folder.path, 'export.anchor.txt'), 'utf8')).toBe('late');
  expect(readdirSync(folder.path)).toEqual(['export.anchor.txt']);
});

test('a sheet that was cut off before its name replaces no other, and is told of', async () => {
  using folder = temporaryFolder();
  const draft = newDraft(folder.path);
  waiting(draft, 'late');
  writeFileSync(join(folder.path, 'export.anchor.txt'), 'of another');
  expect(await removeDeadDrafts(folder.path, NONE)).toEqual({ removed: 0, left: 1, sheets: 0, failure: 'EEXIST' });
  expect(readFileSync(join(folder.path, 'export.anchor.txt'), 'utf8')).toBe('of another');
  expect(readFileSync(join(waitingSheet(draft), 'export.anchor.txt'), 'utf8')).toBe('late');
});
