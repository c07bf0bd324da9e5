import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BackupSchedule } from './backup-schedule.ts';
import type { Trail } from '../../db/trail.ts';
import type { RowDetails } from './journal.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const DAY = 86_400_000;

test('a copy a day, each with a row; a failed one is a concern until the next succeeds', async () => {
  const rows: (string | undefined)[] = [];
  const done = { path: 'copy.db', verification: { rows: 9, root: 'r', damage: null, anchors: [], unanchoredRows: 9 } };
  const backup = vi.fn<Trail['backup']>(() => Promise.resolve(done));
  const note = (act: string, { outcome = 'ok' }: RowDetails = {}): void => void rows.push(`${act} ${outcome}`);
  const schedule = new BackupSchedule({ trail: { backup }, folder: 'copies', journal: { note } });
  backup.mockRejectedValueOnce(new Error('no room'));
  await vi.advanceTimersByTimeAsync(DAY);
  expect(schedule.concerns.join()).toMatch(/no room.*copies/);
  await vi.advanceTimersByTimeAsync(DAY);
  expect(schedule.concerns).toEqual([]);
  expect(rows).toEqual(['record.backup failed', 'record.backup ok']);
  schedule.stop();
  await vi.advanceTimersByTimeAsync(3 * DAY);
  expect(backup).toHaveBeenCalledTimes(2);
});
