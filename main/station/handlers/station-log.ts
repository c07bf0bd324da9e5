import type { z } from 'zod';
import type { TrailEvent } from '../../../preload/contract/frames.ts';
import type { contract } from '../../../preload/contract/contract.ts';
import type { Call } from '../station-context.ts';
import { logSlices, SLICE } from '../station-log.ts';

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
