import type { z } from 'zod';
import { preparationProblem, prepared } from '../../../core/reconciliation.ts';
import { massIn, microgramPerMillilitre, microlitre } from '../../../core/units.ts';
import { drugAccount } from '../../../db/drug-account.ts';
import { type DrugBody, type DrugEntryRow, drugEntries } from '../../../db/drug-rows.ts';
import type { SessionRecord } from '../../../db/trail.ts';
import type { contract } from '../../../preload/contract/contract.ts';
import type { Role } from '../../../preload/contract/leaf.ts';
import type { RowDetails } from '../journal.ts';
import { withZone } from '../local-time.ts';
import { Denial, Refusal } from '../refusals.ts';
import { bodiesOf, sessionOf, writeToSession } from '../session-rows.ts';
import { type Call, personOf } from '../station-context.ts';
import { balanceOf, orderedDrug } from './drug-balance.ts';
import type { GroupHandlers } from './handler.ts';
import { signAlone, signTogether } from './sign-together.ts';

/** Who may see drug go and sign for it beside whoever gave it. */
const WITNESSES: readonly Role[] = ['clinician', 'supervisor'];

interface SessionOfDrug {
  readonly session: SessionRecord;
  readonly bodies: readonly DrugBody[];
}

async function drugOf(call: Call, sessionId: string): Promise<SessionOfDrug> {
  return { session: await sessionOf(call, sessionId), bodies: await bodiesOf(call, sessionId) };
}

async function write(
  act: string,
  { session }: SessionOfDrug,
  details: RowDetails,
  call: Call,
): Promise<{ seq: number }> {
  const { seq } = await writeToSession(session, act, { by: personOf(call).id, ...details }, call);
  return { seq };
}

/** Concentration of what lies in a place: of the order in the syringe, of the newest container in the container. */
function concentrationIn(place: 'syringe' | 'container', bodies: readonly DrugBody[]): number {
  if (place === 'syringe') return orderedDrug(bodies).concentrationUgPerMl;
  const drawn = drugEntries(bodies).findLast((entry) => entry.act === 'drug.drawn');
  if (drawn?.act === 'drug.drawn') return drawn.figures.containerConcentrationUgPerMl;
  throw new Refusal('NOTHING_DRAWN', 'No drawing up is written down. Write it down first, then what is left of it.');
}

function amountFrom(place: 'syringe' | 'container', volumeUl: number, bodies: readonly DrugBody[]) {
  return amount(volumeUl, concentrationIn(place, bodies));
}

function amount(volumeUl: number, concentrationUgPerMl: number) {
  const massUg = massIn(microlitre(volumeUl), microgramPerMillilitre(concentrationUgPerMl));
  return { volumeUl, massUg, concentrationUgPerMl };
}

type DrawUp = z.output<typeof contract.drug.drawUp.input>;

async function drawUp({ sessionId, ...input }: DrawUp, call: Call): Promise<{ seq: number }> {
  const of = await drugOf(call, sessionId);
  if (input.expiry < withZone(new Date()).slice(0, 10)) {
    const details = {
      by: personOf(call).id,
      outcome: 'denied',
      new: { lot: input.lot, expiry: input.expiry },
    } as const;
    await writeToSession(of.session, 'drug.expired', details, call);
    throw new Refusal('DRUG_EXPIRED', `This drug expired on ${input.expiry}. Take another container.`);
  }
  const preparation = {
    containerConcentration: microgramPerMillilitre(input.containerConcentrationUgPerMl),
    containerVolume: microlitre(input.containerVolumeUl),
    containers: input.containers,
    drawn: microlitre(input.volumeUl),
    afterAddition: microlitre(input.afterAdditionUl),
  };
  const problem = preparationProblem(preparation);
  if (problem === 'more-than-opened')
    throw new Refusal('MORE_THAN_OPENED', 'More was drawn than the containers hold. Check the volumes.');
  if (problem !== null)
    throw new Refusal('LESS_AFTER_ADDITION', 'The volume after addition is less than what was drawn. Check it.');
  const { opened, drawn } = prepared(preparation);
  const figures = {
    drug: orderedDrug(of.bodies).drug,
    ...input,
    massUg: drawn,
    openedUg: opened,
    late: hasBegun(of.bodies),
  };
  return write('drug.drawn', of, { new: figures }, call);
}

