import { stringify } from 'csv-stringify/sync';
import { sentenceOf } from '../../station/event-sentences.ts';
import { signCells, SPREADSHEET } from '../csv.ts';
import { drugTable } from '../drug-csv.ts';
import { type FactClock, relativeClock } from '../facts/clock.ts';
import type { SessionFacts } from '../facts/session-facts.ts';
import type { DeidentifiedContent } from './variant.ts';

const SHIFTED: FactClock = {
  zero: 0,
  label: 'shifted time (UTC)',
  time: (utc) => utc,
  moment: (utc) => utc,
  tick: (at) => new Date(at).toISOString(),
};

/** How the times of a variant may be told. */
export function clockFor(content: DeidentifiedContent, openedAt: string): FactClock {
  return content === 'safe-harbor' ? relativeClock(openedAt) : SHIFTED;
}

/** @param facts without identifiers */
export function eventTable({ rows, session }: SessionFacts, content: DeidentifiedContent): string {
  const clock = clockFor(content, session.openedAt);
  const lines = rows.map((row) => ({
    number: row.seq,
    [clock.label]: clock.time(row.ts),
    person: row.actor?.id ?? '',
    event: row.act,
    outcome: row.outcome,
    'in words': sentenceOf(row),
    'old value': JSON.stringify(row.old),
    'new value': JSON.stringify(row.new),
  }));
  return stringify(lines, SPREADSHEET);
}

/** @param facts without identifiers */
export function trendTable({ trends, session }: SessionFacts, content: DeidentifiedContent): string {
  const clock = clockFor(content, session.openedAt);
  const lines = trends.flatMap((chunk) =>
    chunk.spo2.map((spo2, second) => ({
      [clock.label]: clock.time(new Date(Date.parse(chunk.startedAt) + second * 1000).toISOString()),
      // An empty cell is a gap; no value is ever carried over it.
      'SpO2 (%)': spo2 ?? '',
      'pulse rate (1/min)': chunk.pulse[second] ?? '',
      'pump rate (uL/h)': chunk.rateUlPerH[second] ?? '',
      'delivered volume (uL)': chunk.deliveredUl[second] ?? '',
      ...signCells(chunk, second),
    })),
  );
  return stringify(lines, SPREADSHEET);
}

/** @param facts without identifiers */
export function drugAccountTable({ drug, session }: SessionFacts, content: DeidentifiedContent): string {
  return drugTable(drug, clockFor(content, session.openedAt));
}
