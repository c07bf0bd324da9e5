import type { TrailEvent } from '../../../preload/contract/frames.ts';
import { cx } from '../../ui/cx.ts';
import { clock } from '../../ui/format.ts';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import styles from './event-list.module.css';
import { useEvents } from './use-events.ts';

/** The session's record as it grows, the newest first. */
export function EventList({ sessionId }: { sessionId: string | null }) {
  const { events, failure } = useEvents(sessionId);
  return (
    <Panel
      title="Events"
      note={events.length > 0 ? `${events.length} in the record` : undefined}
      className={styles['panel']}
    >
      {failure !== null && <Notice tone="hard">Events cannot be shown: {failure}</Notice>}
      {failure === null && events.length === 0 && <p className={styles['empty']}>No events yet.</p>}
      <ol className={styles['list']} tabIndex={0} aria-label="Events of the session">
        {events.map((event) => (
          <EventRow key={event.seq} event={event} />
        ))}
      </ol>
    </Panel>
  );
}

const EventRow = ({ event }: { event: TrailEvent }) => (
  <li className={cx(styles['row'], event.priority !== null && styles[event.priority])}>
    <time className={styles['time']}>{clock(event.time).time}</time>
    <span className={styles['text']}>{event.text}</span>
    <span className={styles['actor']}>{event.actor ?? 'station'}</span>
    <span className={styles['outcome']}>{event.outcome}</span>
  </li>
);
