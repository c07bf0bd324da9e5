import { rm } from 'node:fs/promises';
import type { z } from 'zod';
import type { TrailEvent } from '../../../preload/contract/frames.ts';
import type { contract } from '../../../preload/contract/contract.ts';
import { type Call, personOf } from '../station-context.ts';
import { type LogAsked, logSlices, SLICE, writeLog } from '../station-log.ts';

type Asked = z.output<typeof contract.review.log.input>;

/** Rows of one answer that are looked at; what was not looked at yet is asked for as the next page. */
const MOST_LOOKED_AT = 5000;

/** One page, the newest first; `next` is null where the log has no more rows to look at. */
export async function stationLog({ before, limit, ...asked }: Asked, call: Call) {
  const rows: TrailEvent[] = [];
  let looked = 0;
  for await (const { events, last } of logSlices(asked, before, call)) {
    rows.push(...events);
    looked += SLICE;
    if (rows.length > limit) return { rows: rows.slice(0, limit), next: rows[limit - 1]?.seq ?? last };
    if (rows.length === limit || looked >= MOST_LOOKED_AT) return { rows, next: last };
  }
  return { rows, next: null };
}

/** The file stays only with the row that tells of it. */
export async function exportLog(asked: LogAsked, call: Call) {
  const by = personOf(call).id;
  const written = await writeLog(asked, call);
  try {
    const { kind, outcome, from, to } = asked;
    const { rows, sha256 } = written;
    await call.station.journal.durable('export.station-log', { by, new: { rows, sha256, kind, outcome, from, to } });
    return written;
  } catch (error) {
    await rm(written.path, { force: true });
    throw error;
  }
}
