import { useEffect, useState } from 'react';
import { useApi } from '../app/context.tsx';
import type { SessionRow } from '../app/types.ts';
import { useCall } from '../app/use-call.ts';
import { RecordSeal } from '../features/record/record-seal.tsx';
import { SessionReview } from '../features/sessions/session-review.tsx';
import { SessionTable } from '../features/sessions/session-table.tsx';
import { Refusal } from '../ui/notice.tsx';
import styles from './sessions-screen.module.css';

/** The supervisor's room: find a session, read it, export it. */
export function SessionsScreen() {
  const api = useApi();
  const { failure, run } = useCall();
  const [rows, setRows] = useState<readonly SessionRow[]>([]);
  const [chosen, setChosen] = useState<SessionRow | null>(null);

  useEffect(() => {
    void run(() => api.session.list({})).then((found) => found !== null && setRows(found));
  }, [api, run]);

  return (
    <div className={styles['screen']}>
      <div className={styles['list']}>
        <Refusal failure={failure} />
        <RecordSeal />
        <SessionTable rows={rows} chosen={chosen?.id ?? null} onChoose={setChosen} />
      </div>
      <SessionReview session={chosen} />
    </div>
  );
}
