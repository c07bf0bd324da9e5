import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { PROPOSED_PROFILE } from '../../core/profile.ts';
import { open, recordSession, temporaryFolder } from '../../db/test-kit.ts';
import type { Trail } from '../../db/trail.ts';
import { monotonicClock } from '../../drivers/kit/clock.ts';
import { newDraft } from '../../main/export/write/sink.ts';
import { exportBench } from '../../main/station/export-bench.ts';
import { choose } from '../../main/station/export-choice.ts';
import { createStation } from '../../main/station/station.ts';
import { FakeHost } from '../../main/station/test-kit.ts';

const EXPORTER = fileURLToPath(new URL('./killed-exporter.ts', import.meta.url));
const WITHIN = { timeout: 120_000, interval: 50 };

/** Names of what is hidden in the folder of exports. */
const hidden = (exports: string): string[] => {
  const names = existsSync(exports) ? readdirSync(exports) : [];
  return names.filter((name) => name.startsWith('.'));
};

const texts = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1'))
    .join('');

async function rowsOf(trail: Trail) {
  const asked = { before: null, kinds: ['export.drafts'], from: null, to: null, limit: 10 };
  const rows = await trail.stationRows(asked);
  return rows.map(({ body }) => JSON.parse(body) as { readonly outcome: string; readonly new: unknown });
}

function startedStation(trail: Trail, exportFolder: string) {
  return createStation({
    configuration: { stationName: 'test', demonstration: false, chairs: [], people: [] },
    trail,
    spawnDeviceHost: () => new FakeHost(),
    clock: monotonicClock,
    profile: PROPOSED_PROFILE,
    host: 'browser',
    version: '0',
    exportFolder,
    backupSound: null,
    playScenario: null,
  });
}

test('what a station that was killed during an export left, with the name of the patient, is gone at the next start, and a row says so', {
  timeout: 300_000,
}, async () => {
  using work = temporaryFolder();
  const exports = join(work.path, 'exports');
  const child = spawn(process.execPath, [EXPORTER, work.path], { stdio: 'inherit' });
  const exit = once(child, 'exit');
  await expect
    .poll(() => hidden(exports).some((name) => texts(join(exports, name)).includes('Ada Example')), WITHIN)
    .toBe(true);
  child.kill('SIGKILL');
  await exit;
  expect(hidden(exports)).toHaveLength(1);

  const trail = await open(join(work.path, 'record'));
  const station = await startedStation(trail, exports);
  await expect.poll(() => rowsOf(trail), WITHIN).toMatchObject([{ outcome: 'ok', new: { removed: 1, left: 0 } }]);
  expect(readdirSync(exports)).toEqual([]);
  await station.close();
});

test('the next export removes a draft too, never the one that is being written, and nothing that only looks like one', {
  timeout: 300_000,
}, async () => {
  using work = temporaryFolder();
  const exports = join(work.path, 'exports');
  mkdirSync(exports);
  const trail = await open(join(work.path, 'record'));
  await recordSession(trail, 's1');
  const desk = exportBench(trail, exports, () => undefined);
  const left = newDraft(exports);
  writeFileSync(left, 'Ada Example');
  writeFileSync(join(exports, '.chairside-of-somebody'), 'kept');
  const others = new Set([basename(left), '.chairside-of-somebody']);
  const drafts = (): number => hidden(exports).filter((name) => !others.has(name)).length;
  const subject = { kind: 'session', sessionId: 's1' } as const;
  const request = { subject, form: 'folder', content: 'identified' } as const;
  const id = desk.start(request, await choose(subject, 'identified', trail), {
    id: 'sam',
    name: 'Sam',
    role: 'supervisor',
  });
  // It stands there for as long as the report is drawn, a second and more.
  await expect.poll(drafts, { ...WITHIN, interval: 5 }).toBe(1);
  await desk.removeDrafts();
  expect(drafts()).toBe(1);
  await expect.poll(() => rowsOf(trail), WITHIN).toMatchObject([{ new: { removed: 1, left: 0 } }]);
  expect(await desk.result(id)).toMatchObject({ state: 'done', verified: true });
  expect(hidden(exports)).toEqual(['.chairside-of-somebody']);
  expect(await rowsOf(trail)).toHaveLength(1);
  await trail.close();
});