/** An infusion that was ever asked for at the pump has begun. */
function hasBegun(bodies: readonly DrugBody[]): boolean {
  return bodies.some(({ act }) => act === 'pump.start.intent');
}

type Waste = z.output<typeof contract.drug.waste.input>;

/** Both persons sign at this moment; the giver is who asks, the witness somebody else (21 CFR 11.200). */
async function waste({ sessionId, from, volumeUl, manner, reason, giver, witness }: Waste, call: Call) {
  const of = await drugOf(call, sessionId);
  const wasted = amountFrom(from, volumeUl, of.bodies);
  const { second } = await signTogether({ signature: giver, second: witness }, WITNESSES, call);
  return write('drug.waste', of, { reason, new: { ...wasted, from, manner, witness: second.id } }, call);
}

type Correction = z.output<typeof contract.drug.correct.input>;

async function correct(
  { sessionId, seq, volumeUl, reason, giver, witness }: Correction,
  call: Call,
): Promise<{ seq: number }> {
  const of = await drugOf(call, sessionId);
  const entry = drugEntries(of.bodies).find((each) => each.seq === seq);
  if (entry === undefined) throw new Refusal('UNKNOWN_ENTRY', `Row ${seq} is no drug entry of this session.`);
  const { volumeUl: oldUl, massUg } = entry.figures;
  const { second } = await signTogether({ signature: giver, second: witness }, WITNESSES, call);
  const now = amount(volumeUl, concentrationOf(entry));
  const details = { ref: seq, reason, old: { volumeUl: oldUl, massUg }, new: { ...now, witness: second.id } };
  return write('drug.corrected', of, details, call);
}

function concentrationOf(entry: DrugEntryRow): number {
  const { act, figures } = entry;
  return act === 'drug.drawn' ? figures.containerConcentrationUgPerMl : figures.concentrationUgPerMl;
}

type Closing = z.output<typeof contract.drug.closeDiscrepancy.input>;

async function closeDiscrepancy({ sessionId, reason, signature }: Closing, call: Call): Promise<{ seq: number }> {
  const of = await drugOf(call, sessionId);
  const { entries, syringe, containers, state } = drugAccount(of.bodies);
  const { id } = personOf(call);
  if (entries.some(({ by }) => by === id)) {
    throw new Denial('GIVER_MAY_NOT_CLOSE', 'You handled this drug yourself. Another supervisor has to close it.');
  }
  if (of.session.closedAt === null) throw new Refusal('SESSION_OPEN', 'This session is still open. End it first.');
  if (state === 'balanced' || state === 'no-drug') throw new Refusal('NO_DISCREPANCY', 'The balance closes by itself.');
  await signAlone(signature, call);
  const figures = { syringe: signed(syringe), containers: signed(containers) };
  return write('drug.discrepancy.closed', of, { reason, new: figures }, call);
}

function signed({ kind, difference }: { readonly kind: string; readonly difference: number }) {
  return { kind, differenceUg: difference };
}

export const drug: GroupHandlers<'drug'> = {
  drawUp,
  waste,
  returnDrug: async ({ sessionId, from, volumeUl, reason }, call) => {
    const of = await drugOf(call, sessionId);
    return write('drug.return', of, { reason, new: { ...amountFrom(from, volumeUl, of.bodies), from } }, call);
  },
  residual: async ({ sessionId, volumeUl, reason }, call) => {
    const of = await drugOf(call, sessionId);
    return write('drug.residual', of, { reason, new: amountFrom('syringe', volumeUl, of.bodies) }, call);
  },
  byHand: async ({ sessionId, kind, volumeUl }, call) => {
    const of = await drugOf(call, sessionId);
    return write(`drug.${kind}`, of, { new: amountFrom('syringe', volumeUl, of.bodies) }, call);
  },
  correct,
  declareOpen: async ({ sessionId, reason }, call) => {
    const of = await drugOf(call, sessionId);
    const { syringe, containers } = drugAccount(of.bodies);
    return write(
      'drug.discrepancy',
      of,
      { reason, new: { syringe: signed(syringe), containers: signed(containers) } },
      call,
    );
  },
  closeDiscrepancy,
  balance: balanceOf,
};
