import { useCallback, useEffect, useState } from 'react';
import { useApi } from '../../app/context.tsx';
import type { ReviewFile } from '../../app/types.ts';

const NO_ANSWER = { ok: false, message: 'The station did not answer' } as const;

interface Shown {
  /** Which question it answers, counted from 0. */
  readonly asked: number;
  readonly file: ReviewFile | null;
  readonly failure: string | null;
}

/** Signatures and notes of a session. Asking for them is itself written down: who looked at what. */
export function useReviewFile(sessionId: string) {
  const api = useApi();
  const [state, setState] = useState<Shown>({
    asked: 0,
    file: null,
    failure: null,
  });
  const [asked, setAsked] = useState(0);
  const load = useCallback(() => setAsked((count) => count + 1), []);

  useEffect(() => {
    let current = true;
    const ask = async (): Promise<void> => {
      const answer = await api.review.open({ sessionId }).catch(() => NO_ANSWER);
      if (!current) return;
      setState({ asked, file: answer.ok ? answer.value : null, failure: answer.ok ? null : answer.message });
    };
    void ask();
    return () => {
      current = false;
    };
  }, [api, sessionId, asked]);
  return { ...state, load };
}
