import { beforeAll, describe, expect, test } from 'vitest';
import type { SessionBundle } from '../../db/trail.ts';
import { REDACTED_BODY } from '../../db/verify-session.ts';
import { alarmLoadJson } from './alarm-load.ts';
import { bagOf, type Files } from './bag.ts';
import { eventsCsv } from './csv.ts';
import { drugCsv } from './drug-csv.ts';
import { loadFonts } from './report/fonts.ts';
import { CONTEXT, recordedInfusion } from './testing-infusion.ts';
import { exitCodeOf } from './verdict.ts';
import { verifyFiles } from './verify-folder.ts';
import { identifiedBag } from './write/session-bag.ts';

// What docs/security.md, "Redaction", says of the files that a redacted copy keeps.

const NOTICE = 'REDACTED';
let whole: Files;
let bundle: SessionBundle;

beforeAll(async () => {
  bundle = await recordedInfusion(2);
  whole = await identifiedBag(bundle, 'X', { context: CONTEXT, fonts: loadFonts(null) });
}, 180_000);

/** The rows of people's notes taken out, the tables made anew from the others, and the files named taken away. */
function redacted(without: readonly string[]): Files {
  const bodies = bundle.rows.map(({ body }) => (body.includes('"act":"session.') ? REDACTED_BODY : body));
  const told = bodies.filter((body) => body !== REDACTED_BODY);
  const anew = new Map([
    ['data/events.jsonl', bodies.map((body) => `${body}\n`).join('')],
    ['data/events.csv', eventsCsv(told)],
    ['data/drug.csv', drugCsv(told)],
    ['data/alarm-load.json', alarmLoadJson(told)],
  ]);
  const payload = [...whole].filter(([path]) => path.startsWith('data/') && !without.includes(path));
  return bagOf(new Map(payload.map(([path, bytes]) => [path, Buffer.from(anew.get(path) ?? bytes)])), {
    readme: NOTICE,
    exportedAt: null,
    description: NOTICE,
  });
}

describe('a redacted copy', () => {
  test('without the report and the exchange file is as it should be', () => {
    const report = verifyFiles(redacted(['data/report.pdf', 'data/fhir.json']));
    expect(report.damage).toEqual([]);
    expect(report.redacted).toBeGreaterThan(0);
    expect(exitCodeOf(report)).toBe(3);
  });

  test.each(['data/report.pdf', 'data/fhir.json'])(
    'that keeps %s still holds what was taken out, and is told so',
    (kept) => {
      const others = ['data/report.pdf', 'data/fhir.json'].filter((path) => path !== kept);
      const report = verifyFiles(redacted(others));
      expect(exitCodeOf(report)).toBe(1);
      expect(report.damage).toEqual([
        `${kept} was made before the events were redacted and still tells what was taken out: a redacted copy must be without it.`,
      ]);
    },
  );
});
