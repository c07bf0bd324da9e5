import type { z } from 'zod';
import { givers } from '../../../db/drug-hands.ts';
import type { DrugBody } from '../../../db/drug-rows.ts';
import type { SessionRecord } from '../../../db/trail.ts';
import type { Person, signatureSchema } from '../../../preload/contract/frames.ts';
import type { Role } from '../../../preload/contract/leaf.ts';
import { isSamePerson } from '../../access/same-person.ts';
import type { RowDetails } from '../journal.ts';
import { Denial, Refusal } from '../refusals.ts';
import { bodiesOf, sessionOf, writeToSession } from '../session-rows.ts';
import { type Call, personOf } from '../station-context.ts';
import { inTurn } from '../turns.ts';
import { signTogether } from './sign-together.ts';

/** Who may see drug go and sign for it beside whoever gave it. */
const WITNESSES: readonly Role[] = ['clinician', 'supervisor'];

export interface SessionOfDrug {
  readonly session: SessionRecord;
  readonly bodies: readonly DrugBody[];
}

interface DrugRow {
  readonly act: string;
  readonly details: RowDetails;
}

/** Newest row by which the account stands as it does; 0 for none. What was given by the pump is final with the session. */
export function accountSeq(bodies: readonly DrugBody[]): number {
  const stands = ({ act, outcome }: DrugBody): boolean =>
    act === 'session.close' || (act.startsWith('drug.') && outcome === 'ok');
  return bodies.findLast(stands)?.seq ?? 0;
}

/** The account of one session is read, judged and written by one act at a time. */
export function atAccount(
  sessionId: string,
  call: Call,
  decide: (of: SessionOfDrug) => DrugRow | Promise<DrugRow>,
): Promise<{ seq: number }> {
  return inTurn(call.station, `drug account of ${sessionId}`, async () => {
    const of = { session: await sessionOf(call, sessionId), bodies: await bodiesOf(call, sessionId) };
    const { act, details } = await decide(of);
    const { seq } = await writeToSession(of.session, act, { by: personOf(call).id, ...details }, call);
    return { seq };
  });
}

/** Nobody signs for an account that is another by now than the one on their screen, also after the slow proof. */
export function requireSeen({ bodies }: SessionOfDrug, seenSeq: number): void {
  if (accountSeq(bodies) <= seenSeq) return;
  throw new Refusal('CHANGED_MEANWHILE', 'Something was added to this account meanwhile. Look at it again, then sign.');
}

interface Witnessed {
  readonly sessionId: string;
  readonly seenSeq: number;
  readonly giver: z.output<typeof signatureSchema>;
  readonly witness: z.output<typeof signatureSchema>;
}

/**
 * Drug that leaves the account, or a figure of it that changes: giver and witness sign at this moment, and the witness
 * is nobody who gave or handled drug of this session (79 FR 53521, 21 CFR 11.200).
 */
export async function atAccountOfTwo(
  { sessionId, seenSeq, giver, witness }: Witnessed,
  call: Call,
  decide: (of: SessionOfDrug, witness: string) => DrugRow,
): Promise<{ seq: number }> {
  await sessionOf(call, sessionId);
  const { second } = await signTogether({ signature: giver, second: witness }, WITNESSES, call);
  return atAccount(sessionId, call, (of) => {
    if (isAmong(givers(of.bodies), second, call)) {
      throw new Denial(
        'WITNESS_GAVE',
        'This person gave or handled drug of this session. Somebody else has to witness.',
        {
          session: sessionId,
          second: second.id,
        },
      );
    }
    requireSeen(of, seenSeq);
    return decide(of, second.id);
  });
}

/** Also where one of them is the same person under another name. */
export function isAmong(ids: ReadonlySet<string>, person: Person, { station }: Call): boolean {
  const known = [...ids].map((id) => station.book.find(id) ?? { id, name: id });
  return known.some((each) => isSamePerson(each, person));
}
