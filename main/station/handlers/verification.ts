import { z } from 'zod';
import { AppError } from '../../../drivers/kit/app-error.ts';
import { readBody } from '../../../db/drug-rows.ts';
import type { PageProgress, Verification } from '../../../db/trail.ts';
import { figuresOf, shownProgress } from '../../../db/whole-check.ts';
import { withZone } from '../local-time.ts';
import { Refusal } from '../refusals.ts';
import { type Call, personOf, type StationContext } from '../station-context.ts';

interface Check {
  state: 'never' | 'running' | 'whole' | 'damaged' | 'cancelled' | 'failed';
  rowsDone: number;
  rowsTotal: number;
  pages: PageProgress | null;
  root: string | null;
  detail: string | null;
  at: string | null;
}

interface Running {
  readonly check: Check;
  readonly abort: AbortController;
}

const NEVER: Check = { state: 'never', rowsDone: 0, rowsTotal: 0, pages: null, root: null, detail: null, at: null };

/** The newest check of each station in this process; a station has one record. */
const checks = new WeakMap<StationContext, Running>();

/**
 * The newest check that somebody asked for, before the first one that which the record makes of itself; beside it the
 * newest one of the record, and what the anchors prove.
 */
export async function verificationOf(_input: unknown, call: Call) {
  const { station } = call;
  const [newest, { anchors, check }] = await Promise.all([newestCheck(call), station.options.trail.status()]);
  const own: Check = { ...check, at: check.at === null ? null : withZone(new Date(check.at)) };
  return {
    ...(checks.get(station)?.check ?? own),
    ...newest,
    anchors: anchors.map(({ place, size, failure }) => ({ place, rows: size, failure })),
  };
}

const figuresSchema = z.object({
  rows: z.int(),
  whole: z.boolean(),
  root: z.string().nullable().default(null),
  pagesUnchecked: z.string().nullable().default(null),
});

/** The newest check of the whole record as the record itself tells of it; a failed one found nothing out and is none. */
export async function newestCheck({ station }: Call) {
  const { rows: rowsNow, check } = await station.options.trail.lastCheck();
  const body = check === null ? null : readBody(check.body);
  const figures = figuresSchema.safeParse(body?.new).data;
  if (body === null || figures === undefined) return { rowsNow, last: null };
  const by = (body.actor && station.book.find(body.actor.id)?.name) ?? body.actor?.id ?? 'station';
  const { pagesUnchecked, ...told } = figures;
  const detail = figures.whole ? pagesUnchecked : (body.reason ?? '');
  const last = { ...told, at: withZone(new Date(body.ts)), by, detail };
  return { rowsNow, last };
}

/** Begins the check and answers at once: it may take minutes. Its end is a row of its own. */
export function startVerify(_input: unknown, call: Call): Record<string, never> {
  const { station } = call;
  if (checks.get(station)?.check.state === 'running') {
    throw new Refusal('VERIFY_RUNNING', 'The record is being checked already. Wait for it, or cancel it.');
  }
  const running: Running = { check: { ...NEVER, state: 'running' }, abort: new AbortController() };
  checks.set(station, running);
  void check(running, call);
  return {};
}

export function cancelVerify(_input: unknown, { station }: Call): Record<string, never> {
  checks.get(station)?.abort.abort();
  return {};
}

/** Never rejects: what became of it stands in the check and in the record. */
async function check({ check: now, abort }: Running, call: Call): Promise<void> {
  const by = personOf(call).id;
  const { trail } = call.station.options;
  const writeEnd = (
    outcome: 'ok' | 'failed',
    figures: Readonly<Record<string, string | number | boolean>>,
    reason = '',
  ) => call.station.journal.note('record.verified', { by, outcome, reason, new: figures });
  try {
    const found = await trail.verify(
      (...progress) => Object.assign(now, shownProgress(...progress)),
      abort.signal,
      'file',
    );
    const { damage } = found;
    writeEnd(damage === null ? 'ok' : 'failed', { ...figuresOf(found) }, damage?.detail ?? '');
    Object.assign(now, ended(found));
  } catch (error) {
    const detail = error instanceof AppError ? error.message : String(error);
    if (!abort.signal.aborted) writeEnd('failed', { rows: now.rowsDone }, detail);
    const state = abort.signal.aborted ? 'cancelled' : 'failed';
    Object.assign(now, { state, pages: null, detail, at: withZone(new Date()) });
  }
}

function ended({ rows, root, damage, pagesUnchecked }: Verification): Partial<Check> {
  const at = withZone(new Date());
  const pages = null;
  if (damage === null)
    return { state: 'whole', rowsDone: rows, rowsTotal: rows, pages, root, detail: pagesUnchecked ?? null, at };
  return { state: 'damaged', pages, root, detail: `Row ${damage.seq}: ${damage.detail}.`, at };
}
