import { useEffect, useState } from 'react';
import { useApi } from '../../app/context.tsx';
import type { OrderInput, Preview } from '../../app/types.ts';

const TYPING_PAUSE_MS = 250;

/**
 * Asks the station what an order would become. A preview is returned only for the order as it is typed now: one of an
 * earlier order is never shown beside newer figures.
 */
export function usePreview(chairId: string, order: OrderInput | null) {
  const api = useApi();
  const key = order === null ? null : JSON.stringify(order);
  const [answer, setAnswer] = useState<{ key: string; preview: Preview | null; failure: string | null } | null>(null);

  useEffect(() => {
    if (key === null) return undefined;
    const asked = JSON.parse(key) as OrderInput;
    let current = true;
    const ask = async (): Promise<void> => {
      const result = await api.library
        .preview({ chairId, order: asked })
        .catch(() => ({ ok: false, message: 'The station did not answer' }) as const);
      if (!current) return;
      setAnswer({
        key,
        preview: result.ok ? result.value : null,
        failure: result.ok ? null : result.message,
      });
    };
    const timer = setTimeout(() => void ask(), TYPING_PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [api, chairId, key]);

  return answer !== null && answer.key === key ? answer : { preview: null, failure: null };
}
