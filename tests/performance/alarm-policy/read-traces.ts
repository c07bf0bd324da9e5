import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Parameter } from '../../../core/vitals.ts';
import { good, INVALID, type Label, type Second, type Trace } from './trace.ts';

/** Column names of the accepted files, without regard to case. Other columns are passed over. */
const COLUMNS: Readonly<Record<string, Parameter>> = {
  spo2: 'spo2',
  pulse: 'pulse',
  pr_pleth: 'pulse',
  hr: 'hr',
  hr_ecg: 'hr',
  rr: 'rr',
  resp: 'rr',
  etco2: 'etco2',
  sbp: 'nibp-sys',
  nbpsys: 'nibp-sys',
  dbp: 'nibp-dia',
  nbpdias: 'nibp-dia',
};
const CUFF: ReadonlySet<Parameter> = new Set(['nibp-sys', 'nibp-dia']);
/** A pressure that is measured all the time is taken as a cuff reading so often (s). */
const CUFF_EVERY = 60;
const MINUTE = 60;
const KINDS: readonly Label['kind'][] = ['event', 'probe-off', 'nuisance'];

/** Every `*.csv` of a folder, with the labels of `NAME.labels.csv` beside it where there are any. */
export async function readTraces(folder: string): Promise<readonly Trace[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.csv') && !name.endsWith('.labels.csv'));
  const traces: Trace[] = [];
  for (const name of names.toSorted()) traces.push(await readTrace(join(folder, name)));
  return traces;
}

async function readTrace(path: string): Promise<Trace> {
  const [header = [], ...rows] = await cellsOf(path);
  const isMinutes = header[0] === 't_min';
  const columns = header.map((name) => COLUMNS[name.toLowerCase()]);
  const first = Number(rows[0]?.[0] ?? 0);
  const seconds: Second[] = [];
  for (const row of rows) {
    const at = (Number(row[0]) - first) * (isMinutes ? MINUTE : 1);
    while (seconds.length < at) seconds.push({});
    const length = isMinutes ? MINUTE : 1;
    for (let second = 0; second < length; second += 1) seconds.push(secondOf(row, columns, at + second, isMinutes));
  }
  return { name: basename(path, '.csv'), seconds, labels: await labelsOf(path) };
}

/** Blank means no valid value. Where a file has one line a minute, 0 means so, too, and a value is held for its minute. */
function secondOf(
  row: readonly string[],
  columns: readonly (Parameter | undefined)[],
  at: number,
  isMinutes: boolean,
): Second {
  const readings = columns.flatMap((parameter, i) => {
    if (parameter === undefined) return [];
    const cell = row[i] ?? '';
    const value = cell === '' || (isMinutes && Number(cell) === 0) ? null : Number(cell);
    if (CUFF.has(parameter)) return value === null || at % CUFF_EVERY !== 0 ? [] : [[parameter, good(value)] as const];
    return [[parameter, value === null ? INVALID : good(value)] as const];
  });
  return Object.fromEntries(readings);
}

/** Lines `start_s,end_s,kind,name`, counted from the first line of the trace. */
async function labelsOf(path: string): Promise<readonly Label[] | null> {
  const beside = `${basename(path, '.csv')}.labels.csv`;
  if (!(await readdir(join(path, '..'))).includes(beside)) return null;
  const [, ...rows] = await cellsOf(join(path, '..', beside));
  return rows.map(([start = '', end = '', kind = '', name = '']): Label => {
    const known = KINDS.find((each) => each === kind);
    if (known === undefined) throw new TypeError(`${beside}: "${kind}" is not one of ${KINDS.join(', ')}.`);
    return { start: Number(start), end: Number(end), kind: known, name };
  });
}

async function cellsOf(path: string): Promise<string[][]> {
  const text = await readFile(path, 'utf8');
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  return lines.map((line) => line.split(',').map((cell) => cell.trim()));
}
