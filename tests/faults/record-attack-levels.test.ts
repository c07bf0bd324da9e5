import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readAnchor } from '../../db/anchor.ts';
import { type AnchorPlace, appendedAnchors, sealedAnchor } from '../../db/anchor-places.ts';
import type { NamedAnchors } from '../../db/anchors.ts';
import { openTrail } from '../../db/client.ts';
import { lookAtRecord } from '../../db/look.ts';
import { toRecordError } from '../../db/sql-errors.ts';
import { event, MemorySeal, recordSession, temporaryFolder } from '../../db/test-kit.ts';
import type { Trail } from '../../db/trail.ts';
import { recordAccess } from './record-kit.ts';
import { type Loot, RECORD_ATTACKS, type Shown } from './record-attack-list.ts';

// each attack of docs/security.md against what a checker may have: the record and the paper, the sealed anchor
// beside it, an anchor on another medium. What is not found is part of the table as much as what is: these tests fail
// too when a limit that the document admits to is one no longer.

const work = temporaryFolder();
const station = join(work.path, 'station');
/** As a power cut leaves it: the newest rows lie behind the newest anchor. */
const record = join(work.path, 'record');
/** The same of a station with a key store, which began its record under it. */
const sealedRecord = join(work.path, 'sealed-record');
const oldImage = join(work.path, 'old-image');
/** Lines as they are on another medium, and, word for word, the checkpoint of an export. */
const medium = join(work.path, 'medium.jsonl');
const heads = { olderHead: '', anchoredHead: '' };
let paper = '';
let sealedPaper = '';

const start = (): Promise<Trail> =>
  openTrail({ folder: station, station: 'room 1', appVersion: '0.1.0', ballastBytes: 0, anchorFile: medium });

async function newest(place: AnchorPlace): Promise<string> {
  const { anchors } = await place.read();
  return anchors.toSorted((one, other) => one.size - other.size).at(-1)?.note ?? '';
}

beforeAll(async () => {
  const first = await start();
  await recordSession(first, 's1');
  await first.close();
  cpSync(station, oldImage, { recursive: true });
  const second = await start();
  await recordSession(second, 's2');
  await recordAccess(second);
  paper = (await second.identity()).rootFingerprint;
  heads.olderHead = (await second.bundle('s2')).checkpoint;
  for (const rate of [100, 200]) await second.append(event('before.anchor', { new: { rateUlPerH: rate } }));
  await second.append(event('alarm.raised'));
  heads.anchoredHead = (await second.bundle('s2')).checkpoint;
  const places = [sealedAnchor(join(station, 'anchor'), null), appendedAnchors(medium)];
  for (const place of places) {
    await vi.waitFor(async () => expect(await newest(place)).toBe(heads.anchoredHead), { timeout: 30_000 });
  }
  for (let row = 0; row < 11; row += 1) await second.append(event('pump.progress', { new: { rateUlPerH: 300 } }));
  cpSync(station, record, { recursive: true });
  cpSync(medium, `${medium}.kept`);
  await second.close();
  sealedPaper = await recordSealed(join(work.path, 'sealed-station'));
});

async function recordSealed(folder: string): Promise<string> {
  const options = { folder, station: 'room 1', appVersion: '0.1.0', ballastBytes: 0, keySeal: new MemorySeal() };
  const trail = await openTrail(options);
  await recordSession(trail, 's1');
  const { rootFingerprint } = await trail.identity();
  await trail.close();
  cpSync(folder, sealedRecord, { recursive: true });
  return rootFingerprint;
}

afterAll(() => work[Symbol.dispose]());

interface Level {
  readonly anchorFolder: string;
  readonly brought: readonly NamedAnchors[];
  readonly claim: null;
}

async function levelsOf(folder: string, isSealed: boolean): Promise<readonly Level[]> {
  const anchorFolder = join(folder, 'anchor');
  const alone = { anchorFolder: join(folder, 'no anchor'), brought: [], claim: null };
  // Its anchor opens for the station alone: what that says is in db/foreign-segment.test.ts.
  if (isSealed) return [alone, { ...alone, anchorFolder }, { ...alone, anchorFolder }];
  const place = appendedAnchors(`${medium}.kept`);
  const brought = { place: { name: place.name }, ...(await place.read()) };
  return [alone, { ...alone, anchorFolder }, { anchorFolder, brought: [brought], claim: null }];
}

/** What a checker with this evidence finds, who looks only and changes nothing. */
async function shownBy(folder: string, level: Level, enrolled: string): Promise<Shown> {
  try {
    const { verification, segments } = await lookAtRecord(
      { look: join(folder, 'record.db'), ...level },
      () => undefined,
    );
    if ((segments.at(-1)?.rootFingerprint ?? enrolled) !== enrolled) return 'paper';
    return verification.damage?.what ?? null;
  } catch (error) {
    return toRecordError(error).code;
  }
}

async function after(attack: (loot: Loot) => unknown, isSealed = false): Promise<Shown[]> {
  using copy = temporaryFolder();
  const folder = join(copy.path, 'record');
  cpSync(isSealed ? sealedRecord : record, folder, { recursive: true });
  try {
    await attack({ folder, oldImage, ...heads });
  } catch (error) {
    expect(String(error)).toMatch(/never|next number/);
    return ['blocked', 'blocked', 'blocked'];
  }
  const found: Shown[] = [];
  const enrolled = isSealed ? sealedPaper : paper;
  for (const level of await levelsOf(folder, isSealed)) found.push(await shownBy(folder, level, enrolled));
  return found;
}

test('before any attack the record fits the paper and both anchors', async () => {
  expect(await after(() => undefined)).toEqual([null, null, null]);
  expect(await after(() => undefined, true)).toEqual([null, null, null]);
});

test.each(RECORD_ATTACKS)('attack $number: $name', async ({ run, shown, isSealed }) => {
  expect(await after(run, isSealed)).toEqual(shown.map((what) => (what === 'any' ? expect.any(String) : what)));
});

test.each([
  ['deleted', () => undefined],
  [
    'put back with it',
    (folder: string) => cpSync(join(oldImage, 'anchor'), join(folder, 'anchor'), { recursive: true }),
  ],
])('whoever reaches the sealed anchor too takes its level away: %s, only another medium shows it', async (_, put) => {
  const cut = RECORD_ATTACKS.find(({ name }) => name === 'the tail cut off to an older head');
  const found = await after(async (loot) => {
    await cut?.run(loot);
    rmSync(join(loot.folder, 'anchor'), { recursive: true });
    put(loot.folder);
  });
  expect(found).toEqual([null, null, 'anchor']);
});

test('an anchor line and the checkpoint of an export are the same evidence', () => {
  const lines = readFileSync(`${medium}.kept`, 'utf8').split('\n');
  expect(lines.map((line) => readAnchor(line)?.note)).toContain(heads.anchoredHead);
});
