import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leafHash } from '../../db/hash.ts';
import { engineChunk, event, open, recordSession, temporaryFolder } from '../../db/test-kit.ts';
import type { Trail } from '../../db/trail.ts';
import { bagOf, type Files } from './bag.ts';
import { type ExportedSession, exportSession } from './export-session.ts';
import { verifyFolder } from './verify-folder.ts';

const record = temporaryFolder();
const target = temporaryFolder();
let trail: Trail;
let exported: ExportedSession;

beforeAll(async () => {
  trail = await open(record.path);
  await recordSession(trail, 's0');
  await recordSession(trail, 's1', [engineChunk('s1')]);
  exported = await exportSession(trail, 's1', target.path);
});

afterAll(async () => {
  await trail.close();
  record[Symbol.dispose]();
  target[Symbol.dispose]();
});

const PAYLOAD = [
  'alarm-load.json',
  'drug.csv',
  'events.csv',
  'events.jsonl',
  'extent.json',
  'keys.jsonl',
  'proofs.jsonl',
  'session.json',
  'trends.csv',
];
const PAYLOAD_FILES = [...PAYLOAD, 'checkpoint.txt', 'engine-events.jsonl', 'trends.jsonl']
  .map((name) => `data/${name}`)
  .toSorted();
const TAG_FILES = [
  'README.txt',
  'bag-info.txt',
  'bagit.txt',
  'manifest-sha256.txt',
  'tagmanifest-sha256.txt',
  'verify.mjs',
];

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .toSorted();
}

const text = (path: string): string => readFileSync(join(exported.folder, path), 'utf8');

const otherDigit = (digit: string): string => (digit === '0' ? '1' : '0');

/** The report on a copy of the export in which `change` was made. */
async function reportAfter(change: (folder: string) => void) {
  using copy = temporaryFolder();
  cpSync(exported.folder, copy.path, { recursive: true });
  change(copy.path);
  return await verifyFolder(copy.path, exported.root);
}

/** Alters the payload as an insider would, with fresh manifests: only the evidence itself can object. */
function reportAfterForging(path: string, edit: (content: string) => string) {
  return reportAfter((folder) => {
    const payload: Files = new Map(
      PAYLOAD_FILES.map((name) => {
        const content = readFileSync(join(folder, name), 'utf8');
        return [name, Buffer.from(name === path ? edit(content) : content)];
      }),
    );
    for (const [name, content] of bagOf(payload, {
      readme: text('README.txt'),
      exportedAt: new Date(),
      description: 'forged',
    })) {
      writeFileSync(join(folder, name), content);
    }
  });
}

