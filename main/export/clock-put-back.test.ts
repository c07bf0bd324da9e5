import { beforeAll, describe, expect, test } from 'vitest';
import type { SessionBundle } from '../../db/trail.ts';
import type { SessionFacts } from './facts/session-facts.ts';
import { fhirBundle } from './fhir/bundle.ts';
import { fhirProblems } from './fhir/check.ts';
import { fhirText } from './fhir/fhir-text.ts';
import { loadFonts } from './report/fonts.ts';
import { renderReport } from './report/report.ts';
import { readPdf } from './report/testing-pdf.ts';
import { CONTEXT, recordedInfusion } from './testing-infusion.ts';
import { factsOf } from './write/session-bag.ts';

const MINUTES = 10;
const FROM = Date.parse('2026-11-22T08:06:30.000Z');
const HOURS_BACK = 2;

/** The same session, whose station's clock was put back by two hours in the middle. */
function putBack(recorded: SessionBundle): SessionBundle {
  const back = (utc: string): string =>
    Date.parse(utc) < FROM ? utc : new Date(Date.parse(utc) - HOURS_BACK * 3_600_000).toISOString();
  const bodyBack = (body: string): string => body.replace(/"ts":"([^"]+)"/, (_, ts: string) => `"ts":"${back(ts)}"`);
  return {
    ...recorded,
    session: { ...recorded.session, closedAt: back(recorded.session.closedAt ?? '') },
    rows: recorded.rows.map((row) => ({ ...row, body: bodyBack(row.body) })),
    trends: recorded.trends.map((chunk) => ({ ...chunk, startedAt: back(chunk.startedAt) })),
  };
}

let recorded: SessionBundle;
let facts: SessionFacts;
let plain: SessionFacts;

beforeAll(async () => {
  recorded = await recordedInfusion(MINUTES);
  facts = factsOf(putBack(recorded), CONTEXT);
  plain = factsOf(recorded, CONTEXT);
}, 180_000);

const moments = ({ rows, trends, session }: SessionFacts): readonly number[] =>
  [...rows.map(({ ts }) => ts), ...trends.map(({ startedAt }) => startedAt), session.closedAt ?? ''].map(Date.parse);

describe('a session in which the wall clock was put back by two hours', () => {
  test('is told in the order of its rows, with the times that went by', () => {
    const [told, passed] = [moments(facts), moments(plain)];
    // A row that tells of a minute has the monotonic time of its beginning, and so that of the row before.
    expect(told.filter((at, index) => Math.abs(at - (passed[index] ?? 0)) > 2000)).toEqual([]);
    const rows = facts.rows.map(({ ts }) => Date.parse(ts));
    expect(rows).toEqual(rows.toSorted((one, other) => one - other));
    expect(facts.clockPutBackAt).toBe(facts.rows.find(({ ts }) => Date.parse(ts) >= FROM)?.seq);
    expect(plain.clockPutBackAt).toBeNull();
  });

  test('has a valid FHIR bundle that says so: nothing ends before it begins, no resource twice', () => {
    const bundle = fhirBundle(facts, recorded.checkpoint);
    expect(fhirProblems(bundle)).toEqual([]);
    const urls = bundle.entry?.map(({ fullUrl }) => fullUrl) ?? [];
    expect(new Set(urls).size).toBe(urls.length);
    expect(fhirText(facts, recorded.checkpoint)).toContain('was put back at row');
    expect(fhirText(plain, recorded.checkpoint)).not.toContain('was put back');
  });

  test('has a report without negative durations that says so', async () => {
    const report = { facts, fonts: loadFonts(null), proof: null, notice: null, relativeTimes: true };
    const text = (await readPdf(await renderReport(report))).pages.join('\n');
    expect(text).toContain('was put back at row');
    expect(text).toContain('9 min 59 s');
    expect(text).not.toMatch(/-\d+ (?:min|s)\b|-\d\d:\d\d:\d\d/);
  }, 60_000);
});
