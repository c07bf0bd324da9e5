import { useCallback, useEffect, useState } from 'react';
import type { ExportState } from '../../../preload/contract/exports.ts';
import { useApi } from '../../app/context.tsx';
import type { ExportRequest } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';

/** How often a running export is asked how far it has come (ms). */
const EVERY = 500;

/** One export from its start to its end, as the station tells it. */
export function useExport() {
  const api = useApi();
  const { busy, failure, run } = useCall();
  const [exportId, setExportId] = useState<string | null>(null);
  const [state, setState] = useState<ExportState | null>(null);
  const running = state?.state === 'running';

  const start = async (request: ExportRequest): Promise<void> => {
    setState(null);
    const started = await run(() => api.exports.start(request));
    if (started === null) return;
    setExportId(started.exportId);
    setState({ state: 'running', done: 0, sessions: 1, checked: null });
  };

  const ask = useCallback(async (): Promise<void> => {
    if (exportId === null) return;
    const answer = await api.exports.progress({ exportId });
    setState(answer.ok ? answer.value : { state: 'failed', message: answer.message });
  }, [api, exportId]);

  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => void ask(), EVERY);
    return () => clearInterval(timer);
  }, [ask, running]);

  const cancel = async (): Promise<void> => {
    if (exportId === null) return;
    await run(() => api.exports.cancel({ exportId }));
    await ask();
  };

  return { busy, failure, state, start, cancel };
}
