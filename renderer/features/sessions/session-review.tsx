import type { SessionRow } from '../../app/types.ts';
import { clock } from '../../ui/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { ExportButton } from '../exports/export-button.tsx';
import { EventList } from '../events/event-list.tsx';
import { TrendPlot } from '../trend/trend-plot.tsx';
import styles from './session-review.module.css';

/** One session for review: who and when, its trend, its record, its export. */
export function SessionReview({ session }: { session: SessionRow | null }) {
  if (session === null) {
    return (
      <Panel title="Review" className={styles['nothing']}>
        <p>Choose a session to review it.</p>
      </Panel>
    );
  }
  const opened = clock(session.openedAt);
  const closed = session.closedAt === null ? null : clock(session.closedAt);
  return (
    <div className={styles['review']}>
      <Panel title="Review" note={session.id}>
        <h1 className={styles['name']}>
          {session.patientName} <span>{session.patientId}</span>
        </h1>
        <p className={styles['facts']}>
          {session.chairId}, {session.clinician}, {opened.date} {opened.time}
          {closed === null ? ', still open' : ` to ${closed.time}`} {opened.zone}, {session.state}
        </p>
        <ExportButton key={session.id} session={session} />
      </Panel>
      <TrendPlot key={session.id} sessionId={session.id} growing={session.closedAt === null} />
      <EventList sessionId={session.id} />
    </div>
  );
}
