import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi, useApp } from '../../app/context.tsx';
import type { FoundSession, SessionPage } from '../../app/types.ts';
import { type SearchDraft, toSearch } from './search-draft.ts';

/** How long typing rests before the station is asked (ms). */
const REST_MS = 200;

export interface Sessions {
  readonly rows: readonly FoundSession[];
  readonly total: number;
  readonly next: SessionPage['next'];
  readonly failure: string | null;
}

const NONE: Sessions = { rows: [], total: 0, next: null, failure: null };
const NO_ANSWER = { ok: false, message: 'The station did not answer' } as const;

/** Sessions that fit, page after page; a newer question makes the answer to an older one void. */
export function useSessions(draft: SearchDraft) {
  const api = useApi();
  const timeZone = useApp((state) => state.info?.timeZone ?? 'UTC');
  const [sessions, setSessions] = useState(NONE);
  const question = useRef(0);

  const ask = useCallback(
    async (known: Sessions): Promise<void> => {
      const number = ++question.current;
      const answer = await api.review.find(toSearch(draft, timeZone, known.next)).catch(() => NO_ANSWER);
      if (number !== question.current) return;
      if (!answer.ok) setSessions({ ...NONE, failure: answer.message });
      else setSessions({ ...answer.value, rows: [...known.rows, ...answer.value.rows], failure: null });
    },
    [api, draft, timeZone],
  );
  const reload = useCallback(() => void ask(NONE), [ask]);

  useEffect(() => {
    const timer = setTimeout(reload, REST_MS);
    return () => clearTimeout(timer);
  }, [reload]);

  return { ...sessions, more: () => void ask(sessions), reload };
}
