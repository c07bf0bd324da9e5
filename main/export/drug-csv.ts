import { stringify } from 'csv-stringify/sync';
import { type DrugAccount, drugAccount } from '../../db/drug-account.ts';
import { type DrugEntryRow, readBody, witnessOf } from '../../db/drug-rows.ts';
import { SPREADSHEET } from './csv.ts';

/** What the moments of a table are, and how one is told. */
export interface TableTime {
  readonly label: string;
  time(utc: string): string;
}

type Cell = string | number;
type Line = Readonly<Record<string, Cell>>;

const UTC: TableTime = { label: 'time (UTC)', time: (utc) => utc };

/** The controlled drug of a session: each entry with the figures that hold now, then the sums and the differences. */
export function drugCsv(bodies: readonly string[]): string {
  return drugTable(drugAccount(bodies.flatMap((body) => readBody(body) ?? [])), UTC);
}

export function drugTable(account: DrugAccount, time: TableTime): string {
  const lines = [...account.entries.map((entry) => entryLine(entry, time)), ...sumLines(account)];
  const empty = Object.fromEntries(columns(time).map((column) => [column, '']));
  return stringify(
    lines.map((line) => ({ ...empty, ...line })),
    SPREADSHEET,
  );
}

/** Every column in every file, so that the tables of many sessions can be joined. */
function columns({ label }: TableTime): readonly string[] {
  const text =
    'person|entry|volume (uL)|mass (ug)|volume first written (uL)|from|concentration (ug/mL)|drug|NDC|lot|expiry|' +
    'containers|container volume (uL)|opened (ug)|volume after addition (uL)|drawn late|manner|witness|reason|state';
  return ['row', label, ...text.split('|')];
}

function entryLine(entry: DrugEntryRow, time: TableTime): Line {
  const { volumeUl, massUg } = entry.figures;
  return {
    row: entry.seq,
    [time.label]: time.time(entry.time),
    person: entry.by ?? '',
    entry: entry.act.replace('drug.', ''),
    'volume (uL)': volumeUl,
    'mass (ug)': massUg,
    'volume first written (uL)': entry.correctedFromUl ?? '',
    ...detailsOf(entry),
    reason: entry.reason ?? '',
  };
}

function detailsOf(entry: DrugEntryRow): Line {
  if (entry.act === 'drug.drawn') {
    const { figures } = entry;
    return {
      'concentration (ug/mL)': figures.containerConcentrationUgPerMl,
      drug: figures.drug,
      NDC: figures.ndc,
      lot: figures.lot,
      expiry: figures.expiry,
      containers: figures.containers,
      'container volume (uL)': figures.containerVolumeUl,
      'opened (ug)': figures.openedUg,
      'volume after addition (uL)': figures.afterAdditionUl,
      'drawn late': figures.late ? 'yes' : 'no',
    };
  }
  const concentration = { 'concentration (ug/mL)': entry.figures.concentrationUgPerMl };
  const common = { ...concentration, witness: witnessOf(entry) ?? '' };
  if (entry.act === 'drug.waste') return { ...common, from: entry.figures.from, manner: entry.figures.manner };
  return entry.act === 'drug.return' ? { ...common, from: entry.figures.from } : common;
}

function sumLines({ state, flags, syringe, containers, explanation, ...sums }: DrugAccount): readonly Line[] {
  const difference = (of: string, { kind, difference: massUg }: DrugAccount['syringe']): Line => ({
    entry: `difference of the ${of}`,
    'mass (ug)': massUg,
    state: kind,
  });
  return [
    { entry: 'given, by the pump', 'volume (uL)': sums.givenUl, 'mass (ug)': sums.givenUg },
    { entry: 'given, by the counter at changes of state', 'volume (uL)': sums.countedUl ?? '' },
    ...(sums.unseen === null
      ? []
      : [
          {
            entry: `given while the station was down, ${sums.unseen.accounting}`,
            'volume (uL)': sums.unseen.volumeUl,
          },
        ]),
    { entry: 'sum wasted', 'mass (ug)': sums.wastedUg },
    { entry: 'sum returned', 'mass (ug)': sums.returnedUg },
    { entry: 'sum left over', 'mass (ug)': sums.residualUg },
    { entry: 'left in the line', 'mass (ug)': sums.inLineUg },
    difference('syringe', syringe),
    difference('containers', containers),
    {
      entry: 'account',
      person: explanation?.by ?? '',
      reason: explanation?.reason ?? '',
      state: [state, ...flags].join(' '),
    },
  ];
}
