import { useCallback, useState } from 'react';
import type { TrailEvent } from '../../../preload/contract/frames.ts';
import { Choice } from '../../ui/choice.tsx';
import { EventList } from '../events/event-list.tsx';
import { TrendPlot } from '../trend/trend-plot.tsx';
import { EVENT_KINDS, type EventKind, isOfKind } from './event-kinds.ts';
import styles from './session-review.module.css';

/** Trend above events; an event that is picked puts the cursor of the trend on its time. */
export function CoursePage({ sessionId, growing }: { sessionId: string; growing: boolean }) {
  const [kind, setKind] = useState<EventKind>('');
  const [picked, setPicked] = useState<TrailEvent | null>(null);
  const fits = useCallback((event: TrailEvent) => isOfKind(event, kind), [kind]);
  return (
    <div className={styles['course']}>
      <TrendPlot sessionId={sessionId} growing={growing} cursorAt={picked?.time ?? null} />
      <Choice
        label="Events (touch one to find it in the trend)"
        value={kind}
        options={EVENT_KINDS}
        onChoose={setKind}
      />
      <EventList sessionId={sessionId} fits={fits} onPick={setPicked} picked={picked?.seq ?? null} />
    </div>
  );
}
