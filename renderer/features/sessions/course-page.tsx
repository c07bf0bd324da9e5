import { useMemo, useState } from 'react';
import type { TrailEvent } from '../../../preload/contract/frames.ts';
import { Choice } from '../../ui/choice.tsx';
import { EventRows } from '../events/event-list.tsx';
import { useEvents } from '../events/use-events.ts';
import { alarmMarks } from '../trend/trend-marks.ts';
import { TrendPlot } from '../trend/trend-plot.tsx';
import { EVENT_KINDS, type EventKind, isOfKind } from './event-kinds.ts';
import styles from './course-page.module.css';

/** Trend beside events, alarms marked on its time axis; an event that is picked is shown at its place in the trend. */
export function CoursePage({ sessionId, growing }: { sessionId: string; growing: boolean }) {
  const [kind, setKind] = useState<EventKind>('');
  const [picked, setPicked] = useState<TrailEvent | null>(null);
  const { events, failure } = useEvents(sessionId, Number.POSITIVE_INFINITY);
  const marks = useMemo(() => alarmMarks(events), [events]);
  const listed = useMemo(() => events.filter((event) => isOfKind(event, kind)), [events, kind]);
  return (
    <div className={styles['course']}>
      <TrendPlot sessionId={sessionId} growing={growing} marks={marks} picked={picked?.time ?? null} />
      <div className={styles['events']}>
        <Choice
          label="Events (touch one to find it in the trend)"
          value={kind}
          options={EVENT_KINDS}
          onChoose={setKind}
        />
        <EventRows
          events={listed}
          failure={failure}
          note={`${listed.length} of ${events.length}`}
          onPick={setPicked}
          picked={picked?.seq ?? null}
        />
      </div>
    </div>
  );
}
