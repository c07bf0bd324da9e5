import { useCallback, useEffect, useState } from 'react';
import { useApi } from '../../app/context.tsx';
import type { DrugBalance } from '../../app/types.ts';

interface Shown {
  readonly sessionId: string;
  readonly balance: DrugBalance | null;
  readonly failure: string | null;
}

const NO_ANSWER = { ok: false, message: 'The station did not answer' } as const;

/** The drug account of a session, asked anew after every row about it. */
export function useBalance(sessionId: string) {
  const api = useApi();
  const [shown, setShown] = useState<Shown>({ sessionId, balance: null, failure: null });

  const load = useCallback(async (): Promise<void> => {
    const answer = await api.drug.balance({ sessionId }).catch(() => NO_ANSWER);
    setShown({ sessionId, balance: answer.ok ? answer.value : null, failure: answer.ok ? null : answer.message });
  }, [api, sessionId]);

  useEffect(() => {
    void load();
    return api.subscribe('trail', ({ data }) => {
      const about = data.act.startsWith('drug.') || data.act.startsWith('session.') || data.act === 'pump.progress';
      if (data.sessionId === sessionId && about) void load();
    });
  }, [api, sessionId, load]);

  return shown.sessionId === sessionId ? { ...shown, load } : { balance: null, failure: null, load };
}
