import { useEffect, useState } from 'react';
import { useApi } from '../../app/context.tsx';
import type { Signer } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';

/** People who may sign or witness; the signature itself is checked in the station. */
export function useSigners() {
  const api = useApi();
  const { failure, run } = useCall();
  const [signers, setSigners] = useState<readonly Signer[]>([]);
  useEffect(() => {
    void run(() => api.review.signers({})).then((found) => found !== null && setSigners(found));
  }, [api, run]);
  return { signers, failure };
}
