import type { z } from 'zod';
import type { contract } from '../../../preload/contract/contract.ts';
import { anchorSheet } from '../../export/anchor-sheet.ts';
import { type Published, publishWithSheet, removeDraft } from '../../export/write/publish.ts';
import { newDraft } from '../../export/write/sink.ts';
import type { Writing } from '../export-desk.ts';
import { Refusal } from '../refusals.ts';
import { type Call, personOf, type StationContext } from '../station-context.ts';
import { type LogAsked, writeLog, type WrittenLog } from '../station-log.ts';

type State = z.output<typeof contract.review.logExport.output>;

interface Running extends Writing {
  state: State;
}

/** The newest table of each station in this process. */
const tables = new WeakMap<StationContext, Running>();

/** Begins it and answers at once: a long log takes minutes. Its end is a row of its own. */
export function exportLog(asked: LogAsked, call: Call): Record<string, never> {
  const { station } = call;
  if (tables.get(station)?.state.state === 'running') {
    throw new Refusal('EXPORT_RUNNING', 'The log is being exported already. Wait for it, or cancel it.');
  }
  const running: Running = {
    state: { state: 'running', looked: 0, of: 0 },
    abort: new AbortController(),
    draft: newDraft(station.options.exportFolder),
    ended: Promise.resolve(),
  };
  tables.set(station, running);
  station.exportDesk.others.add(running);
  running.ended = carryOut(running, asked, call).finally(() => station.exportDesk.others.delete(running));
  return {};
}

export const logExport = (_input: unknown, { station }: Call): State =>
  tables.get(station)?.state ?? { state: 'never' };

/** Answers when nothing of it is left. One that is over already stays as it is. */
export async function cancelLogExport(_input: unknown, { station }: Call): Promise<Record<string, never>> {
  const running = tables.get(station);
  running?.abort.abort();
  await running?.ended;
  return {};
}

/** Never rejects: how it ended is in the state, and in the record before anybody is told of it. */
async function carryOut(running: Running, asked: LogAsked, call: Call): Promise<void> {
  const by = personOf(call).id;
  const { draft, abort } = running;
  const { signal } = abort;
  const onLooked = (looked: number, of: number): void => {
    running.state = { state: 'running', looked, of };
  };
  try {
    const written = await writeLog(asked, call, { draft, signal, onLooked });
    await note(written, asked, by, call);
    running.state = { state: 'done', ...written, ...(await named(draft, written, call)) };
  } catch (error) {
    await removeDraft(draft).catch(() => undefined); // The next start removes it, and says so.
    const message = error instanceof Error ? error.message : String(error);
    const reason = signal.aborted ? 'cancelled' : message;
    call.station.journal.note('export.ended', {
      by,
      outcome: 'failed',
      reason,
      new: { of: 'the', what: 'station log' },
    });
    running.state = signal.aborted ? { state: 'cancelled' } : { state: 'failed', message };
  }
}

/** The last row of it. Before it is durable, nothing has the table's name. */
async function note({ rows, sha256 }: WrittenLog, asked: LogAsked, by: string, { station }: Call): Promise<void> {
  const { kind, outcome, from, to } = asked;
  await station.journal.durable('export.station-log', { by, new: { rows, sha256, kind, outcome, from, to } });
}

/** The table and its anchor sheet: a line about the record among the rows would be a row to every spreadsheet. */
async function named(draft: string, { sha256 }: WrittenLog, { station }: Call): Promise<Published> {
  const { configuration, exportFolder: target, trail } = station.options;
  const at = new Date().toISOString();
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  // Signed after the last row, so that the sheet vouches for the row that holds the hash of the table.
  const { note: checkpoint, rootFingerprint } = await trail.head();
  const facts = { station: configuration.stationName, at, timeZone, rootFingerprint, checkpoint, sha256 };
  const unnamed = { draft, target, name: `chairside-station-log-${at.replaceAll(':', '')}`, ending: '.csv' };
  return await publishWithSheet(unnamed, (name) => anchorSheet({ of: 'station-log', name, ...facts }));
}
