import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import { PARAMETER_NAMES, PARAMETERS, type Parameter } from '../../core/vitals.ts';
import type { TrendChunk } from '../../db/trail.ts';

/** What a spreadsheet may take off before it looks for a formula: blanks, controls, and what nobody sees. */
const UNSEEN = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]+/u;
/** Behind a separator inside a text, a quotation mark may be taken off, too. */
const UNSEEN_INSIDE = /^["\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]+/u;
const BEGINS_FORMULA = /^[=+\-@\u2212]/;
/** Where a spreadsheet that parts at semicolons (as in Switzerland and Germany), at tabs or at lines begins a cell. */
const CELL_BEGINS = /(?<=[;\r\n])(?=\t)|(?<=[;\t\r\n])(?![\t\r\n])/;

/** A text that could be run stands behind an apostrophe, which makes it a text; compatibility forms count as their sign. */
function harmlessText(text: string): string {
  const [first = '', ...inside] = text.split(CELL_BEGINS);
  return harmless(first, UNSEEN) + inside.map((part) => harmless(part, UNSEEN_INSIDE)).join('');
}

function harmless(text: string, unseen: RegExp): string {
  const seen = text.replace(unseen, '').slice(0, 1).normalize('NFKC');
  return BEGINS_FORMULA.test(seen) || /^[\t\r\n]/.test(text) ? `'${text}` : text;
}

/**
 * For spreadsheets: byte order mark and CRLF for Excel, and no cell may start a formula (OWASP CSV injection), at whichever
 * separator the table is parted. Figures stay figures. Some programs part at several separators at once, so a text with any is quoted.
 */
export const SPREADSHEET = {
  header: true,
  bom: true,
  record_delimiter: 'windows',
  cast: { string: harmlessText },
  quoted_match: /[;\t\r\n]/,
} as const;

const eventSchema = z.looseObject({
  seq: z.number(),
  ts: z.string(),
  mono: z.number(),
  chair: z.string().nullable(),
  session: z.string().nullable(),
  patient: z.string().nullable(),
  actor: z.object({ id: z.string(), role: z.string(), auth: z.array(z.string()) }).nullable(),
  act: z.string(),
  outcome: z.string(),
  old: z.json().optional(),
  new: z.json().optional(),
  reason: z.string().optional(),
  ref: z.number().optional(),
});

type Cell = string | number;

function json(value: unknown): Cell {
  return value === undefined ? '' : JSON.stringify(value);
}

function eventLine(body: string): { readonly [column: string]: Cell } {
  const event = eventIn(body);
  // The table has a line for each row, also for one that is damaged: what stands there, to be seen.
  if (event === null) return { ...EMPTY_LINE, event: 'NOT READABLE', 'new value': body };
  return lineOf(event);
}

function eventIn(body: string): z.infer<typeof eventSchema> | null {
  try {
    return eventSchema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null; // Not JSON: verification names the damage.
  }
}

function lineOf(event: z.infer<typeof eventSchema>): { readonly [column: string]: Cell } {
  return {
    row: event.seq,
    'time (UTC)': event.ts,
    'monotonic clock (ms)': event.mono,
    chair: event.chair ?? '',
    session: event.session ?? '',
    'patient pseudonym': event.patient ?? '',
    person: event.actor?.id ?? '',
    role: event.actor?.role ?? '',
    'identified by': event.actor?.auth.join(' ') ?? '',
    event: event.act,
    outcome: event.outcome,
    'old value': json(event.old),
    'new value': json(event.new),
    reason: event.reason ?? '',
    'answers row': event.ref ?? '',
  };
}

const EMPTY_LINE = Object.fromEntries(
  Object.keys(
    lineOf({ seq: 0, ts: '', mono: 0, chair: null, session: null, patient: null, actor: null, act: '', outcome: '' }),
  ).map((column) => [column, '']),
);

/** The events for people; the bodies themselves stay the evidence. */
export function eventsCsv(bodies: readonly string[]): string {
  return stringify(bodies.map(eventLine), SPREADSHEET);
}

/** A column for every parameter, measured or not, so that the files of all sessions have the same columns. */
const OTHERS = PARAMETER_NAMES.filter((name) => name !== 'spo2' && name !== 'pulse');
const columnOf = (name: Parameter): string => `${PARAMETERS[name].label} (${PARAMETERS[name].unit})`;

/** Cells of every sign beside SpO2 and pulse rate. */
export function signCells({ signs }: TrendChunk, second: number): { readonly [column: string]: Cell } {
  return Object.fromEntries(OTHERS.map((name) => [columnOf(name), signs?.[name]?.[second] ?? '']));
}

function trendLines(chunk: TrendChunk): { readonly [column: string]: Cell }[] {
  const start = Date.parse(chunk.startedAt);
  return chunk.spo2.map((spo2, second) => ({
    'time (UTC)': new Date(start + second * 1000).toISOString(),
    chair: chunk.chair,
    // An empty cell is a gap; no value is ever carried over it.
    'SpO2 (%)': spo2 ?? '',
    'pulse rate (1/min)': chunk.pulse[second] ?? '',
    'pump rate (uL/h)': chunk.rateUlPerH[second] ?? '',
    'delivered volume (uL)': chunk.deliveredUl[second] ?? '',
    ...signCells(chunk, second),
  }));
}

/** One line a second, as read back from the devices. */
export function trendsCsv(chunks: readonly TrendChunk[]): string {
  return stringify(chunks.flatMap(trendLines), SPREADSHEET);
}
