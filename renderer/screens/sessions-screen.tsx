import { useState } from 'react';
import { useApp } from '../app/context.tsx';
import type { FoundSession } from '../app/types.ts';
import { RecordSeal } from '../features/record/record-seal.tsx';
import { RecordCheck } from '../features/sessions/record-check.tsx';
import { EMPTY_SEARCH } from '../features/sessions/search-draft.ts';
import { SessionReview } from '../features/sessions/session-review.tsx';
import { SessionTable } from '../features/sessions/session-table.tsx';
import { StationLog } from '../features/station-log/station-log.tsx';
import { useSessions } from '../features/sessions/use-sessions.ts';
import { Pages } from '../ui/pages.tsx';
import styles from './sessions-screen.module.css';

/** The supervisor's room: find a session, read it, sign it, export it; check the record. */
export function SessionsScreen() {
  const supervisor = useApp((state) => state.me?.role === 'supervisor');
  const [draft, setDraft] = useState(EMPTY_SEARCH);
  const [chosen, setChosen] = useState<FoundSession | null>(null);
  const [left, setLeft] = useState<string | null>(null);
  const sessions = useSessions(draft);
  if (chosen !== null) {
    // What was chosen stays, also when it does not fit the search any more.
    const session = sessions.rows.find(({ id }) => id === chosen.id) ?? chosen;
    const back = (): void => {
      setLeft(chosen.id);
      setChosen(null);
    };
    return <SessionReview key={session.id} session={session} onBack={back} onChanged={sessions.reload} />;
  }
  const list = (
    <div className={styles['list']}>
      <RecordSeal />
      {supervisor && <RecordCheck onDone={sessions.reload} />}
      <SessionTable draft={draft} sessions={sessions} left={left} onDraft={setDraft} onChoose={setChosen} />
    </div>
  );
  if (!supervisor) return list;
  return (
    <Pages
      pages={[
        { id: 'sessions', name: 'List of sessions', content: list },
        { id: 'log', name: 'Log of the station', content: <StationLog /> },
      ]}
    />
  );
}
