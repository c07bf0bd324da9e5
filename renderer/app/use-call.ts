import { useCallback, useRef, useState } from 'react';
import type { Result } from '../../preload/contract/leaf.ts';
import { refreshMe, useParts } from './context.tsx';

export interface Failure {
  readonly code: string;
  readonly message: string;
}

const NO_ANSWER: Failure = { code: 'NO_ANSWER', message: 'The station did not answer. It may or may not have acted.' };

/**
 * Runs one command at a time and keeps its refusal for display. Nothing is assumed to have happened: what changed is
 * seen in the next frame.
 */
export function useCall() {
  const parts = useParts();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const running = useRef(false);

  const run = useCallback(
    async <Value>(call: () => Promise<Result<Value>>): Promise<Value | null> => {
      if (running.current) return null;
      running.current = true;
      setBusy(true);
      setFailure(null);
      try {
        const answer = await call();
        if (answer.ok) return answer.value;
        setFailure({ code: answer.code, message: answer.message });
        // A refusal may mean that the station has signed the person out.
        await refreshMe(parts);
        return null;
      } catch {
        setFailure(NO_ANSWER);
        return null;
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
    [parts],
  );
  const forget = useCallback(() => setFailure(null), []);
  return { busy, failure, run, forget };
}
