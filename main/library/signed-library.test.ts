import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { SHIPPED_LIBRARY } from '../../core/shipped-library.ts';
import { libraryProblem, loadLibrary, provedLibrary, SHIPPED } from './signed-library.ts';
import { ANNA, approver, BORIS, content, signed, TRUSTED } from './testing-library.ts';

const folder = mkdtempSync(join(tmpdir(), 'chairside-library-'));
afterAll(() => rmSync(folder, { recursive: true }));

const EVE = approver('Eve');
const now = new Date('2026-11-22T12:00:00Z');

describe('a library signed by two trusted approvers', () => {
  test('is used as it is written, and no proposal any more', async () => {
    const path = join(folder, 'library.json');
    writeFileSync(path, signed(content()));
    const loaded = await loadLibrary(path, TRUSTED);
    expect(loaded).toMatchObject({ fault: null, approvedBy: ['Anna Approver', 'Boris Approver'] });
    expect(loaded.library).toEqual({ ...SHIPPED_LIBRARY, version: 'site-1', proposal: false });
    expect(loaded.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(libraryProblem(loaded, now)).toBeNull();
  });

  test('has the same digest however it is laid out, and another when a figure differs', () => {
    const loaded = provedLibrary(signed(content()), TRUSTED);
    const turned = Object.fromEntries(Object.entries(content()).toReversed());
    expect(provedLibrary(signed(turned), TRUSTED).digest).toBe(loaded.digest);
    expect(provedLibrary(signed(content({ version: 'site-2' })), TRUSTED).digest).not.toBe(loaded.digest);
  });
});

describe('a library gives no entry and says why', () => {
  const tampered = signed(content()).replace('"hardMax": 1000', '"hardMax": 9000');
  const [first] = content().entries;
  test.each<[string, string, RegExp]>([
    ['changed after it was signed', tampered, /does not fit: the library was changed/],
    [
      'by an approver the station does not trust',
      signed(content({ approvedBy: [ANNA, EVE].map(named) }), [ANNA, EVE]),
      /Eve is not one/,
    ],
    ['with one signature only', signed(content(), [ANNA]), /signature of Boris Approver is missing/],
    ['signed by another in the name of the second', forged(), /Boris Approver does not fit/],
    [
      'whose two approvers are one key',
      signed(content({ approvedBy: [named(ANNA), { name: 'Other', key: ANNA.key }] })),
      /not two different/,
    ],
    [
      'whose two approvers are one name',
      signed(content({ approvedBy: [named(ANNA), { name: ANNA.name, key: BORIS.key }] })),
      /not two different/,
    ],
    ['that is no JSON', '{', /malformed/],
    ['that is another file', '{"a":1}', /malformed/],
    ['with an unknown key', signed({ ...content(), surprise: 1 }), /malformed/],
    ['with a fraction', signed({ ...content(), entries: [{ ...first, predictionCeilingNgPerMl: 0.5 }] }), /malformed/],
    [
      'without a daily total',
      signed(content({ entries: content().entries.map((one) => ({ ...one, windows: [] })) })),
      /no daily/,
    ],
  ])('%s', (_what, text, fault) => {
    const loaded = provedLibrary(text, TRUSTED);
    expect(loaded.library.entries).toEqual([]);
    expect(loaded.fault).toMatch(fault);
    expect(libraryProblem(loaded, now)).toContain(loaded.fault);
  });

  test('that is not there, without an error', async () => {
    expect((await loadLibrary(join(folder, 'none.json'), TRUSTED)).fault).toMatch(/cannot be read/);
  });

  test('with half a character in a text, which has no canonical form', async () => {
    const path = join(folder, 'half.json');
    writeFileSync(path, signed(content()).replace('site-1', '\\ud800'));
    expect((await loadLibrary(path, TRUSTED)).fault).toMatch(/cannot be read|malformed/);
  });
});

describe('the days of a library are in UTC', () => {
  const loaded = provedLibrary(signed(content({ effectiveFrom: '2026-11-22', expiresOn: '2026-11-23' })), TRUSTED);
  test.each([
    ['2026-11-21T23:59:59.999Z', /not effective before 2026-11-22/],
    ['2026-11-22T00:00:00.000Z', null],
    ['2026-11-22T23:59:59.999Z', null],
    ['2026-11-23T00:00:00.000Z', /expired on 2026-11-23/],
  ])('at %s: %s', (at, problem) => {
    const found = libraryProblem(loaded, new Date(at));
    if (problem === null) expect(found).toBeNull();
    else expect(found).toMatch(problem);
  });
});

test('the shipped proposal needs no file, has a digest and no end', () => {
  expect(SHIPPED).toMatchObject({ fault: null, valid: null, library: { proposal: true } });
  expect(libraryProblem(SHIPPED, new Date(8e15))).toBeNull();
});

function named({ name, key }: { name: string; key: string }) {
  return { name, key };
}

function forged(): string {
  const [both, byEve] = [JSON.parse(signed(content(), [ANNA])), JSON.parse(signed(content(), [EVE]))];
  return JSON.stringify({
    library: both.library,
    signatures: [...both.signatures, { key: BORIS.key, signature: byEve.signatures[0].signature }],
  });
}
