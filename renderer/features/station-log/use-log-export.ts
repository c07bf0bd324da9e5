import { useCallback, useEffect, useState } from 'react';
import { useApi } from '../../app/context.tsx';
import type { LogExportState, StationLogAsked } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';

/** How often a running export is asked how far it has come (ms). */
const EVERY = 500;

/** The table of the log from its start to its end, as the station tells it; also one that was begun before this page. */
export function useLogExport() {
  const api = useApi();
  const { busy, failure, run } = useCall();
  const [state, setState] = useState<LogExportState>({ state: 'never' });
  const running = state.state === 'running';

  const ask = useCallback(async (): Promise<void> => {
    const answer = await api.review.logExport({});
    setState(answer.ok ? answer.value : { state: 'failed', message: answer.message });
  }, [api]);

  useEffect(() => {
    void api.review.logExport({}).then((answer) => {
      if (answer.ok && answer.value.state === 'running') setState(answer.value);
    });
  }, [api]);

  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => void ask(), EVERY);
    return () => clearInterval(timer);
  }, [ask, running]);

  const start = async (asked: StationLogAsked): Promise<void> => {
    setState({ state: 'never' });
    if ((await run(() => api.review.exportLog(asked))) !== null) await ask();
  };

  const cancel = async (): Promise<void> => {
    await run(() => api.review.cancelLogExport({}));
    await ask();
  };

  return { busy, failure, state, start, cancel };
}
