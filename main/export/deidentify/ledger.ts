import type { DrugAccount } from '../../../db/drug-account.ts';
import { type DrugEntryRow, witnessOf } from '../../../db/drug-rows.ts';
import type { SignOff } from '../../../db/sign-off.ts';
import { WITHHELD } from './figures.ts';

/** How one export tells of the others: rows by their place in it, moments by its clock, persons by their pseudonyms. */
export interface Disguise {
  readonly row: (seq: number) => number;
  readonly moment: (utc: string) => string;
  readonly person: (id: string) => string;
}

/** The account with all its sums, and nothing by which a container or a person could be found. */
export function harmlessAccount(account: DrugAccount, disguise: Disguise): DrugAccount {
  const { state, flags, syringe, containers, explanation } = account;
  const { givenUl, countedUl, givenUg, unseen, flushedUg, inLineUg, wastedUg, returnedUg, residualUg } = account;
  return {
    state,
    flags,
    entries: account.entries.map((entry) => harmlessEntry(entry, disguise)),
    syringe,
    containers,
    givenUl,
    countedUl,
    givenUg,
    unseen,
    flushedUg,
    inLineUg,
    wastedUg,
    returnedUg,
    residualUg,
    explanation:
      explanation === null
        ? null
        : { by: explanation.by === null ? null : disguise.person(explanation.by), reason: WITHHELD },
  };
}

function harmlessEntry(entry: DrugEntryRow, { row, moment, person }: Disguise): DrugEntryRow {
  const common = {
    seq: row(entry.seq),
    time: moment(entry.time),
    by: entry.by === null ? null : person(entry.by),
    reason: entry.reason === null ? null : WITHHELD,
    correctedFromUl: entry.correctedFromUl,
  };
  const seen = witnessOf(entry);
  const witness = seen === null ? null : person(seen);
  // The figures are numbers and words of fixed lists by their schema (db/drug-rows.ts), but for what is named here.
  switch (entry.act) {
    case 'drug.drawn': {
      const written = { drug: WITHHELD, ndc: WITHHELD, lot: WITHHELD, expiry: WITHHELD };
      return { ...common, act: entry.act, figures: { ...entry.figures, ...written } };
    }
    case 'drug.waste': {
      const written = { manner: WITHHELD, witness: person(entry.figures.witness) };
      return { ...common, act: entry.act, figures: { ...entry.figures, ...written } };
    }
    case 'drug.return':
      return { ...common, act: entry.act, figures: { ...entry.figures, witness } };
    case 'drug.residual':
    case 'drug.prime':
    case 'drug.flush':
      return { ...common, act: entry.act, figures: { ...entry.figures, witness } };
  }
}

/** Meaning and validity of a signature; the hashes it is bound to are codes of the station's record. */
export function harmlessSignOff(signOff: SignOff, { row, moment, person }: Disguise): SignOff {
  const { meaning, seq, time, by, lastSeq, changedBy } = signOff;
  return {
    name: WITHHELD,
    meaning,
    lastSeq: row(lastSeq),
    lastHash: '',
    size: 0,
    root: '',
    seq: row(seq),
    time: moment(time),
    by: by === null ? null : person(by),
    changedBy: changedBy === null ? null : row(changedBy),
  };
}
