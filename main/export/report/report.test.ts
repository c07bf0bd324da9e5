import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { temporaryFolder } from '../../../db/test-kit.ts';
import type { SessionBundle } from '../../../db/trail.ts';
import { CONTEXT, recordedInfusion } from '../testing-infusion.ts';
import { factsOf } from '../write/session-bag.ts';
import { loadFonts } from './fonts.ts';
import { renderReport } from './report.ts';
import { readPdf } from './testing-pdf.ts';

let bundle: SessionBundle;
let events: Buffer;
let pdf: Buffer;

function render(context = CONTEXT): Promise<Buffer> {
  const facts = factsOf(bundle, context);
  const { checkpoint, verification } = bundle;
  const proof = { checkpoint, verification, rootFingerprint: 'AAAA-BBBB', events };
  return renderReport({ facts, fonts: loadFonts(null), proof, notice: null, relativeTimes: false });
}

beforeAll(async () => {
  bundle = await recordedInfusion(45);
  events = Buffer.from(bundle.rows.map(({ body }) => `${body}\n`).join(''));
  pdf = await render();
}, 180_000);

/** What a tool of the system says of the report; the test is skipped where the tool is not. */
function toolSays({ skip }: TestContext, tool: string, args: (path: string) => readonly string[]): string {
  using folder = temporaryFolder();
  const path = join(folder.path, 'report.pdf');
  writeFileSync(path, pdf);
  try {
    return execFileSync(tool, args(path), { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') skip(`${tool} is not on this machine`);
    throw error;
  }
}

/** All streams of the document that can be unpacked. */
function streams(document: Buffer): readonly Buffer[] {
  const found: Buffer[] = [];
  for (let at = document.indexOf('stream\n'); at >= 0; at = document.indexOf('stream\n', at + 7)) {
    if (document.subarray(at - 3, at).toString() === 'end') continue;
    const content = document.subarray(at + 7, document.indexOf('\nendstream', at));
    try {
      found.push(inflateSync(content));
    } catch {
      found.push(content); // Not packed.
    }
  }
  return found;
}

describe('the report of a session', { timeout: 180_000 }, () => {
  test('is the same to the byte for the same record', async () => {
    expect((await render()).equals(pdf)).toBe(true);
  });

  test('says that it is PDF/A-3b, tagged, in English, with embedded fonts only', () => {
    const text = pdf.toString('latin1');
    const metadata = streams(pdf)
      .map(String)
      .find((stream) => stream.includes('pdfaid:part'));
    expect(metadata).toMatch(/<pdfaid:part>3<\/pdfaid:part>\s*<pdfaid:conformance>B</);
    expect(text).toMatch(/\/Marked true/);
    expect(text).toMatch(/\/Lang \(en-GB\)/);
    expect(text).toMatch(/\/OutputIntents/);
    expect(text.match(/\/Type \/FontDescriptor/g)).toHaveLength(3);
    expect(text.match(/\/FontFile2/g)).toHaveLength(3);
    expect(text).not.toMatch(/\/BaseFont \/Helvetica/);
  });

  test('has the events attached to the byte, as the source of what it says', () => {
    expect(streams(pdf).some((stream) => stream.equals(events))).toBe(true);
    expect(pdf.toString('latin1')).toMatch(/\/AFRelationship \/Source/);
  });

  test('passes qpdf', (context) => {
    expect(toolSays(context, 'qpdf', (path) => ['--check', path])).toContain('No syntax or stream encoding errors');
  });

  test('gives its attachments back to another reader', async () => {
    const { attachments } = await readPdf(pdf);
    expect([...attachments.keys()].toSorted()).toEqual(['checkpoint.txt', 'events.jsonl']);
    expect(attachments.get('events.jsonl')?.equals(events)).toBe(true);
  });

  test('says on every page that it is simulated and no cleared device, and what its times are', async () => {
    const { pages } = await readPdf(pdf);
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) {
      expect(page).toContain('SIMULATED - NOT A REAL PATIENT');
      expect(page).toContain('not a cleared medical device');
    }
    const all = pages.join('').replaceAll('\n', ' ');
    for (const wanted of [
      'Zoë Łukasiewicz-Example',
      'Europe/Zurich',
      'PREDICTED plasma concentration (ng/mL)',
      'A PROPOSAL: a clinician of the site has to set',
      'Responsibility: resumed the infusion',
      'Dana Clinician (dana)',
      '2026-11-22 09:00:00 +01:00',
      'SpO2 low',
      'own limit; for everybody below 90',
      'Home oxygen since 14.03.2019',
      'Anna Approver',
      'etCO2 (mmHg)',
      'Responds lethargically to name',
      'Turned high, nobody',
      'OPEN - declared so with a reason',
      'NDC 42023-138-10',
      'Wilma Witness',
      'corrects row',
      'NO - changed after sign-off',
      'rows lie after the last anchor',
    ]) {
      expect(all).toContain(wanted);
    }
  });

  test('promises no more of a check than it does: the pages themselves are not proven', async () => {
    const { pages } = await readPdf(pdf);
    const last = pages.at(-1)?.replaceAll('\n', ' ');
    expect(last).toContain('Not checked by it: the pages of this report.');
    expect(last).toContain('they are not signed');
    expect(last).not.toContain('checks all of it');
  });

  test('of a real session does not say that it is simulated', async () => {
    const { pages } = await readPdf(await render({ ...CONTEXT, simulated: false }));
    expect(pages.join('')).not.toContain('SIMULATED');
  });
});
