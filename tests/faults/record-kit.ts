import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import canonicalize from 'canonicalize';
import { originOf, signCheckpoint } from '../../db/checkpoint.ts';
import { CompactRange } from '../../db/compact-range.ts';
import { publicKeyOf } from '../../db/ed25519.ts';
import { fingerprintOf } from '../../db/fingerprint.ts';
import { leafHash } from '../../db/hash.ts';
import { newSeed } from '../../db/keys.ts';
import { event, open, recordSession } from '../../db/test-kit.ts';
import type { Trail, Verification } from '../../db/trail.ts';

const ORIGIN = originOf('room 1');

/** What an attacker with a database tool can do: everything but sign. The triggers stand in the file again afterwards. */
export function tamper(folder: string, change: (db: DatabaseSync) => void): void {
  const db = new DatabaseSync(join(folder, 'record.db'), { enableForeignKeyConstraints: false });
  withoutTriggers(db, () => change(db));
  db.close();
}

/** Puts back what kept the rows from being changed, so that the file is made as it was. */
export function withoutTriggers(db: DatabaseSync, change: () => void): void {
  const triggers = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all();
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${String(name)}`);
  change();
  for (const { sql } of triggers) db.exec(String(sql));
}

/** Redefines a generated column, so that the row is whole and found by nobody who reads by session. */
export function hideRow(db: DatabaseSync, seq: number): void {
  db.enableDefensive(false);
  db.exec('PRAGMA writable_schema = ON');
  db.prepare('UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = ?').run(
    "(body ->> '$.session')",
    `(iif(seq = ${seq}, NULL, body ->> '$.session'))`,
    'audit',
  );
  db.exec('PRAGMA writable_schema = RESET');
  db.exec('REINDEX');
}

export interface ForgedRow {
  seq: number;
  body: { [name: string]: unknown };
}

export function readForged(db: DatabaseSync): ForgedRow[] {
  return db
    .prepare('SELECT seq, body FROM audit ORDER BY seq')
    .all()
    .map(({ seq, body }) => ({ seq: Number(seq), body: JSON.parse(String(body)) as ForgedRow['body'] }));
}

/** Writes the rows anew with fitting numbers, links and hashes, and gives the tree they make. */
export function rebuild(db: DatabaseSync, rows: readonly ForgedRow[]): CompactRange {
  db.exec('DELETE FROM audit');
  const insert = db.prepare('INSERT INTO audit (seq, body, hash) VALUES (?, ?, ?)');
  let range = CompactRange.empty;
  let prev = '0'.repeat(64);
  for (const [index, { body }] of rows.entries()) {
    const text = canonicalize({ ...body, seq: index + 1, prev }) ?? '';
    const hash = leafHash(text);
    insert.run(index + 1, text, hash);
    prev = hash.toString('hex');
    range = range.with(prev);
  }
  return range;
}

/**
 * The record goes on in a segment of the attacker: it names the genuine head, says that two persons enrolled its root key, and every row of it is
 * signed. Gives the key.
 */
export function beginForeignSegment(folder: string): Buffer {
  const seed = newSeed();
  const pub = publicKeyOf(seed);
  tamper(folder, (db) => {
    const rows = readForged(db);
    const head = db.prepare('SELECT size, root, note FROM head').get() ?? {};
    const previous = {
      origin: ORIGIN,
      size: head['size'],
      root: Buffer.from(head['root'] as Uint8Array).toString('hex'),
      note: head['note'],
    };
    const forged = (act: string, named: object): ForgedRow => ({ seq: 0, body: { ...rows[0]?.body, act, new: named } });
    const named = { origin: ORIGIN, pub: pub.toString('hex'), segment: 2, previous };
    const withGenesis = [...rows, forged('log.genesis', named)];
    const sign = ({ size, root }: { readonly size: number; readonly root: Buffer }): string =>
      signCheckpoint({ origin: ORIGIN, size, root }, seed);
    const first = rebuild(db, withGenesis);
    db.prepare('INSERT INTO checkpoint (size, note) VALUES (?, ?)').run(
      first.size,
      sign({ size: first.size, root: first.root() }),
    );
    const enrolled = forged('key.enrolled', { rootFingerprint: fingerprintOf(pub) });
    const range = rebuild(db, [...withGenesis, enrolled, forged('session.note', { text: 'nobody wrote this' })]);
    putHead(db, range, sign({ size: range.size, root: range.root() }));
  });
  return seed;
}

/** A head as good as it gets without the key; with `note` from a stolen key it is perfect. */
export function putHead(db: DatabaseSync, range: CompactRange, note?: string): void {
  db.prepare('UPDATE head SET size = ?, root = ?, peaks = ?').run(range.size, range.root(), range.bytes());
  if (note !== undefined) db.prepare('UPDATE head SET note = ?').run(note);
}

const NEW_TECHNICIAN = { people: [{ id: 'ada', role: 'technician', secret: 'scrypt$secret' }], recovery: null };

/** A change of access, which is kept beside its row. */
export async function recordAccess(trail: Trail): Promise<void> {
  await trail.putAccess(NEW_TECHNICIAN, event('access.change', { new: { what: 'person added', person: 'ada' } }));
}

/** Two runs with a session each and, last, a change of access: keys rotate three times, rows of another chair lie in between. */
export async function recordTwoRuns(folder: string): Promise<string> {
  const first = await open(folder);
  await recordSession(first, 's1');
  await first.close();
  const second = await open(folder);
  await recordSession(second, 's2');
  await recordAccess(second);
  const { rootFingerprint } = await second.identity();
  await second.close();
  return rootFingerprint;
}

export async function verifyFile(folder: string): Promise<Verification> {
  const trail = await open(folder);
  try {
    return await trail.verify();
  } finally {
    await trail.close();
  }
}

const WRITERS = {
  'record-writer': new URL('./record-writer.ts', import.meta.url),
  'record-rotator': new URL('./record-rotator.ts', import.meta.url),
};
/** Hashes of the rows, first row first. */
export function rowHashes(folder: string): readonly Uint8Array[] {
  const db = new DatabaseSync(join(folder, 'record.db'));
  const rows = db.prepare('SELECT hash FROM audit ORDER BY seq').all();
  db.close();
  return rows.map(({ hash }) => hash as Uint8Array);
}

/** A process that holds the record of `folder` open and appends until it is killed; one line for each durable seq. */
export function startWriter(
  folder: string,
  name: keyof typeof WRITERS = 'record-writer',
): { seen: () => number; line: Promise<void>; kill: () => Promise<void> } {
  const script = fileURLToPath(WRITERS[name]);
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let last = 0;
  const lines = createInterface({ input: child.stdout });
  const firstLine = new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      last = Number(line);
      resolve();
    });
    child.once('exit', () => reject(new Error('the writer ended before it wrote a row')));
  });
  const closed = new Promise<void>((resolve) => lines.once('close', resolve));
  return {
    seen: () => last,
    line: firstLine,
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}
