import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { anchorOf, anchorText } from './anchor.ts';
import { appendedAnchors } from './anchor-places.ts';
import { Ballast } from './ballast.ts';
import { signCheckpoint } from './checkpoint.ts';
import { fileKeyStore, newSeed } from './keys.ts';
import { migrate } from './migrate.ts';
import { RecordStore } from './record-store.ts';
import { SessionFacts } from './session-facts.ts';
import type { SqlDatabase } from './sql.ts';
import { TestDatabase } from './test-database.ts';
import { event, temporaryFolder, trend } from './test-kit.ts';
import { verifyRecord } from './verify-record.ts';

afterEach(() => vi.restoreAllMocks());

/** A slow machine: how long it takes to read a row, and to understand one (ms). */
const READ = 0.1;
const PARSE = 1;

/** Makes this a slow machine by its clock, and counts what is done in one go between two looks at what waits. */
class SlowMachine {
  mostRead = 0;
  mostParsed = 0;
  looks = 0;
  readonly #clock = vi.spyOn(performance, 'now');
  #now = 0;
  #read = 0;
  #parsed = 0;

  constructor() {
    this.#clock.mockImplementation(() => this.#now);
    const parse = JSON.parse.bind(JSON);
    vi.spyOn(JSON, 'parse').mockImplementation((text) => {
      this.#now += PARSE;
      this.mostParsed = Math.max(this.mostParsed, (this.#parsed += 1));
      return parse(text) as unknown;
    });
  }

  /** The same database, as slow as the machine. */
  slow(db: SqlDatabase): SqlDatabase {
    return {
      prepare: (source) => {
        const statement = db.prepare(source);
        return {
          run: (...values) => statement.run(...values),
          get: (...values) => statement.get(...values),
          all: (...values) => this.#counted(statement.all(...values)),
        };
      },
      exec: (source) => db.exec(source),
      pragma: (source, options) => db.pragma(source, options),
      transaction: (work) => db.transaction(work),
      close: () => db.close(),
    };
  }

  /** Looks at what waits, at each turn, as the station does that wants to write a row. */
  async during<Result>(work: () => Promise<Result>, atFirstLook: () => void = () => undefined): Promise<Result> {
    let isOver = false;
    const look = (): void => {
      if (this.looks === 0) atFirstLook();
      this.looks += 1;
      [this.#read, this.#parsed] = [0, 0];
      if (!isOver) setImmediate(look);
    };
    setImmediate(look);
    try {
      return await work();
    } finally {
      isOver = true;
    }
  }

  #counted<Row>(rows: Row[]): Row[] {
    this.#now += rows.length * READ;
    this.mostRead = Math.max(this.mostRead, (this.#read += rows.length));
    return rows;
  }
}

const SESSIONS = 130;

/** A record in this thread with this many sessions, each with a change of key, and trends. */
function record(folder: string) {
  const db = new TestDatabase();
  migrate(db, new URL('./schema/', import.meta.url));
  const run = { station: 'room 1', app: '0.1.0', boot: 'boot' };
  const [keyStore, ballast] = [fileKeyStore(join(folder, 'keys')), new Ballast(join(folder, 'reserve.bin'))];
  const copyTo = (): Promise<object> => Promise.reject(new Error('not here'));
  const store = new RecordStore({ db, run, keyStore, ballast, places: [], copyTo, room: () => 1e12 });
  const begin = (id: string): void => {
    const person = { id, chairId: '1', patientId: `p-${id}`, patientName: 'n', clinician: 'c' };
    store.openSession(person, event('session.open', { session: id }));
  };
  const end = (id: string): void => {
    store.closeSession(id, 'ended', event('session.close', { session: id, new: { state: 'ended' } }));
    store.upkeep.run();
  };
  begin('open');
  for (let index = 0; index < SESSIONS; index += 1) {
    begin(`s${index}`);
    store.putTrend(trend(`s${index}`));
    end(`s${index}`);
  }
  return { db, store, begin, end };
}

test('a check that goes on for a fixed number of rows keeps a row waiting for hundreds of them on a slow machine (R-8.7)', async () => {
  using folder = temporaryFolder();
  const { db } = record(folder.path);
  const machine = new SlowMachine();
  const found = await machine.during(() => verifyRecord(machine.slow(db)));
  expect(found).toMatchObject({ damage: null, rows: 2 + 4 * SESSIONS });
  expect(machine.looks).toBeGreaterThan(4 * SESSIONS);
  // The row and, before the first, the newest one, whose version counts.
  expect(machine.mostParsed).toBeLessThanOrEqual(2);
});

test('a check that reads a table of years in one go keeps a row waiting for all of it (R-8.7)', async () => {
  using folder = temporaryFolder();
  const { db } = record(folder.path);
  const machine = new SlowMachine();
  await machine.during(() => verifyRecord(machine.slow(db)));
  expect(machine.mostRead).toBeLessThanOrEqual(100);
});

test('years of anchors on another medium are read without keeping a row waiting (R-8.7)', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'anchors.jsonl');
  const note = signCheckpoint({ origin: 'chairside/room%201', size: 7, root: Buffer.alloc(32) }, newSeed());
  const anchor = anchorOf(note);
  if (anchor === null) throw new Error('a checkpoint is an anchor');
  writeFileSync(path, `\n${anchorText(anchor)}\n`.repeat(400) + anchorText(anchor).slice(0, 40));
  const machine = new SlowMachine();
  const read = await machine.during(() => appendedAnchors(path).read());
  expect(read).toMatchObject({ unreadable: 1, anchors: { length: 400 } });
  expect(machine.mostParsed).toBe(1);
});

test('sessions that are opened and closed while a check reads their table are no damage', async () => {
  using folder = temporaryFolder();
  const { db, begin, end } = record(folder.path);
  const machine = new SlowMachine();
  const found = await machine.during(
    () => verifyRecord(machine.slow(db)),
    () => {
      end('open');
      begin('late');
    },
  );
  expect(found).toMatchObject({ damage: null, rows: 2 + 4 * SESSIONS + 3 });
});

test('a long session whose facts are read anew keeps no row waiting (R-8.7)', async () => {
  using folder = temporaryFolder();
  const { db, store } = record(folder.path);
  for (let index = 0; index < 300; index += 1) store.append(event('alarm.raised', { session: 'open' }));
  db.exec('UPDATE session_facts_tip SET seq = (SELECT max(seq) FROM audit)');
  const machine = new SlowMachine();
  const facts = new SessionFacts(machine.slow(db));
  expect(await machine.during(() => facts.correct(() => false))).toMatch(/list of sessions said of open /);
  expect(machine.looks).toBeGreaterThan(300);
  expect(machine.mostParsed).toBeLessThanOrEqual(2);
  expect(machine.mostRead).toBeLessThanOrEqual(100);
});
