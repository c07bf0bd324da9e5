import { useCallback, useEffect, useState } from 'react';
import { useApi } from '../../app/context.tsx';
import type { ReviewFile } from '../../app/types.ts';

const NO_ANSWER = { ok: false, message: 'The station did not answer' } as const;

/** Signatures and notes of a session. Asking for them is itself written down: who looked at what. */
export function useReviewFile(sessionId: string) {
  const api = useApi();
  const [state, setState] = useState<{ readonly file: ReviewFile | null; readonly failure: string | null }>({
    file: null,
    failure: null,
  });
  const load = useCallback(async (): Promise<void> => {
    const answer = await api.review.open({ sessionId }).catch(() => NO_ANSWER);
    setState({ file: answer.ok ? answer.value : null, failure: answer.ok ? null : answer.message });
  }, [api, sessionId]);
  useEffect(() => void load(), [load]);
  return { ...state, load };
}
