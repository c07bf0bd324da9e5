import type { z } from 'zod';
import { preparationProblem, prepared } from '../../../core/reconciliation.ts';
import { massIn, microgramPerMillilitre, microlitre } from '../../../core/units.ts';
import { drugAccount } from '../../../db/drug-account.ts';
import { participants } from '../../../db/drug-hands.ts';
import { type DrugBody, type DrugEntryRow, drugEntries } from '../../../db/drug-rows.ts';
import type { contract } from '../../../preload/contract/contract.ts';
import { withZone } from '../local-time.ts';
import { Denial, Refusal } from '../refusals.ts';
import { sessionOf, writeToSession } from '../session-rows.ts';
import { type Call, personOf } from '../station-context.ts';
import { balanceOf, orderedDrug } from './drug-balance.ts';
import { atAccount, atAccountOfTwo, isAmong, requireSeen, type SessionOfDrug } from './drug-turn.ts';
import type { GroupHandlers } from './handler.ts';
import { signAlone } from './sign-together.ts';

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

function drawUp({ sessionId, ...input }: DrawUp, call: Call): Promise<{ seq: number }> {
  return atAccount(sessionId, call, async (of) => ({
    act: 'drug.drawn',
    details: { new: await drawn(input, of, call) },
  }));
}

async function drawn(input: Omit<DrawUp, 'sessionId'>, of: SessionOfDrug, call: Call) {
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
  const { opened, drawn: massUg } = prepared(preparation);
  return { drug: orderedDrug(of.bodies).drug, ...input, massUg, openedUg: opened, late: hasBegun(of.bodies) };
}

/** An infusion that was ever asked for at the pump has begun. */
function hasBegun(bodies: readonly DrugBody[]): boolean {
  return bodies.some(({ act }) => act === 'pump.start.intent');
}

type Correction = z.output<typeof contract.drug.correct.input>;

function correct({ seq, volumeUl, reason, ...signed }: Correction, call: Call): Promise<{ seq: number }> {
  return atAccountOfTwo(signed, call, ({ bodies }, witness) => {
    const entry = drugEntries(bodies).find((each) => each.seq === seq);
    if (entry === undefined) throw new Refusal('UNKNOWN_ENTRY', `Row ${seq} is no drug entry of this session.`);
    const { volumeUl: oldUl, massUg } = entry.figures;
    const now = amount(volumeUl, concentrationOf(entry));
    const details = { ref: seq, reason, old: { volumeUl: oldUl, massUg }, new: { ...now, witness } };
    return { act: 'drug.corrected', details };
  });
}

function concentrationOf(entry: DrugEntryRow): number {
  const { act, figures } = entry;
  return act === 'drug.drawn' ? figures.containerConcentrationUgPerMl : figures.concentrationUgPerMl;
}

type Closing = z.output<typeof contract.drug.closeDiscrepancy.input>;

/** Judged once more after the proof: the account may have moved while it was under way. */
async function closeDiscrepancy({ sessionId, seenSeq, reason, signature }: Closing, call: Call) {
  await sessionOf(call, sessionId);
  await signAlone(signature, call);
  return atAccount(sessionId, call, (of) => {
    const { syringe, containers, state } = drugAccount(of.bodies);
    if (isAmong(participants(of.bodies), personOf(call), call)) {
      throw new Denial('GIVER_MAY_NOT_CLOSE', 'You took part in this session. Another supervisor has to close it.', {
        session: sessionId,
      });
    }
    if (of.session.closedAt === null) throw new Refusal('SESSION_OPEN', 'This session is still open. End it first.');
    if (state === 'balanced' || state === 'no-drug')
      throw new Refusal('NO_DISCREPANCY', 'The balance closes by itself.');
    requireSeen(of, seenSeq);
    const figures = { syringe: signed(syringe), containers: signed(containers) };
    return { act: 'drug.discrepancy.closed', details: { reason, new: figures } };
  });
}

function signed({ kind, difference }: { readonly kind: string; readonly difference: number }) {
  return { kind, differenceUg: difference };
}

export const drug: GroupHandlers<'drug'> = {
  drawUp,
  waste: ({ from, volumeUl, manner, reason, ...signed }, call) =>
    atAccountOfTwo(signed, call, ({ bodies }, witness) => {
      const figures = { ...amountFrom(from, volumeUl, bodies), from, manner, witness };
      return { act: 'drug.waste', details: { reason, new: figures } };
    }),
  returnDrug: ({ from, volumeUl, reason, ...signed }, call) =>
    atAccountOfTwo(signed, call, ({ bodies }, witness) => {
      const figures = { ...amountFrom(from, volumeUl, bodies), from, witness };
      return { act: 'drug.return', details: { reason, new: figures } };
    }),
  residual: ({ volumeUl, reason, ...signed }, call) =>
    atAccountOfTwo(signed, call, ({ bodies }, witness) => {
      const figures = { ...amountFrom('syringe', volumeUl, bodies), witness };
      return { act: 'drug.residual', details: { reason, new: figures } };
    }),
  byHand: ({ kind, volumeUl, ...signed }, call) =>
    atAccountOfTwo(signed, call, ({ bodies }, witness) => {
      const figures = { ...amountFrom('syringe', volumeUl, bodies), witness };
      return { act: `drug.${kind}`, details: { new: figures } };
    }),
  correct,
  declareOpen: ({ sessionId, reason }, call) =>
    atAccount(sessionId, call, ({ bodies }) => {
      const { syringe, containers } = drugAccount(bodies);
      const figures = { syringe: signed(syringe), containers: signed(containers) };
      return { act: 'drug.discrepancy', details: { reason, new: figures } };
    }),
  closeDiscrepancy,
  balance: balanceOf,
};
