import { useEffect, useState } from 'react';
import type { TrailEvent } from '../../../preload/contract/frames.ts';
import { useApi } from '../../app/context.tsx';

/** As many as a chair's screen lists while the session grows. */
const MOST = 500;
/** Rows by which the record keeps itself: whole in every export, but noise between what people and devices did. */
const HOUSEKEEPING: ReadonlySet<string> = new Set(['trend.chunk', 'engine.chunk', 'pump.progress']);

/** Joins two sets of rows by their number, the newest first. */
export function mergeEvents(
  known: readonly TrailEvent[],
  more: readonly TrailEvent[],
  most = MOST,
): readonly TrailEvent[] {
  const told = [...known, ...more].filter(({ act }) => !HOUSEKEEPING.has(act));
  const bySeq = new Map(told.map((event) => [event.seq, event]));
  return [...bySeq.values()].toSorted((a, b) => b.seq - a.seq).slice(0, most);
}

export interface Events {
  readonly events: readonly TrailEvent[];
  readonly failure: string | null;
}

const NONE: readonly TrailEvent[] = [];

/**
 * Events of a session: live ones are listened for before the recorded ones are asked for, so none falls between.
 * @param most the newest so many; a review needs all of them
 */
export function useEvents(sessionId: string | null, most = MOST): Events {
  const api = useApi();
  const [state, setState] = useState<Events & { sessionId: string | null }>({ sessionId, events: [], failure: null });

  useEffect(() => {
    if (sessionId === null) return undefined;
    let current = true;
    const add = (more: readonly TrailEvent[]): void =>
      setState((before) => ({
        sessionId,
        failure: null,
        events: mergeEvents(before.sessionId === sessionId ? before.events : [], more, most),
      }));
    const unsubscribe = api.subscribe('trail', ({ data }) => {
      if (current && data.sessionId === sessionId) add([data]);
    });
    api.session.events({ sessionId }).then(
      (answer) => {
        if (!current) return;
        if (answer.ok) add(answer.value);
        else setState({ sessionId, events: [], failure: answer.message });
      },
      () => current && setState({ sessionId, events: [], failure: 'The station did not answer' }),
    );
    return () => {
      current = false;
      unsubscribe();
    };
  }, [api, sessionId, most]);

  return state.sessionId === sessionId ? state : { events: NONE, failure: null };
}
