import { PARAMETER_NAMES, type Parameter } from '../../../core/vitals.ts';
import type { SessionRecord, TrendChunk } from '../../../db/trail.ts';
import { alarmLoadIn } from '../../export/alarm-load.ts';
import { trailEventOf } from '../event-text.ts';
import { Refusal } from '../refusals.ts';
import { sessionOf } from '../session-rows.ts';
import type { Call } from '../station-context.ts';
import { exports } from './exports.ts';

/** Newest first. */
export async function listSessions(_input: unknown, { station }: Call): Promise<SessionRecord[]> {
  const sessions = await station.options.trail.sessions();
  return sessions.toSorted((one, other) => other.openedAt.localeCompare(one.openedAt));
}

export async function sessionEvents({ sessionId }: { readonly sessionId: string }, call: Call) {
  await sessionOf(call, sessionId);
  const { options, book } = call.station;
  const rows = await options.trail.sessionRows(sessionId);
  return rows.map((row) => trailEventOf(row, book.people));
}

/** */
export async function sessionAlarmLoad({ sessionId }: { readonly sessionId: string }, call: Call) {
  await sessionOf(call, sessionId);
  const rows = await call.station.options.trail.sessionRows(sessionId);
  return alarmLoadIn(rows.map(({ body }) => body));
}

interface TrendView {
  readonly startedAt: string;
  readonly seconds: number[];
  readonly spo2: (number | null)[];
  readonly pulse: (number | null)[];
  readonly rateMlPerH: (number | null)[];
  readonly signs: Partial<Record<Parameter, (number | null)[]>>;
}

export async function sessionTrend({ sessionId }: { readonly sessionId: string }, call: Call): Promise<TrendView> {
  const { openedAt } = await sessionOf(call, sessionId);
  return joinTrends(await call.station.options.trail.sessionTrends(sessionId), openedAt);
}

type Signs = (name: Parameter) => number | null;

/** Chunks as one series. Where seconds lie between two chunks, a null stands there: a gap is never drawn as a line. */
export function joinTrends(chunks: readonly TrendChunk[], openedAt: string): TrendView {
  const first = chunks[0];
  const view: TrendView = {
    startedAt: first?.startedAt ?? openedAt,
    seconds: [],
    spo2: [],
    pulse: [],
    rateMlPerH: [],
    signs: {},
  };
  const measured = PARAMETER_NAMES.filter((name) => chunks.some(({ signs }) => signs?.[name] !== undefined));
  for (const name of measured) view.signs[name] = [];
  const push = (second: number, spo2: number | null, pulse: number | null, rate: number | null, signs: Signs) => {
    view.seconds.push(second);
    view.spo2.push(spo2);
    view.pulse.push(pulse);
    view.rateMlPerH.push(rate === null ? null : rate / 1000);
    for (const name of measured) view.signs[name]?.push(signs(name));
  };
  for (const chunk of chunks) {
    const start = Math.round((chunk.mono - (first?.mono ?? 0)) / 1000);
    const last = view.seconds.at(-1);
    if (last !== undefined && start > last + 1) push(last + 1, null, null, null, () => null);
    chunk.spo2.forEach((spo2, index) => {
      const signs: Signs = (name) => chunk.signs?.[name]?.[index] ?? null;
      push(start + index, spo2, chunk.pulse[index] ?? null, chunk.rateUlPerH[index] ?? null, signs);
    });
  }
  return view;
}

/** Waits for the whole export; `exports.start` is for those who want to see it go on, or to cancel it. */
export async function exportOf({ sessionId }: { readonly sessionId: string }, call: Call) {
  const { exportDesk } = call.station;
  const subject = { kind: 'session', sessionId } as const;
  const { exportId } = await exports.start({ subject, form: 'folder', content: 'identified' }, call);
  const result = await exportDesk.result(exportId);
  switch (result.state) {
    case 'done':
      return { folder: result.path, rows: result.rows, verified: result.verified, root: result.root };
    case 'failed':
      throw new Refusal('EXPORT_FAILED', `The export failed: ${result.message}`);
    case 'running':
    case 'cancelled':
      throw new Refusal('EXPORT_CANCELLED', 'The export was cancelled.');
  }
}
