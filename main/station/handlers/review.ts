import { PARAMETER_NAMES, type Parameter } from '../../../core/vitals.ts';
import type { SessionRecord, TrendChunk } from '../../../db/trail.ts';
import { exportSession } from '../../export/export-session.ts';
import { trailEventOf } from '../event-text.ts';
import { Refusal } from '../refusals.ts';
import { type Call, personOf } from '../station-context.ts';

/** How long an export waits for rows on their way (ms). */
const FLUSH_PATIENCE = 2000;

/** Newest first. */
export async function listSessions(_input: unknown, { station }: Call): Promise<SessionRecord[]> {
  const sessions = await station.options.trail.sessions();
  return sessions.toSorted((one, other) => other.openedAt.localeCompare(one.openedAt));
}

async function sessionOf({ station }: Call, sessionId: string): Promise<SessionRecord> {
  const session = (await station.options.trail.sessions()).find(({ id }) => id === sessionId);
  if (session === undefined) throw new Refusal('UNKNOWN_SESSION', `The record has no session "${sessionId}".`);
  return session;
}

export async function sessionEvents({ sessionId }: { readonly sessionId: string }, call: Call) {
  await sessionOf(call, sessionId);
  const { trail, configuration } = call.station.options;
  const rows = await trail.sessionRows(sessionId);
  return rows.map((row) => trailEventOf(row, configuration.people));
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

/** The row that says who exported what is durable before anybody is told of success. */
export async function exportOf({ sessionId }: { readonly sessionId: string }, call: Call) {
  // The closing row of a session that just ended may still be on its way.
  await call.station.recorder.flush(FLUSH_PATIENCE);
  const session = await sessionOf(call, sessionId);
  if (session.closedAt === null) {
    throw new Refusal('SESSION_OPEN', 'This session is still open. End it, then export it.');
  }
  const { options, journal } = call.station;
  const done = await exportSession(options.trail, sessionId, options.exportFolder);
  const { rows, verified, root } = done;
  await journal.durable('export.session', {
    by: personOf(call).id,
    outcome: verified ? 'ok' : 'failed',
    new: { session: sessionId, rows, verified, root },
  });
  return done;
}
