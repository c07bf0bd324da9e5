import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../db/test-kit.ts';
import { type Payload, readPayload } from '../../main/export/read-payload.ts';
import { type Recording, recordingsOf } from '../../main/export/recordings.ts';
import { judgeRecordings, replayFolder } from '../../main/export/replay-folder.ts';
import { readFolder } from '../../main/export/read-export.ts';
import { tamper, verifyFile } from '../faults/record-kit.ts';
import { type RecordedSession, recordCourse } from './recorded-session.ts';

// what the engine was given is in the record, and gives the session again.

const work = temporaryFolder();
let session: RecordedSession;
let payload: Payload;
let recording: Recording;

beforeAll(async () => {
  session = await recordCourse(work.path);
  payload = readPayload(await readFolder(session.folder));
  const [only] = recordingsOf(payload);
  if (only === undefined) throw new Error('nothing was recorded');
  recording = only;
}, 60_000);

afterAll(() => work[Symbol.dispose]());

const CLI = fileURLToPath(new URL('../../main/export/replay-cli.ts', import.meta.url));
const replayCli = (...args: readonly string[]) => spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8' });

function profileFile(content: string): string {
  const path = join(work.path, 'profile.json');
  writeFileSync(path, content);
  return path;
}

describe('the replay of a recorded session', () => {
  test('gives every state and decision again', async () => {
    const { differences, findings } = await replayFolder(session.folder);
    expect(differences).toEqual([]);
    expect(findings.join('\n')).toMatch(/At 12 recorded points its state is the recorded one/);
    expect(recording.events[0]?.kind).toBe('plan');
  });

  test('on the command line says so and exits with 0', () => {
    const { status, stdout, stderr } = replayCli(session.folder);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^THE SAME\n/);
    expect(status).toBe(0);
  });

  test.each([[[]], [['a', 'b']], [['a', '--what']], [['nowhere']]])('%j cannot be replayed: exit 2', (args) => {
    expect(replayCli(...args).status).toBe(2);
  });

  test('its first state names nobody who sat there before', () => {
    expect(recording.initial?.session).toBeNull();
  });
});

