import { execFileSync } from 'node:child_process';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { temporaryFolder } from '../../../db/test-kit.ts';
import type { SessionBundle } from '../../../db/trail.ts';
import type { Files } from '../bag.ts';
import { readExport } from '../read-export.ts';
import { runExport } from '../run/run-export.ts';
import { CONTEXT, recordedInfusion, senderOf } from '../testing-infusion.ts';
import { TRACES } from '../testing-rows.ts';
import { exitCodeOf } from '../verdict.ts';
import { verifyFolder } from '../verify-folder.ts';
import { newDraft } from '../write/sink.ts';
import type { DeidentifiedContent } from './variant.ts';

const target = temporaryFolder();
let bundle: SessionBundle;

beforeAll(async () => {
  bundle = await recordedInfusion(30);
}, 180_000);
afterAll(() => target[Symbol.dispose]());

async function exported(content: DeidentifiedContent, isCollection: boolean): Promise<string> {
  const collection = isCollection ? { name: `chairside-${content}-one_patient`, subject: 'one patient' } : null;
  const plan = {
    form: 'zip',
    content,
    target: target.path,
    draft: newDraft(target.path),
    collection,
    rootFingerprint: 'X',
  } as const;
  const { path, verified } = await runExport({
    order: { plan, context: CONTEXT, siteKey: new Uint8Array(32).fill(7), fontFolder: null },
    sessions: [bundle.session.id],
    trail: senderOf(bundle),
    workerUrl: null,
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
  expect(verified).toBe(true);
  return path;
}

/** Everything by which somebody could find the person, the device, the day or another row. */
function identifiers(): readonly string[] {
  const { session, sessionNonce, rows, checkpoint } = bundle;
  const bodies = rows.map(({ body }) => JSON.parse(body) as { salt: string; prev: string; ts: string });
  const persons = ['Łukasiewicz', 'Zoë', session.patientId, 'dana', 'Dana', 'Sam ', 'Supervisor'];
  const places = [session.id, '9f31c07a', session.chairId, 'room 1', 'room%201', 'b00t', 'Europe/Zurich'];
  const things = ['SN-PUMP-553', 'LOT-7Q44', 'Consultant', '=1+1', sessionNonce];
  const days = ['2026-11-22', '2026-11-23', '20261122', '22.11.2026'];
  return [
    ...TRACES,
    ...persons,
    ...places,
    ...things,
    ...days,
    ...bodies.flatMap(({ salt, prev, ts }) => [salt, prev, ts]),
    ...rows.map(({ hash }) => hash),
    ...checkpoint.split('\n').filter((line) => line.length > 6),
  ];
}

/** Text of a file, and of a report also what is packed in it and what is printed. */
function textsOf(path: string, content: Buffer): readonly string[] {
  if (!path.endsWith('.pdf')) return [content.toString('utf8')];
  return [content.toString('latin1'), unpacked(content), utf16(content), printed(content)];
}

function unpacked(document: Buffer): string {
  const texts: string[] = [];
  for (let at = document.indexOf('stream\n'); at >= 0; at = document.indexOf('stream\n', at + 7)) {
    try {
      texts.push(inflateSync(document.subarray(at + 7, document.indexOf('\nendstream', at))).toString('latin1'));
    } catch {
      continue; // Not packed: searched as it is.
    }
  }
  return texts.join('\n');
}

/** Strings of the document's own data are UTF-16 where they are not plain. */
function utf16(document: Buffer): string {
  return document.toString('latin1').replaceAll('\0', '');
}

function printed(document: Buffer): string {
  using folder = temporaryFolder();
  const path = join(folder.path, 'report.pdf');
  writeFileSync(path, document);
  try {
    return execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'pdftotext is not on this machine';
    throw error;
  }
}

function leaks(path: string, files: Files): readonly string[] {
  const searched: [string, string][] = [
    ['the name', path],
    ...[...files].flatMap(([name, content]) =>
      [name, ...textsOf(name, content)].map((text): [string, string] => [name, text]),
    ),
  ];
  const wanted = identifiers();
  return searched.flatMap(([name, text]) =>
    wanted.filter((each) => text.includes(each)).map((each) => `${name}: ${each}`),
  );
}

describe.each(['safe-harbor', 'date-shifted'] as const)('an export %s', (content) => {
  test.each([false, true])(
    'holds none of the identifiers of its source (collection: %s)',
    async (isCollection) => {
      const path = await exported(content, isCollection);
      const files = await readExport(path);
      expect([...files.keys()].filter((name) => name.endsWith('.pdf'))).toHaveLength(1);
      expect(leaks(path.slice(target.path.length), files)).toEqual([]);
      const codes = [...files].flatMap(([name, content]) =>
        name.includes('manifest-') ? [] : (content.toString('latin1').match(/\b[0-9a-f]{64}\b/g) ?? []),
      );
      expect(codes, 'a digest of a salted row is a code by which rows can be joined').toEqual([]);
      const report = await verifyFolder(path);
      expect(report).toMatchObject({ damage: [], findings: [], hasEvidence: false });
      expect(exitCodeOf(report)).toBe(2);
    },
    60_000,
  );

  test('is labelled as what it is', async () => {
    const files = await readExport(await exported(content, false));
    const wanted = content === 'safe-harbor' ? /DE-IDENTIFIED.*Safe Harbor/ : /LIMITED DATA SET.*NOT de-identified/;
    for (const name of ['README.txt', 'data/deidentified.json']) expect(files.get(name)?.toString()).toMatch(wanted);
  }, 180_000);

  test('keeps what the infusion was, and its intervals', async () => {
    const files = await readExport(await exported(content, false));
    const trends = files.get('data/trends.csv')?.toString('utf8').split('\r\n') ?? [];
    expect(trends).toHaveLength(2 + 30 * 60);
    const [first, second] = [trends[1]?.split(','), trends[61]?.split(',')];
    if (content === 'safe-harbor') expect([first?.[0], second?.[0]]).toEqual(['00:00:00', '00:01:00']);
    else expect(Date.parse(second?.[0] ?? '') - Date.parse(first?.[0] ?? '')).toBe(60_000);
    const events = files.get('data/events.csv')?.toString();
    expect(events).toContain('Alarm: SpO2 low (value 86, limit 90)');
    expect(events).toContain('NIBP 122/71 mmHg entered');
    expect(events).toMatch(/Drug wasted: 35 mL \(70 mg\), withheld, witness clinician-x[0-9a-f]{8}/);
    expect(trends[0]).toContain('etCO2 (mmHg)');
    const drug = files.get('data/drug.csv')?.toString();
    expect(drug).toMatch(/clinician-x[0-9a-f]{8},waste,34900,69800,35000,syringe,2000/);
    expect(drug).toContain('withheld,declared');
  }, 180_000);
});

test('the search finds an identifier that is there', async () => {
  const files = new Map([['data/x.csv', Buffer.from('a,Dana,b')]]);
  expect(leaks('/chairside', files)).toEqual(['data/x.csv: Dana']);
});
