import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../db/test-kit.ts';
import type { SessionBundle } from '../../../db/trail.ts';
import { loadFonts } from '../report/fonts.ts';
import { CONTEXT, recordedInfusion } from '../testing-infusion.ts';
import { exitCodeOf } from '../verdict.ts';
import { verifyFolder } from '../verify-folder.ts';
import type { ExportContent } from '../deidentify/variant.ts';
import { ExportWriter } from './export-writer.ts';
import { newDraft } from './sink.ts';

let whole: SessionBundle;

beforeAll(async () => {
  whole = await recordedInfusion(2);
}, 180_000);

async function exported(
  target: string,
  bundles: readonly SessionBundle[],
  isCollection = false,
  content: ExportContent = 'identified',
) {
  const plan = {
    form: 'folder',
    content,
    target,
    draft: newDraft(target),
    collection: isCollection ? { name: 'chairside-day-2026-11-22', subject: 'day 2026-11-22' } : null,
    rootFingerprint: 'X',
    keys: { site: Buffer.alloc(32), export: Buffer.alloc(32) },
  } as const;
  const writer = new ExportWriter(plan, { context: CONTEXT, fonts: loadFonts(null) });
  for (const bundle of bundles) await writer.add(bundle);
  const outcome = await writer.finish();
  return { ...outcome, ...(await writer.publish()) };
}

/** The row with the given place, with another text. */
function changed(bundle: SessionBundle, at: number, change: (body: string) => string): SessionBundle {
  return {
    ...bundle,
    rows: bundle.rows.map((row, index) => (index === at ? { ...row, body: change(row.body) } : row)),
  };
}

const DAMAGE: readonly [what: string, damage: (bundle: SessionBundle) => SessionBundle][] = [
  ['an edited dose', (bundle) => changed(bundle, 0, (body) => body.replace('"doseUg":', '"doseUg":9'))],
  ['a row that is no JSON any more', (bundle) => changed(bundle, 5, (body) => body.slice(0, 40))],
  ['a row of another form', (bundle) => changed(bundle, 5, () => '{"seq":"five"}')],
  [
    'a row that is gone',
    (bundle) => ({ ...bundle, rows: bundle.rows.toSpliced(7, 1), proofs: bundle.proofs.toSpliced(7, 1) }),
  ],
  [
    'changed trend values',
    (bundle) => ({ ...bundle, trendLines: bundle.trendLines.map((line) => line.replace('"spo2":[', '"spo2":[9')) }),
  ],
  ['a checkpoint that is torn', (bundle) => ({ ...bundle, checkpoint: bundle.checkpoint.slice(0, 30) })],
];

describe('the export of a session whose record is damaged', { timeout: 60_000 }, () => {
  test.each(DAMAGE)(
    '%s: holds what is there, says so in its name and where, and does not check out',
    async (_, damage) => {
      using target = temporaryFolder();
      const damaged = damage(whole);
      const outcome = await exported(target.path, [damaged]);
      expect(outcome.verified).toBe(false);
      expect(outcome.path).toMatch(/-NOT-WHOLE$/);
      const read = (path: string): string => readFileSync(join(outcome.path, path), 'utf8');
      expect(read('data/events.jsonl')).toBe(damaged.rows.map(({ body }) => `${body}\n`).join(''));
      expect(read('data/events.csv').trimEnd().split('\r\n').length).toBeGreaterThan(damaged.rows.length);
      expect(read('README.txt')).toContain('Read damage.txt first');
      expect(readdirSync(join(outcome.path, 'data'))).not.toContain('report.pdf');
      const report = await verifyFolder(outcome.path);
      expect(exitCodeOf(report)).toBe(1);
      expect(report.damage).toHaveLength(1);
      const [first = ''] = report.damage;
      expect(read('damage.txt')).toContain(first);
    },
  );

  describe.each(['safe-harbor', 'date-shifted'] as const)('without identifiers (%s)', (content) => {
    test.each(DAMAGE)('%s: says so in its name, and where without a number of the trail', async (_, damage) => {
      using target = temporaryFolder();
      const damaged = damage(whole);
      const { path, verified } = await exported(target.path, [damaged], false, content);
      expect(path).toMatch(/-NOT-WHOLE$/);
      expect(verified).toBe(false);
      const read = (file: string): string => readFileSync(join(path, file), 'utf8');
      const told = read('damage.txt');
      expect(told).toContain('THE EVIDENCE OF THIS SESSION IS DAMAGED');
      expect(told).toMatch(/found the first damage \([\w-]+\) (at event \d+ of those|beside the events)/);
      expect(read('README.txt')).toContain('Read damage.txt first');
      expect(read('bag-info.txt')).toContain('NOT WHOLE');
      expect(readdirSync(join(path, 'data'))).not.toContain('report.pdf');
      const { id, patientId, patientName, chairId } = whole.session;
      const all = ['damage.txt', 'README.txt', 'data/events.csv', 'data/drug.csv'].map(read).join('\n');
      for (const identifier of [id, patientId, patientName]) expect(all).not.toContain(identifier);
      expect(told).not.toMatch(/\brows? \d/);
      expect(told).not.toContain(` ${chairId} `);
      const report = await verifyFolder(path);
      expect(exitCodeOf(report)).toBe(2);
      expect(report.notProven.join()).toContain('says of itself that the evidence of its session is damaged');
    });
  });

  test('without identifiers, whole: has neither the name nor the file', async () => {
    using target = temporaryFolder();
    const { path, verified } = await exported(target.path, [whole], false, 'safe-harbor');
    expect([path.includes('NOT-WHOLE'), verified, readdirSync(path).includes('damage.txt')]).toEqual([
      false,
      true,
      false,
    ]);
  });

  test('stands among others, whose evidence holds, and the name of the collection says so', async () => {
    using target = temporaryFolder();
    const [[, damage] = ['', (bundle: SessionBundle) => bundle]] = DAMAGE.slice(1);
    const { path, verified } = await exported(target.path, [damage(whole), whole], true);
    expect([basename(path), verified]).toEqual(['chairside-day-2026-11-22-NOT-WHOLE', false]);
    const names = readdirSync(join(path, 'data', 'sessions')).toSorted();
    expect(names.map((name) => name.endsWith('-NOT-WHOLE'))).toEqual([false, true]);
    expect(readdirSync(join(path, 'data', 'sessions', names[0] ?? '', 'data'))).toContain('report.pdf');
    expect(readFileSync(join(path, 'data', 'index.csv'), 'utf8')).toContain('-NOT-WHOLE');
  });

  test('one that is whole has neither the name nor the file', async () => {
    using target = temporaryFolder();
    const { path } = await exported(target.path, [whole]);
    expect(path).not.toContain('NOT-WHOLE');
    expect(readdirSync(path)).not.toContain('damage.txt');
  });
});
