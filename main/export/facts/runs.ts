import type { FactRow } from './session-facts.ts';
import { figureOf, wordOf } from './words.ts';

/** One stretch of infusing, between two changes of phase. */
export interface Run {
  /** ISO 8601, UTC. */
  readonly from: string;
  /** Where it is not known when the pump stopped: the last moment of which the record knows that it ran. */
  readonly to: string;
  /** False where the station ended while it infused: how long the pump went on is not in the record. */
  readonly isEndKnown: boolean;
  /** Given in it by the pump's own counter, as far as the record knows. */
  readonly doseUg: number;
}

/** Runs of a session in their order. @param concentrationUgPerMl of the order; null where that is not known */
export function runsOf(rows: readonly FactRow[], concentrationUgPerMl: number | null): readonly Run[] {
  const changes = rows.flatMap((row, index) => (row.act === 'session.phase' ? [{ row, index }] : []));
  const given = (row: FactRow): number =>
    Math.max(
      figureOf(row.new, 'deliveredUg') ?? 0,
      Math.floor(((figureOf(row.new, 'deliveredUl') ?? 0) * (concentrationUgPerMl ?? 0)) / 1000),
    );
  return changes.flatMap(({ row: from, index }, place) => {
    if (wordOf(from.new, 'phase') !== 'infusing') return [];
    const next = changes[place + 1];
    // The row that calls it interrupted is written when the station starts again, whenever that was.
    const isEndKnown = next !== undefined && wordOf(next.row.new, 'phase') !== 'interrupted';
    const during = rows.slice(index, isEndKnown ? next.index + 1 : undefined);
    const end = isEndKnown ? next.row : (lastSeen(during) ?? from);
    const most = isEndKnown ? given(end) : Math.max(...during.map(given));
    return [{ from: from.ts, to: end.ts, isEndKnown, doseUg: Math.max(0, most - given(from)) }];
  });
}

/** The last row that tells of the pump before the station ended. */
function lastSeen(rows: readonly FactRow[]): FactRow | undefined {
  const over = rows.findIndex(
    ({ act, new: figures }) => act === 'session.close' || wordOf(figures, 'phase') === 'interrupted',
  );
  return rows
    .slice(0, over < 0 ? undefined : over)
    .findLast(({ act }) => act === 'pump.progress' || act === 'pump.state');
}
