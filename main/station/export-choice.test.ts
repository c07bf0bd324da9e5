import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SessionRecord, Trail } from '../../db/trail.ts';
import { choose } from './export-choice.ts';

const zone = process.env['TZ'];

beforeEach(() => {
  process.env['TZ'] = 'Europe/Zurich';
});
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

function trailWith(openings: readonly string[]): Trail {
  const sessions = openings.map((openedAt): SessionRecord => {
    const person = { chairId: '1', patientId: 'p', patientName: 'n', clinician: 'c' };
    return { id: openedAt, ...person, openedAt, closedAt: openedAt, state: 'ended' };
  });
  return { sessions: () => Promise.resolve(sessions) } as Partial<Trail> as Trail;
}

describe('the sessions of a day are those of the local day', () => {
  test.each([
    ['of 24 hours', '2026-11-22', '2026-11-21T23:00:00.000Z', '2026-11-22T22:59:59.999Z'],
    ['of 23 hours', '2026-03-29', '2026-03-28T23:00:00.000Z', '2026-03-29T21:59:59.999Z'],
    ['of 25 hours', '2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T22:59:59.999Z'],
  ])('%s, from its first to its last moment', async (_, day, first, last) => {
    const beside = (utc: string, by: number): string => new Date(Date.parse(utc) + by).toISOString();
    const trail = trailWith([beside(first, -1), first, last, beside(last, 1)]);
    const { sessions } = await choose({ kind: 'day', day }, 'identified', trail);
    expect(sessions).toEqual([first, last]);
  });
});
