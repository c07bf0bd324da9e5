import { useCallback, useEffect, useState } from 'react';
import { useApi, useApp } from '../../app/context.tsx';
import { OwnSecretForm } from './own-secret-form.tsx';
import styles from './access.module.css';

const BECAUSE = 'Somebody else chose your PIN or password. Choose your own; nothing else is open before. STOP works.';

/** Whether the person here has to choose their own secret first, and what asks the station again. */
export function useOwnSecretFirst() {
  const api = useApi();
  const personId = useApp((state) => state.me?.id);
  const [owing, setOwing] = useState<string | null>(null);
  const ask = useCallback((): void => {
    if (personId === undefined) return;
    // Without an answer the screen stays as it is, and what is not open yet is refused with its reason.
    api.seat.state({}).then(
      (answer) => answer.ok && setOwing(answer.value.mustChangeSecret ? personId : null),
      () => undefined,
    );
  }, [api, personId]);
  useEffect(ask, [ask]);
  return { mustChange: personId !== undefined && owing === personId, ask };
}

/** Stands in the place of every screen of whoever's secret somebody else chose. The station refuses the rest in any case. */
export const OwnSecretFirst = ({ onChanged }: { onChanged: () => void }) => (
  <div className={styles['enrolment']}>
    <OwnSecretForm because={BECAUSE} onChanged={onChanged} />
  </div>
);
