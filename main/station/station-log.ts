import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';
import type { TrailEvent } from '../../preload/contract/frames.ts';
import type { LogKind, review } from '../../preload/contract/review.ts';
import { SPREADSHEET } from '../export/csv.ts';
import { trailEventOf } from './event-text.ts';
import type { Call } from './station-context.ts';

export type LogAsked = z.output<typeof review.exportLog.input>;

/** First words of the acts of each kind. */
const KINDS: Readonly<Record<LogKind, readonly string[]>> = {
  people: ['access', 'emergency', 'session', 'enrolment'],
  configuration: ['configuration', 'library', 'station'],
  clock: ['clock'],
  export: ['export'],
  record: ['record', 'log', 'key'],
  devices: ['chair', 'device', 'link', 'pump', 'guard', 'alarm', 'sound', 'self-test', 'demonstration', 'vitals'],
};

/** Rows taken from the record at once: a few milliseconds of this thread. */
export const SLICE = 500;

export interface LogSlice {
  /** Those of the slice that fit. */
  readonly events: readonly TrailEvent[];
  /** The oldest row that was looked at. */
  readonly last: number;
}

const instant = (text: string | null): string | null => (text === null ? null : new Date(text).toISOString());

/** Rows of no session that fit, slice after slice, the newest first. Words are searched in what a person reads of a row. */
export async function* logSlices(asked: LogAsked, start: number | null, { station }: Call): AsyncGenerator<LogSlice> {
  const { trail } = station.options;
  const words = asked.search.toLowerCase().split(/\s+/).filter(Boolean);
  const kinds = asked.kind === null ? null : KINDS[asked.kind];
  const [from, to] = [instant(asked.from), instant(asked.to)];
  for (let before = start; ; ) {
    const rows = await trail.stationRows({ before, kinds, from, to, limit: SLICE });
    const last = rows.at(-1)?.seq;
    if (last === undefined) return;
    const events = rows.map((row) => trailEventOf(row, station.book.people));
    yield { events: events.filter((event) => fits(event, asked.outcome, words)), last };
    if (rows.length < SLICE) return;
    before = last;
  }
}

function fits(event: TrailEvent, outcome: LogAsked['outcome'], words: readonly string[]): boolean {
  if (outcome !== null && event.outcome !== outcome) return false;
  const text = [event.text, event.actor ?? 'station', event.act, event.chairId ?? ''].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}

const lineOf = (event: TrailEvent) => ({
  row: event.seq,
  time: event.time,
  'time (UTC)': event.time === '' ? '' : new Date(event.time).toISOString(),
  person: event.actor ?? 'station',
  event: event.act,
  outcome: event.outcome,
  'what happened': event.text,
  chair: event.chairId ?? '',
});

const HEADER = ['row', 'time', 'time (UTC)', 'person', 'event', 'outcome', 'what happened', 'chair'];

/** A table that is complete, and has not its name yet. */
export interface WrittenLog {
  readonly rows: number;
  /** Hex SHA-256 of the file. */
  readonly sha256: string;
}

interface LogWriting {
  /** Path of what is written until it is complete. */
  readonly draft: string;
  readonly signal: AbortSignal;
  /** How many rows of the record lie behind, of how many. */
  readonly onLooked: (looked: number, of: number) => void;
}

/**
 * All rows that fit as a table for spreadsheets, in a new file of its owner alone, the draft.
 * Rejects with the signal's reason, or with what the record or the disk say.
 */
export async function writeLog(asked: LogAsked, call: Call, { draft, ...watch }: LogWriting): Promise<WrittenLog> {
  await mkdir(dirname(draft), { recursive: true, mode: 0o700 });
  const file = await open(draft, 'wx', 0o600);
  try {
    const written = await writeRows(file, asked, call, watch);
    await file.sync();
    watch.signal.throwIfAborted();
    return written;
  } finally {
    await file.close();
  }
}

async function writeRows(
  file: FileHandle,
  asked: LogAsked,
  call: Call,
  { signal, onLooked }: Omit<LogWriting, 'draft'>,
): Promise<WrittenLog> {
  const hash = createHash('sha256');
  const put = async (text: string): Promise<void> => {
    hash.update(text);
    await file.write(text);
  };
  let rows = 0;
  const { rows: rowsNow } = await call.station.options.trail.lastCheck();
  await put(stringify([HEADER], { ...SPREADSHEET, header: false }));
  for await (const { events, last } of logSlices(asked, null, call)) {
    signal.throwIfAborted();
    onLooked(Math.max(0, rowsNow - last), rowsNow);
    rows += events.length;
    await put(stringify(events.map(lineOf), { ...SPREADSHEET, header: false, bom: false }));
  }
  return { rows, sha256: hash.digest('hex') };
}
