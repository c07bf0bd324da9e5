import type { TrailEvent } from '../../../preload/contract/frames.ts';
import { cx } from '../../ui/cx.ts';
import { clock } from '../../ui/format.ts';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import styles from './event-list.module.css';
import { type Events, useEvents } from './use-events.ts';

/** The session's record as it grows, the newest first. */
export const EventList = ({ sessionId }: { sessionId: string | null }) => <EventRows {...useEvents(sessionId)} />;

interface EventRowsProps extends Events {
  /** Said beside the title. @default how many there are */
  readonly note?: string;
  /** Makes every event a button that gives its row and time. */
  readonly onPick?: (event: TrailEvent) => void;
  readonly picked?: number | null;
}

/** Events with their time and zone, in the order they are given. */
export function EventRows({ events, failure, note, onPick, picked = null }: EventRowsProps) {
  const counted = events.length > 0 ? `${events.length} in the record` : undefined;
  return (
    <Panel title="Events" note={note ?? counted} className={styles['panel']}>
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
  readonly onPick: EventRowsProps['onPick'];
  readonly isPicked: boolean;
}
const EventRow = ({ event, onPick, isPicked }: EventRowProps) => (
  <li className={cx(styles['row'], event.priority !== null && styles[event.priority], isPicked && styles['picked'])}>
    <time className={styles['time']}>
      {clock(event.time).time} <span className={styles['zone']}>{clock(event.time).zone}</span>
    </time>
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
