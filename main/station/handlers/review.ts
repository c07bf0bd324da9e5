import type { SessionRecord, TrendChunk } from '../../../db/trail.ts';
import { alarmLoadIn } from '../../export/alarm-load.ts';
import { exportSession } from '../../export/export-session.ts';
import { trailEventOf } from '../event-text.ts';
import { Refusal } from '../refusals.ts';
import { sessionOf } from '../session-rows.ts';
import { type Call, personOf } from '../station-context.ts';

/** How long an export waits for rows on their way (ms). */
const FLUSH_PATIENCE = 2000;

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
}

export async function sessionTrend({ sessionId }: { readonly sessionId: string }, call: Call): Promise<TrendView> {
  const { openedAt } = await sessionOf(call, sessionId);
  return joinTrends(await call.station.options.trail.sessionTrends(sessionId), openedAt);
}

/** Chunks as one series. Where seconds lie between two chunks, a null stands there: a gap is never drawn as a line. */
export function joinTrends(chunks: readonly TrendChunk[], openedAt: string): TrendView {
  const first = chunks[0];
  const view: TrendView = { startedAt: first?.startedAt ?? openedAt, seconds: [], spo2: [], pulse: [], rateMlPerH: [] };
  const push = (second: number, spo2: number | null, pulse: number | null, rate: number | null) => {
    view.seconds.push(second);
    view.spo2.push(spo2);
    view.pulse.push(pulse);
    view.rateMlPerH.push(rate === null ? null : rate / 1000);
  };
  for (const chunk of chunks) {
    const start = Math.round((chunk.mono - (first?.mono ?? 0)) / 1000);
    const last = view.seconds.at(-1);
    if (last !== undefined && start > last + 1) push(last + 1, null, null, null);
    chunk.spo2.forEach((spo2, index) => {
      push(start + index, spo2, chunk.pulse[index] ?? null, chunk.rateUlPerH[index] ?? null);
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
