import { useCallback, useEffect, useState } from 'react';
import { useApi } from '../../app/context.tsx';
import type { DrugBalance } from '../../app/types.ts';

interface Shown {
  /** Which question it answers, counted from 0. */
  readonly asked: number;
  readonly sessionId: string;
  readonly balance: DrugBalance | null;
  readonly failure: string | null;
}

const NO_ANSWER = { ok: false, message: 'The station did not answer' } as const;

/** The drug account of a session, asked anew after every row about it. */
export function useBalance(sessionId: string) {
  const api = useApi();
  const [shown, setShown] = useState<Shown>({ asked: 0, sessionId, balance: null, failure: null });

  const [asked, setAsked] = useState(0);
  const load = useCallback(() => setAsked((count) => count + 1), []);

  useEffect(() => {
    let current = true;
    const ask = async (): Promise<void> => {
      const answer = await api.drug.balance({ sessionId }).catch(() => NO_ANSWER);
      if (!current) return;
      setShown({
        asked,
        sessionId,
        balance: answer.ok ? answer.value : null,
        failure: answer.ok ? null : answer.message,
      });
    };
    void ask();
    return () => {
      current = false;
    };
  }, [api, sessionId, asked]);

  useEffect(
    () =>
      api.subscribe('trail', ({ data }) => {
        const about = data.act.startsWith('drug.') || data.act.startsWith('session.') || data.act === 'pump.progress';
        if (data.sessionId === sessionId && about) load();
      }),
    [api, sessionId, load],
  );

  return shown.sessionId === sessionId ? { ...shown, load } : { balance: null, failure: null, load };
}
