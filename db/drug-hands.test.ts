import { expect, test } from 'vitest';
import { givers, participants, runners } from './drug-hands.ts';
import type { DrugBody } from './drug-rows.ts';

const row = (act: string, id: string | null, outcome = 'ok', figures?: DrugBody['new']): DrugBody => ({
  seq: 1,
  ts: '2026-11-22T08:00:00.000Z',
  act,
  outcome,
  actor: id === null ? null : { id, role: 'clinician', auth: [] },
  ...(figures !== undefined && { new: figures }),
});

const ROWS = [
  row('session.open', 'orders'),
  row('session.start', 'starts'),
  row('session.start', 'was-refused', 'denied'),
  row('session.pause', 'pauses'),
  row('session.resume', 'resumes', 'ok', { confirmedRateUlPerH: 1, witness: 'unlocks' }),
  row('drug.drawn', 'draws'),
  row('drug.waste', 'wastes', 'ok', { witness: 'sees' }),
  row('drug.corrected', 'corrects'),
  row('drug.discrepancy', 'declares'),
  row('drug.discrepancy.closed', 'closed-before'),
  row('session.note', 'notes'),
  row('alarm.acknowledge', 'came-by'),
  row('pump.state', null),
];

test('who gave are all who let drug flow or had it in hand, and nobody who was refused', () => {
  expect([...givers(ROWS)].toSorted()).toEqual(['draws', 'resumes', 'starts', 'wastes']);
});

test('who ran the session are these and who ordered, checked, armed, paused or ended it', () => {
  expect([...runners(ROWS)].toSorted()).toEqual([
    'corrects',
    'declares',
    'draws',
    'orders',
    'pauses',
    'resumes',
    'starts',
    'wastes',
  ]);
});

test('who took part are these and every witness, not who wrote a note or acknowledged in passing', () => {
  const more = [...participants(ROWS)].filter((id) => !runners(ROWS).has(id));
  expect(more.toSorted()).toEqual(['sees', 'unlocks']);
});
