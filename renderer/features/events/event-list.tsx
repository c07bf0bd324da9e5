import type { TrailEvent } from '../../../preload/contract/frames.ts';
import { cx } from '../../ui/cx.ts';
import { clock } from '../../ui/format.ts';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import styles from './event-list.module.css';
import { useEvents } from './use-events.ts';

interface EventListProps {
  readonly sessionId: string | null;
  /** Which of them to list; all, where it is not given. */
  readonly fits?: (event: TrailEvent) => boolean;
  /** Makes every event a button that gives its row and time. */
  readonly onPick?: (event: TrailEvent) => void;
  readonly picked?: number | null;
}

/** The session's record as it grows, the newest first. */
export function EventList({ sessionId, fits, onPick, picked = null }: EventListProps) {
  const { events: all, failure } = useEvents(sessionId);
  const events = fits === undefined ? all : all.filter(fits);
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
          <EventRow key={event.seq} event={event} onPick={onPick} isPicked={event.seq === picked} />
        ))}
      </ol>
    </Panel>
  );
}

interface EventRowProps {
  readonly event: TrailEvent;
  readonly onPick: EventListProps['onPick'];
  readonly isPicked: boolean;
}
const EventRow = ({ event, onPick, isPicked }: EventRowProps) => (
  <li className={cx(styles['row'], event.priority !== null && styles[event.priority], isPicked && styles['picked'])}>
    <time className={styles['time']}>{clock(event.time).time}</time>
    {onPick === undefined ? (
      <span className={styles['text']}>{event.text}</span>
    ) : (
      <button type="button" className={styles['pick']} aria-pressed={isPicked} onClick={() => onPick(event)}>
        {event.text}
      </button>
    )}
    <span className={styles['actor']}>{event.actor ?? 'station'}</span>
    <span className={styles['outcome']}>{event.outcome}</span>
  </li>
);
