import { expect, test } from 'vitest';
import type { AuditReceipt } from '../../db/trail.ts';
import { millisecond } from '../../core/units.ts';
import type { Journal, RowDetails } from './journal.ts';
import { StopLog } from './stop-log.ts';

/** Rows as they are handed over, and what tells of each that it is durable. */
function bench() {
  const rows: (RowDetails & { act: string })[] = [];
  const durable: (() => void)[] = [];
  const note = (act: string, details: RowDetails, written?: (receipt: AuditReceipt) => void): void => {
    rows.push({ act, ...details });
    const seq = rows.length;
    durable.push(() => written?.({ seq, hash: '' }));
  };
  // The log calls nothing else of a journal.
  return { rows, durable, log: new StopLog({ note } as unknown as Journal) };
}

const at = (seconds: number) => millisecond(seconds * 1000);
const numbers = (rows: readonly RowDetails[]) => rows.map((row) => (row.new as { stop: number }).stop);

test('a stop, its repeats and its confirmation have one number, and the row they resolve once that is durable', () => {
  const { rows, durable, log } = bench();
  log.sent('SpO2 low', at(0));
  durable[0]?.();
  for (let second = 1; second <= 11; second += 1) log.sent('SpO2 low', at(second));
  log.over(false);
  log.sent('Pulse', at(20));
  log.over(false);
  expect(rows.map(({ act }) => act.split('.').at(-1))).toEqual(['intent', 'intent', 'outcome', 'intent', 'outcome']);
  expect(numbers(rows)).toEqual([1, 1, 1, 2, 2]);
  expect(rows.map(({ ref }) => ref)).toEqual([undefined, 1, 1, undefined, undefined]);
});

test('an intent that becomes durable late is not taken for the one of the next stop', () => {
  const { rows, durable, log } = bench();
  log.sent('first', at(0));
  log.over(false);
  log.sent('second', at(1));
  durable[0]?.();
  durable[2]?.();
  log.over(false);
  expect(rows.at(-1)).toMatchObject({ ref: 3, new: { stop: 2, sent: 1 } });
});

test('a stop that only a person answers for is not written down as read back', () => {
  const { rows, log } = bench();
  log.sent('Pump silent', at(0));
  log.over(true);
  expect(rows.at(-1)).toMatchObject({ outcome: 'unknown', new: { stop: 1, sent: 1 } });
  log.over(false);
  expect(rows).toHaveLength(2);
});