describe('a changed event', () => {
  const withEvents = (events: Recording['events']) => judgeRecordings([{ ...recording, events }]).differences;

  test('is named with its number, time and row, even when every hash and signature was made to fit', () => {
    const text = JSON.stringify(recording.events).replace('"value":82', '"value":92');
    const [difference = ''] = withEvents(JSON.parse(text) as Recording['events']);
    expect(difference).toMatch(/^Event \d+ \([a-z-]+, \d{4}-.*Z\): .*row \d+/);
  });

  test('shows although it changes no decision: the hash of the state differs', () => {
    const last = recording.events.findLastIndex(({ kind }) => kind === 'vitals');
    const text = JSON.stringify(recording.events[last]).replace('"value":92', '"value":91');
    const differences = withEvents(recording.events.with(last, JSON.parse(text) as Recording['events'][number]));
    expect(differences.join()).toMatch(/state is not the one whose hash row \d+ holds/);
  });

  test('left out shows', () => {
    expect(withEvents(recording.events.toSpliced(200, 1))).toHaveLength(1);
    expect(withEvents(recording.events.slice(0, -1)).join()).toMatch(/events are missing: row \d+ counts/);
  });

  test('with a whole chunk that was never written shows, also when it is the first', () => {
    const isChunk = (body: string) => body.includes('"act":"engine.chunk"');
    for (const missing of [0, 1, 3]) {
      const row = payload.bodies.filter(isChunk)[missing];
      const bodies = payload.bodies.filter((body) => body !== row);
      const engineChunks = payload.engineChunks.toSpliced(missing, 1);
      const { differences } = judgeRecordings(recordingsOf({ ...payload, bodies, engineChunks }));
      expect(differences.join()).toContain('Engine events are missing');
    }
  });

  test.each(['vitals', 'pump', 'alarms'])('in a state that knew no %s yet is not guessed at, and says so', (name) => {
    const engineChunks = payload.engineChunks.map((text) => text.replace(`"${name}":{`, `"${name}-then":{`));
    expect(() => recordingsOf({ ...payload, engineChunks })).toThrow(/form of this version/);
  });

  test('of a kind that this version does not know is not guessed at', () => {
    const engineChunks = payload.engineChunks.map((text) => text.replaceAll('"kind":"vitals"', '"kind":"odours"'));
    expect(() => recordingsOf({ ...payload, engineChunks })).toThrow(/form of this version/);
  });

  test('of before the library bounded what a patient loosens is read, and loosens nothing', () => {
    const before = '"patient":{"comorbidities":[],"baseline":{"spo2":88},"reason":"COPD"}';
    const engineChunks = payload.engineChunks.map((text) => text.replace('"patient":null', before));
    const [old] = recordingsOf({ ...payload, engineChunks });
    expect(old?.events[0]).toMatchObject({
      kind: 'plan',
      binding: { patient: { baseline: { spo2: 88 }, bounds: [] } },
    });
    expect(old && judgeRecordings([old]).differences.join()).toMatch(/state is not the one whose hash row/);
  });

  test('of before read-backs named the stop they were asked after counts as asked just before it came', () => {
    const engineChunks = payload.engineChunks.map((text) => text.replaceAll(/,"afterStop":(null|\d+)/g, ''));
    const [old] = recordingsOf({ ...payload, engineChunks });
    const read = old?.events.find(({ kind }) => kind === 'pump-read');
    expect(read).toMatchObject({
      kind: 'pump-read',
      afterStop: read?.kind === 'pump-read' ? read.reading.at - 1 : null,
    });
    expect(old && judgeRecordings([old]).differences).toEqual([]);
  });

  test('in the record is found by its check', async () => {
    using copy = temporaryFolder();
    cpSync(join(work.path, 'record'), copy.path, { recursive: true });
    const edit =
      'UPDATE engine_chunk SET body = CAST(replace(CAST(body AS TEXT), \'"value":82\', \'"value":92\') AS BLOB)';
    tamper(copy.path, (db) => db.exec(edit));
    expect((await verifyFile(copy.path)).damage).toMatchObject({ what: 'engine' });
  });

  test.each([
    ['deleted', 'DELETE FROM engine_chunk', /are missing/],
    ['added', "INSERT INTO engine_chunk (seq, body) VALUES (1, x'00')", /no row vouches for/],
  ])('chunk %s in the record is found', async (_, edit, expected) => {
    using copy = temporaryFolder();
    cpSync(join(work.path, 'record'), copy.path, { recursive: true });
    tamper(copy.path, (db) => db.exec(edit));
    expect((await verifyFile(copy.path)).damage).toMatchObject({ what: 'engine', detail: expected });
  });

  test.each(['UPDATE engine_chunk SET body = zeroblob(1)', 'DELETE FROM engine_chunk'])(
    '%s: our own code cannot',
    (edit) => {
      using copy = temporaryFolder();
      cpSync(join(work.path, 'record'), copy.path, { recursive: true });
      const db = new DatabaseSync(join(copy.path, 'record.db'));
      expect(() => db.exec(edit)).toThrow(/never/);
      db.close();
    },
  );

  test('in the export is found before anything is replayed: exit 1', () => {
    using copy = temporaryFolder();
    cpSync(session.folder, copy.path, { recursive: true });
    const path = join(copy.path, 'data', 'engine-events.jsonl');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"value":82', '"value":92'));
    const { status, stdout } = replayCli(copy.path);
    expect(stdout).toMatch(/^DIFFERENT\n[\s\S]*engine events of row \d+ are not the recorded ones/);
    expect(status).toBe(1);
  });
});

describe('other limits', () => {
  test('that are the same change nothing', () => {
    const { stdout, status } = replayCli(session.folder, '--profile', profileFile('{"version":"again"}'));
    expect(stdout).toContain('would have been treated the same');
    expect(status).toBe(0);
  });

  test('show when the infusion would have been paused, and that it is only an indication', () => {
    const tier = { alarm: 'spo2-critical', below: 99, above: null, delay: 0, hysteresis: 0 };
    const vitals = [{ parameter: 'spo2', required: 'always', measured: 'continuous', period: 1000, tiers: [tier] }];
    const { stdout, status } = replayCli(session.folder, '--profile', profileFile(JSON.stringify({ vitals })));
    expect(stdout).toMatch(/alarm spo2-critical raised at 98, limit 99/);
    expect(stdout).toContain('would have been treated differently');
    expect(stdout).toContain('only an indication');
    expect(status).toBe(0);
  });

  test.each([
    ['{"pauseOnLossAfter":-1}', 'pauseOnLossAfter'],
    ['{"pause":1}', 'pause'],
    ['{"vitals":[{"parameter":"spo2","period":1,"tiers":[{"alarm":"x"}]}]}', 'vitals.0.tiers.0.alarm'],
    ['not JSON', 'cannot be read as JSON'],
  ])('%s is refused with its place', (content, named) => {
    const { status, stderr } = replayCli(session.folder, '--profile', profileFile(content));
    expect(stderr).toContain(named);
    expect(status).toBe(2);
  });
});

test('an hour is replayed in seconds', async () => {
  using folder = temporaryFolder();
  const { folder: exported, lasted } = await recordCourse(folder.path, 3600);
  expect(lasted).toBeGreaterThan(3_600_000);
  const started = performance.now();
  const { differences } = await replayFolder(exported);
  expect(differences).toEqual([]);
  expect(performance.now() - started).toBeLessThan(30_000);
});
