import type { z } from 'zod';
import { drugAccount } from '../../../db/drug-account.ts';
import type { DrugBody } from '../../../db/drug-rows.ts';
import { SIGNED, type SignOff, signOffs } from '../../../db/sign-off.ts';
import type { contract } from '../../../preload/contract/contract.ts';
import { withZone } from '../local-time.ts';
import { Denial, Refusal } from '../refusals.ts';
import { bodiesOf, sessionOf, writeToSession } from '../session-rows.ts';
import { type Call, personOf } from '../station-context.ts';
import type { GroupHandlers } from './handler.ts';
import { cancelLogExport, exportLog, logExport } from './log-export.ts';
import { notesIn } from './notes.ts';
import { isOwnSession } from './own-session.ts';
import { signAlone } from './sign-together.ts';
import { stationLog } from './station-log.ts';
import { cancelVerify, newestCheck, startVerify, verificationOf } from './verification.ts';

type Find = z.output<typeof contract.review.find.input>;

const instant = (text: string | null): string | null => (text === null ? null : new Date(text).toISOString());

/** The trail knows people by their ids only. */
function named(word: string, people: readonly { readonly id: string; readonly name: string }[]): readonly string[] {
  return people.filter(({ name }) => name.toLowerCase().includes(word.toLowerCase())).map(({ id }) => id);
}

async function find({ search, from, to, ...rest }: Find, { station }: Call) {
  const words = search.split(/\s+/).filter(Boolean);
  const peopleByWord = new Map(words.map((word) => [word, named(word, station.book.people)]));
  const asked = { ...rest, words, peopleByWord, from: instant(from), to: instant(to) };
  const page = await station.options.trail.findSessions(asked);
  const inZone = (time: string): string => withZone(new Date(time));
  const rows = page.rows.map((row) => ({
    ...row,
    openedAt: inZone(row.openedAt),
    closedAt: row.closedAt && inZone(row.closedAt),
  }));
  return { ...page, rows };
}

type SessionInput = { readonly sessionId: string };

/** The row that says who looked names the session as its object: looking adds nothing to the session itself. */
async function open({ sessionId }: SessionInput, call: Call) {
  const { patientId } = await sessionOf(call, sessionId);
  const person = personOf(call);
  const viewed = { by: person.id, new: { session: sessionId, patient: patientId } };
  await call.station.journal.durable('session.viewed', viewed);
  const bodies = await bodiesOf(call, sessionId);
  return {
    lastSeq: newestRow(bodies),
    signatures: signOffs(bodies).map(shown),
    notes: notesIn(bodies, call.station.book.people),
    own: isOwnSession(bodies, person, call),
    rowsUpTo: bodies.at(-1)?.seq ?? 0,
    checked: (await newestCheck(call)).last,
  };
}

type Note = z.output<typeof contract.review.note.input>;

async function note({ sessionId, text, corrects }: Note, call: Call): Promise<{ seq: number }> {
  const session = await sessionOf(call, sessionId);
  const by = personOf(call).id;
  if (corrects === null) {
    const { seq } = await writeToSession(session, 'session.note', { by, new: { text } }, call);
    return { seq };
  }
  const known = notesIn(await bodiesOf(call, sessionId), []).find(({ seq }) => seq === corrects);
  if (known === undefined) throw new Refusal('UNKNOWN_NOTE', `Row ${corrects} is no note of this session.`);
  const details = { by, ref: corrects, old: { text: known.text }, new: { text } };
  const { seq } = await writeToSession(session, 'session.note', details, call);
  return { seq };
}

type Sign = z.output<typeof contract.review.sign.input>;

/** Bound to the session's last row and to the root of the whole trail, so that it fits no other record (21 CFR 11.70). */
async function sign({ sessionId, meaning, seenSeq, signature }: Sign, call: Call) {
  const session = await sessionOf(call, sessionId);
  const person = personOf(call);
  if (session.closedAt === null) throw new Refusal('SESSION_OPEN', 'This session is still open. End it, then sign it.');
  await signAlone(signature, call);
  // After the slow proof: what came meanwhile was not seen.
  const bodies = await bodiesOf(call, sessionId);
  if (isOwnSession(bodies, person, call)) {
    throw new Denial('OWN_SESSION', 'You worked in this session yourself. Another person has to sign it.', {
      session: sessionId,
    });
  }
  requireSeen(bodies, seenSeq);
  requireBalance(bodies, meaning);
  const tip = await call.station.options.trail.sessionTip(sessionId);
  requireEnd(bodies, tip.lastSeq);
  const by = { by: person.id, new: { name: person.name, meaning, ...tip } };
  const { seq } = await writeToSession(session, SIGNED, by, call);
  const signed = signOffs(await bodiesOf(call, sessionId)).find((each) => each.seq === seq);
  if (signed === undefined)
    throw new Refusal('RECORD_FAILED', 'The signature cannot be read back. Look at the session again.');
  return shown(signed);
}

/** Nobody signs what they have not seen; signatures of others change nothing of it. */
function requireSeen(bodies: readonly DrugBody[], seenSeq: number): void {
  if (newestRow(bodies) <= seenSeq) return;
  throw new Refusal('CHANGED_MEANWHILE', 'Something was added to this session meanwhile. Look at it again, then sign.');
}

/** What was written between reading the rows and taking their end would be signed unseen. */
function requireEnd(bodies: readonly DrugBody[], lastSeq: number): void {
  if (bodies.at(-1)?.seq === lastSeq) return;
  const what = 'The last row of this session is not the one that was read.';
  throw new Refusal('CHANGED_MEANWHILE', `${what} Look at it again, then sign.`);
}

function newestRow(bodies: readonly DrugBody[]): number {
  return bodies.findLast(({ act }) => act !== SIGNED)?.seq ?? 0;
}

/** A review may find the balance open; approving it and answering for it needs it closed, or declared open. */
function requireBalance(bodies: readonly DrugBody[], meaning: Sign['meaning']): void {
  if (meaning === 'review' || drugAccount(bodies).state !== 'open') return;
  throw new Refusal('BALANCE_OPEN', 'The drug balance is open. Close it, or have it declared open with a reason.');
}

function shown({ by: _by, time, ...signOff }: SignOff) {
  return { ...signOff, time: withZone(new Date(time)) };
}

export const review: GroupHandlers<'review'> = {
  find,
  open,
  note,
  sign,
  signers: (_input, { station }) =>
    station.book.people
      .filter(({ active, role }) => active && (role === 'clinician' || role === 'supervisor'))
      .map(({ id, name, role }) => ({ id, name, role })),
  log: stationLog,
  exportLog,
  logExport,
  cancelLogExport,
  verify: startVerify,
  cancelVerify,
  verification: verificationOf,
};
