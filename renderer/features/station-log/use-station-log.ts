import { useCallback, useEffect, useRef, useState } from 'react';
import type { TrailEvent } from '../../../preload/contract/frames.ts';
import { useApi, useApp } from '../../app/context.tsx';
import { type LogDraft, toLogAsked } from './log-draft.ts';

/** How long typing rests before the station is asked (ms). */
const REST_MS = 200;
const PAGE = 100;

interface Log {
  readonly rows: readonly TrailEvent[];
  readonly next: number | null;
  readonly failure: string | null;
}

const NONE: Log = { rows: [], next: null, failure: null };
const NO_ANSWER = { ok: false, message: 'The station did not answer' } as const;

/** Rows of the station that fit, page after page; a newer question makes the answer to an older one void. */
export function useStationLog(draft: LogDraft) {
  const api = useApi();
  const timeZone = useApp((state) => state.info?.timeZone ?? 'UTC');
  const [log, setLog] = useState<Log | null>(null);
  const question = useRef(0);

  const ask = useCallback(
    async (known: Log): Promise<void> => {
      const number = ++question.current;
      const page = { ...toLogAsked(draft, timeZone), before: known.next, limit: PAGE };
      const answer = await api.review.log(page).catch(() => NO_ANSWER);
      if (number !== question.current) return;
      if (answer.ok) setLog({ ...answer.value, rows: [...known.rows, ...answer.value.rows], failure: null });
      else setLog({ ...NONE, failure: answer.message });
    },
    [api, draft, timeZone],
  );

  useEffect(() => {
    const timer = setTimeout(() => void ask(NONE), REST_MS);
    return () => clearTimeout(timer);
  }, [ask]);

  return { ...(log ?? NONE), asked: log !== null, more: () => void ask(log ?? NONE) };
}
