import { useEffect, useState } from 'react';
import { useApi } from '../../app/context.tsx';
import type { SeatState } from '../../app/types.ts';

const ASK_EVERY = 5000;

/** What this person still owes for an emergency access: its end, its reason. Null: nothing. */
export function useOwnDuty() {
  const api = useApi();
  const [duty, setDuty] = useState<SeatState['emergency']>(null);
  useEffect(() => {
    const ask = (): void => {
      // A call that fails here is told by the lost connection; the next round asks again.
      api.seat.state({}).then(
        (answer) => answer.ok && setDuty(answer.value.emergency),
        () => undefined,
      );
    };
    ask();
    const timer = setInterval(ask, ASK_EVERY);
    return () => clearInterval(timer);
  }, [api]);
  return { duty, setDuty };
}
