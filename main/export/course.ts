import { z } from 'zod';
import { REDACTED_BODY } from '../../db/verify-session.ts';
import { readRow, type RowFields } from '../../db/verify-row.ts';
import type { SessionDamage } from './evidence-damage.ts';
import type { Payload } from './read-payload.ts';

/** Before exports stated their extent the clock was read twice for one event (ms). */
const OLD_SLACK = 60_000;

const endSchema = z.object({ state: z.enum(['ended', 'interrupted']) });

function damaged(seq: number, detail: string): SessionDamage {
  return { seq, what: 'session', detail };
}

/** Where session.json says of the session's course what its opening and its closing row do not; null where it agrees. */
export function courseDamage({ session, evidence }: Payload): SessionDamage | null {
  const told = evidence.rows.filter(({ body }) => body !== REDACTED_BODY);
  const rows = told.map(readRow).flatMap((reading) => (reading.kind === 'read' ? [reading.fields] : []));
  const isRedacted = told.length < evidence.rows.length;
  const opening = rows.find(({ seal }) => seal !== undefined);
  const closing = rows.find(({ span }) => span !== undefined);
  const slack = evidence.begun === null ? OLD_SLACK : 0;
  const isAt = (time: string | null, { ts }: RowFields): boolean =>
    time !== null && Math.abs(Date.parse(time) - Date.parse(ts)) <= slack;
  if (opening !== undefined && !isAt(session.openedAt, opening)) {
    return damaged(opening.seq, `row ${opening.seq} opened the session at another time than session.json says`);
  }
  if (closing === undefined) {
    if (isRedacted || (session.closedAt === null && session.state === 'open')) return null;
    return damaged(opening?.seq ?? 0, 'no row closes the session, and session.json says that it is closed');
  }
  const state = endSchema.safeParse(closing.new).data?.state ?? session.state;
  if (isAt(session.closedAt, closing) && session.state === state) return null;
  return damaged(
    closing.seq,
    `row ${closing.seq} closed the session at another time, or otherwise, than session.json says`,
  );
}
