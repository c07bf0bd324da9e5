import type { BalanceFlag, DrugAccount } from '../../../db/drug-account.ts';
import { type DrugEntryRow, witnessOf } from '../../../db/drug-rows.ts';
import type { FactClock } from '../facts/clock.ts';
import { personIn } from '../facts/people.ts';
import type { SessionFacts } from '../facts/session-facts.ts';
import { wordOf } from '../facts/words.ts';
import { drawFacts } from './facts-grid.ts';
import type { Sheet } from './sheet.ts';
import { drawTable } from './table.ts';

const mL = (microlitres: number): string => `${microlitres / 1000} mL`;
const mg = (micrograms: number): string => `${micrograms / 1000} mg`;

const STATES: Readonly<Record<DrugAccount['state'], string>> = {
  'no-drug': 'nothing drawn up, nothing given',
  open: 'OPEN - not reconciled yet',
  balanced: 'balanced',
  declared: 'OPEN - declared so with a reason',
  closed: 'difference closed by a supervisor',
};

const FLAGS: Readonly<Record<BalanceFlag, string>> = {
  'drawn-late': 'drawing up was written down after the infusion had begun',
  'not-drawn-up': 'drug was given that nobody wrote down as drawn up',
  'lot-differs': 'another lot was drawn up than ordered',
  'concentration-differs': 'another concentration was made up than ordered',
  'counter-differs': "the station's sum and the pump's counter differ",
  'dose-unseen': 'what the pump gave while the station was down could not be read back',
  'counter-unknown': "no read-back of the pump's counter is in the record",
};

const NAMES: Readonly<Record<DrugEntryRow['act'], string>> = {
  'drug.drawn': 'Drawn up',
  'drug.waste': 'Wasted',
  'drug.return': 'Returned',
  'drug.residual': 'Left in syringe and set',
  'drug.prime': 'Into the line by hand',
  'drug.flush': 'Flushed into the patient',
};

/** Where the controlled drug went: every entry, who witnessed it, the sums and what is missing. */
export function drawDrugAccount(sheet: Sheet, facts: SessionFacts, clock: FactClock): void {
  const { drug } = facts;
  sheet.need(200);
  sheet.heading('Account of the controlled drug', STATES[drug.state]);
  drawFacts(sheet, sums(drug));
  for (const flag of drug.flags) sheet.paragraph(`Look at this: ${FLAGS[flag]}.`, { font: 'bold' });
  const { explanation } = drug;
  if (explanation !== null) {
    const by = personIn(facts, explanation.by);
    sheet.paragraph(`On the difference${by === '' ? '' : `, ${by}`}: ${explanation.reason}`);
  }
  if (drug.entries.length === 0) return sheet.paragraph('No entry was made.');
  const columns = [
    { title: 'Row', share: 0.8, align: 'right' },
    { title: 'Time', share: 1.3 },
    { title: 'Entry', share: 2.2 },
    { title: 'Volume', share: 1.2, align: 'right' },
    { title: 'Mass', share: 1.2, align: 'right' },
    { title: 'By', share: 2 },
    { title: 'Witness', share: 2 },
    { title: 'What else', share: 4.2 },
  ] as const;
  const corrections = witnessesOfCorrections(facts);
  drawTable(
    sheet,
    columns,
    drug.entries.map((entry) => entryRow(entry, facts, corrections.get(entry.seq), clock)),
  );
}

function sums(drug: DrugAccount): readonly (readonly [string, string])[] {
  const drawn = drug.entries.reduce((sum, { act, figures }) => sum + (act === 'drug.drawn' ? figures.massUg : 0), 0);
  const counted = drug.countedUl === null ? 'not read back' : mL(drug.countedUl);
  return [
    ['Drawn up', mg(drawn)],
    ['Given, by the pump', `${mg(drug.givenUg)} (${mL(drug.givenUl)})`],
    ["Pump's own counter", counted],
    ...unseenIn(drug),
    ['Wasted', mg(drug.wastedUg)],
    ['Returned', mg(drug.returnedUg)],
    ['Left in syringe and set', mg(drug.residualUg)],
    ['Left in the line', mg(drug.inLineUg)],
    ['Flushed by hand', mg(drug.flushedUg)],
    ['Difference, syringe', differenceOf(drug.syringe)],
    ['Difference, containers', differenceOf(drug.containers)],
  ];
}

function unseenIn({ unseen }: DrugAccount): readonly (readonly [string, string])[] {
  if (unseen === null) return [];
  const told = unseen.accounting === 'counted' ? 'by its counter' : 'at most, NOT READ BACK';
  return [['Given while the station was down', `${mL(unseen.volumeUl)}, ${told}`]];
}

function differenceOf({ kind, difference }: DrugAccount['syringe']): string {
  return `${mg(difference)} - ${{ balanced: 'balanced', missing: 'MISSING', excess: 'MORE THAN DRAWN' }[kind]}`;
}

/** Newest correction of each entry: who signed it beside the one who made it. */
function witnessesOfCorrections({ rows }: SessionFacts): ReadonlyMap<number, string> {
  return new Map(
    rows.flatMap(({ act, ref, new: figures }): [number, string][] =>
      act === 'drug.corrected' && ref !== undefined ? [[ref, wordOf(figures, 'witness')]] : [],
    ),
  );
}

function entryRow(entry: DrugEntryRow, facts: SessionFacts, corrector: string | undefined, clock: FactClock) {
  const { seq, time, act, figures, by, reason, correctedFromUl } = entry;
  const witnesses = new Set([witnessOf(entry) ?? '', corrector ?? '']);
  const corrected = correctedFromUl === null ? '' : `corrected, first written ${mL(correctedFromUl)}`;
  return {
    cells: [
      String(seq),
      clock.time(time),
      NAMES[act],
      mL(figures.volumeUl),
      mg(figures.massUg),
      personIn(facts, by),
      [...witnesses]
        .map((id) => personIn(facts, id))
        .filter(Boolean)
        .join(', '),
      [detailsOf(entry), corrected, reason ?? ''].filter(Boolean).join('; '),
    ],
  };
}

function detailsOf(entry: DrugEntryRow): string {
  if (entry.act === 'drug.waste') return `${entry.figures.manner}, from the ${entry.figures.from}`;
  if (entry.act === 'drug.return') return `from the ${entry.figures.from}`;
  if (entry.act !== 'drug.drawn') return '';
  const { ndc, lot, expiry, containers, containerVolumeUl, containerConcentrationUgPerMl, afterAdditionUl, late } =
    entry.figures;
  const opened = `${containers} x ${mL(containerVolumeUl)} at ${containerConcentrationUgPerMl / 1000} mg/mL`;
  return `${opened}, made up to ${mL(afterAdditionUl)}; NDC ${ndc}, lot ${lot}, expiry ${expiry}${late ? '; late' : ''}`;
}
