import { z } from 'zod';
import type { Balance } from '../../../core/reconciliation.ts';
import { PROPOSED_RECONCILIATION as RULES } from '../../../core/reconciliation.ts';
import { type BalanceFlag, type DrugAccount, drugAccount, madeUpIn } from '../../../db/drug-account.ts';
import { type DrugBody, type DrugEntryRow, witnessOf } from '../../../db/drug-rows.ts';
import { accountSeq } from './drug-turn.ts';
import { withZone } from '../local-time.ts';
import { bodiesOf, sessionOf } from '../session-rows.ts';
import type { Call } from '../station-context.ts';

const openingSchema = z.object({ drug: z.string(), concentrationUgPerMl: z.int().positive() });

/** What the order says of the drug: name and concentration are never typed a second time. */
export function orderedDrug(bodies: readonly DrugBody[]): z.infer<typeof openingSchema> {
  const opening = bodies.find(({ act }) => act === 'session.open');
  return openingSchema.safeParse(opening?.new).data ?? { drug: 'unknown', concentrationUgPerMl: 1 };
}

const FINDINGS: Readonly<Record<BalanceFlag, (account: DrugAccount) => string>> = {
  'not-drawn-up': () => 'Drug was given and no drawing up is written down.',
  'drawn-late': () => 'The drawing up was written down after the infusion had begun.',
  'lot-differs': () => 'A lot that was drawn up is not the lot of the order.',
  'concentration-differs': () => 'What was made up differs from the concentration of the order by more than 1 %.',
  'counter-differs': ({ givenUl, countedUl }) =>
    `The pump's own counter says ${(countedUl ?? 0) / 1000} mL, the volume given says ${givenUl / 1000} mL.`,
  'dose-unseen': ({ unseen }) =>
    `What the pump gave while the station was down could not be read: up to ${(unseen?.volumeUl ?? 0) / 1000} mL more.`,
  'counter-unknown': () => "No read-back names the pump's own counter, so the volume given is not cross-checked.",
};

const side = ({ kind, taken, accounted, difference }: Balance) => ({
  kind,
  takenUg: taken,
  accountedUg: accounted,
  differenceUg: difference,
});

/** The account as the screens show it. */
export async function balanceOf({ sessionId }: { readonly sessionId: string }, call: Call) {
  await sessionOf(call, sessionId);
  const bodies = await bodiesOf(call, sessionId);
  const account = drugAccount(bodies);
  const { book } = call.station;
  const nameOf = (id: string | null) => (id === null ? 'station' : (book.find(id)?.name ?? id));
  const { state, givenUl, givenUg, countedUl, flushedUg, inLineUg, wastedUg, returnedUg, residualUg } = account;
  return {
    sessionId,
    seq: accountSeq(bodies),
    ...orderedDrug(bodies),
    state,
    findings: account.flags.map((flag) => FINDINGS[flag](account)),
    syringe: side(account.syringe),
    containers: side(account.containers),
    givenUl,
    givenUg,
    countedUl,
    flushedUg,
    inLineUg,
    wastedUg,
    returnedUg,
    residualUg,
    explanation: account.explanation && { ...account.explanation, by: nameOf(account.explanation.by) },
    toleranceUg: RULES.mass,
    toleranceIsProposal: true,
    entries: account.entries.map((entry) => ({
      seq: entry.seq,
      time: withZone(new Date(entry.time)),
      by: nameOf(entry.by),
      act: entry.act,
      volumeUl: entry.figures.volumeUl,
      massUg: entry.figures.massUg,
      detail: detailOf(entry, nameOf),
      correctedFromUl: entry.correctedFromUl,
    })),
  };
}

function detailOf(entry: DrugEntryRow, nameOf: (id: string) => string): string {
  const reason = entry.reason === null ? '' : `: ${entry.reason}`;
  const witness = witnessOf(entry);
  const because = `${witness === null ? '' : `, witness ${nameOf(witness)}`}${reason}`;
  switch (entry.act) {
    case 'drug.drawn': {
      const { containers, containerVolumeUl, containerConcentrationUgPerMl, ndc, lot, expiry } = entry.figures;
      const container = `${containers} x ${containerVolumeUl / 1000} mL of ${containerConcentrationUgPerMl / 1000} mg/mL`;
      return `${container}, NDC ${ndc}, lot ${lot}, expires ${expiry}, made up to ${madeUpIn(entry) / 1000} mg/mL`;
    }
    case 'drug.waste':
      return `${entry.figures.manner}, from the ${entry.figures.from}${because}`;
    case 'drug.return':
      return `from the ${entry.figures.from}${because}`;
    case 'drug.residual':
      return `left in syringe and set${because}`;
    case 'drug.prime':
      return `pushed into the line by hand${because}`;
    case 'drug.flush':
      return `flushed out of the line into the patient by hand${because}`;
  }
}
