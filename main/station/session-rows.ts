import { type DrugBody, readBody } from '../../db/drug-rows.ts';
import type { AuditReceipt, SessionRecord } from '../../db/trail.ts';
import type { RowDetails } from './journal.ts';
import { Refusal } from './refusals.ts';
import type { Call } from './station-context.ts';

/** The session, or UNKNOWN_SESSION. */
export async function sessionOf({ station }: Call, sessionId: string): Promise<SessionRecord> {
  const session = (await station.options.trail.sessions()).find(({ id }) => id === sessionId);
  if (session === undefined) throw new Refusal('UNKNOWN_SESSION', `The record has no session "${sessionId}".`);
  return session;
}

/** Rows of a session as data, also those that came after it was closed. What was just asked for is in them. */
export async function bodiesOf({ station }: Call, sessionId: string): Promise<readonly DrugBody[]> {
  await station.recorder.settled();
  const rows = await station.options.trail.sessionRows(sessionId);
  return rows.flatMap(({ body }) => readBody(body) ?? []);
}

/** A row that belongs to the session, open or closed; resolves when it is durable. */
export function writeToSession(
  session: SessionRecord,
  act: string,
  details: RowDetails,
  call: Call,
): Promise<AuditReceipt> {
  const { chairs, journal, recorder } = call.station;
  const of = { sessionId: session.id, patientId: session.patientId };
  return recorder.durable((chairs.get(session.chairId)?.journal ?? journal).row(act, details, of));
}
