import { useEffect, useState } from 'react';
import { useApi } from '../../app/context.tsx';
import type { Trend } from '../../app/types.ts';

const REFRESH_MS = 10_000;

/** Trend of a session, asked anew while it grows. */
export function useTrend(sessionId: string | null, growing: boolean) {
  const api = useApi();
  const [state, setState] = useState<{ sessionId: string | null; trend: Trend | null; failure: string | null }>({
    sessionId: null,
    trend: null,
    failure: null,
  });

  useEffect(() => {
    if (sessionId === null) return undefined;
    let current = true;
    const load = async (): Promise<void> => {
      const answer = await api.session
        .trend({ sessionId })
        .catch(() => ({ ok: false, message: 'The station did not answer' }) as const);
      if (!current) return;
      setState({ sessionId, trend: answer.ok ? answer.value : null, failure: answer.ok ? null : answer.message });
    };
    void load();
    const timer = growing ? setInterval(() => void load(), REFRESH_MS) : undefined;
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [api, sessionId, growing]);

  return state.sessionId === sessionId ? state : { trend: null, failure: null };
}