describe('an export', () => {
  test('is a bag with every file, read back and in order', async () => {
    expect(exported).toMatchObject({ rows: 7, verified: true, root: (await trail.identity()).rootFingerprint });
    expect(filesIn(exported.folder)).toEqual([...TAG_FILES, ...PAYLOAD_FILES].toSorted());
    expect(await verifyFolder(exported.folder, exported.root)).toMatchObject({ damage: [], rows: 7 });
  });

  test('holds each event to the byte as it was hashed', async () => {
    const rows = await trail.sessionRows('s1');
    const lines = text('data/events.jsonl').trimEnd().split('\n');
    expect(lines).toEqual(rows.map(({ body }) => body));
    expect(lines.map((line) => leafHash(line).toString('hex'))).toEqual(rows.map(({ hash }) => hash));
  });

  test('has the name in session.json and nowhere else, and no other session', () => {
    const withName = filesIn(exported.folder).filter((path) => text(path).includes('Ada Example'));
    expect(withName).toEqual(['data/session.json']);
    expect(filesIn(exported.folder).filter((path) => text(path).includes('p-s0'))).toEqual([]);
  });

  test('has tables that no spreadsheet runs as formulas, with units and gaps', () => {
    expect(text('data/events.csv')).toContain(`"'=HYPERLINK(""http://x"")"`);
    const [header, first, second] = text('data/trends.csv').split('\r\n');
    const others = 'HR (ECG) (/min),RR (/min),etCO2 (mmHg),NIBP systolic (mmHg),NIBP diastolic (mmHg),MOAA/S (of 5)';
    expect(header).toBe(
      `\ufefftime (UTC),chair,SpO2 (%),pulse rate (1/min),pump rate (uL/h),delivered volume (uL),${others}`,
    );
    expect(first).toBe('2026-11-22T10:00:00.000Z,1,98,71,12000,10,,,,,,');
    expect(second).toBe('2026-11-22T10:00:01.000Z,1,,,12000,13,,,,,,');
  });

  test('never replaces another', async () => {
    const again = await exportSession(trail, 's1', target.path);
    expect(again.folder).toBe(`${exported.folder}-2`);
    expect(readdirSync(target.path).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('leaves nothing behind where it cannot be written', async () => {
    using folder = temporaryFolder();
    const blocked = join(folder.path, 'file');
    writeFileSync(blocked, '');
    await expect(exportSession(trail, 's1', join(blocked, 'below'))).rejects.toThrow('ENOTDIR');
    await expect(exportSession(trail, 'nobody', folder.path)).rejects.toMatchObject({ code: 'RECORD_FAILED' });
    expect(readdirSync(folder.path)).toEqual(['file']);
  });

  test('of an open session does not claim to be whole', async () => {
    const person = { chairId: '1', patientId: 'p', patientName: 'n', clinician: 'c' };
    await trail.openSession({ id: 'open', ...person }, event('session.open', { session: 'open', patient: 'p' }));
    const { folder, verified } = await exportSession(trail, 'open', target.path);
    const { notProven, findings } = await verifyFolder(folder);
    expect(verified).toBe(true);
    expect(notProven.join()).toContain('it was not closed when it was exported');
    expect(notProven.join()).toContain('compare its fingerprint');
    expect(findings.join()).not.toContain('No event is missing');
  });
});

describe('a changed export', () => {
  test.each([...PAYLOAD_FILES, ...TAG_FILES])('%s altered is named', async (path) => {
    const { damage } = await reportAfter((folder) => {
      const bytes = readFileSync(join(folder, path));
      bytes[40 % bytes.length] = (bytes[40 % bytes.length] ?? 0) ^ 1;
      writeFileSync(join(folder, path), bytes);
    });
    // The last manifest is in no manifest; a change in it shows as a file that does not fit it.
    expect(damage.join('\n')).toContain(path === 'tagmanifest-sha256.txt' ? 'manifest' : path);
  });

  test.each([...PAYLOAD_FILES, ...TAG_FILES])('%s removed is named', async (path) => {
    const { damage } = await reportAfter((folder) => rmSync(join(folder, path)));
    expect(damage.join('\n')).toContain(`${path} is missing`);
  });

  test('an added file is named', async () => {
    const { damage } = await reportAfter((folder) => {
      mkdirSync(join(folder, 'data', 'extra'));
      writeFileSync(join(folder, 'data', 'extra', 'note.txt'), 'x');
    });
    expect(damage).toEqual(['data/extra/note.txt is in no manifest: it was added, or its line was removed.']);
  });

  test.each([
    ['an edited dose', 'data/events.jsonl', (text: string) => text.replace('12000', '1'), /row-hash/],
    [
      'a removed event',
      'data/events.jsonl',
      (text: string) => text.replace(/^.*note\.added.*\n/m, ''),
      /proofs\.jsonl/,
    ],
    [
      'an edited proof',
      'data/proofs.jsonl',
      (text: string) => text.replace(/(?<="proof":\[")./, otherDigit),
      /First damage/,
    ],
    [
      'an edited checkpoint',
      'data/checkpoint.txt',
      (text: string) => text.replace(/\n\d+\n/, '\n9\n'),
      /\(checkpoint\)/,
    ],
    [
      'an edited key',
      'data/keys.jsonl',
      (text: string) => text.replace(/(?<=pub\\":\\")./, otherDigit),
      /First damage/,
    ],
    ['edited trends', 'data/trends.jsonl', (text: string) => text.replace('98', '99'), /\(trend\)/],
    ['removed trends', 'data/trends.jsonl', () => '', /\(trend\).*missing/],
    ['edited engine events', 'data/engine-events.jsonl', (text: string) => text.replace('1100', '1200'), /\(engine\)/],
    ['removed engine events', 'data/engine-events.jsonl', () => '', /\(engine\).*missing/],
    [
      'a broken header of engine events',
      'data/engine-events.jsonl',
      (text: string) => text.replace('"events":2', '"events":"2"'),
      /engine-events\.jsonl line 1/,
    ],
    ['edited alarm figures', 'data/alarm-load.json', (text: string) => `${text} `, /alarm-load\.json does not say/],
    ['an edited table', 'data/events.csv', (text: string) => text.replace('12000', '1'), /events\.csv does not say/],
    [
      'an edited trend table',
      'data/trends.csv',
      (text: string) => text.replace('98', '99'),
      /trends\.csv does not say/,
    ],
    [
      'an edited account of the drug',
      'data/drug.csv',
      (text: string) => text.replace('no-drug', 'balanced'),
      /drug\.csv does not say/,
    ],
    ['another patient', 'data/session.json', (text: string) => text.replace('p-s1', 'p-s0'), /\(session\)/],
    ['another name', 'data/session.json', (text: string) => text.replace('Ada', 'Bob'), /\(session\)/],
    ['another session', 'data/session.json', (text: string) => text.replace('"s1"', '"s0"'), /another session/],
  ])('%s is found although all manifests were made to fit', async (_, path, edit, expected) => {
    const { damage } = await reportAfterForging(path, edit);
    expect(damage.join('\n')).toMatch(expected);
  });

  test('an event left out with its proof is found by the closing row', async () => {
    const { damage } = await reportAfter((folder) => {
      for (const path of ['data/events.jsonl', 'data/proofs.jsonl']) {
        const lines = readFileSync(join(folder, path), 'utf8').split('\n');
        writeFileSync(join(folder, path), lines.toSpliced(5, 1).join('\n'));
      }
    });
    expect(damage[0]).toMatch(/the session had 7 rows from \d+ to \d+; here are 6/);
  });

  test('the record of another station is not taken for this one', async () => {
    const { damage } = await verifyFolder(exported.folder, 'AAAA-AAAA-AAAA-AAAA-AAAA-AAAA');
    expect(damage.join('\n')).toContain('this is not the record of that station');
  });
});
