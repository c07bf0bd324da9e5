import { Tabs } from '@base-ui/react/tabs';
import { useApp } from '../app/context.tsx';
import type { ShownChair } from '../app/shown.ts';
import { EventList } from '../features/events/event-list.tsx';
import { TrendPlot } from '../features/trend/trend-plot.tsx';
import { useWide } from '../ui/use-wide.ts';
import { cx } from '../ui/cx.ts';
import styles from './chair-history.module.css';

const MAY_READ = ['clinician', 'supervisor'] as const;

/** What happened so far: side by side where there is room, else one behind the other. */
export function ChairHistory({ chair }: { chair: ShownChair }) {
  const wide = useWide('(min-width: 1501px)');
  const role = useApp((state) => state.me?.role);
  const sessionId = chair.session?.id ?? null;
  if (sessionId === null) {
    return <p className={styles['empty']}>No session at this chair. Vital signs and STOP work without one.</p>;
  }
  if (!MAY_READ.some((allowed) => allowed === role)) {
    return <p className={styles['empty']}>The record is open to clinicians and supervisors.</p>;
  }
  const growing = chair.phase !== 'ended';
  const trend = <TrendPlot key={sessionId} sessionId={sessionId} growing={growing} />;
  const events = <EventList sessionId={sessionId} />;
  // An old curve is no curve of now: without frames it is kept but not shown.
  const hidden = !chair.live && styles['hidden'];
  if (wide) {
    return (
      <div className={cx(styles['both'], hidden)}>
        {trend}
        {events}
      </div>
    );
  }
  return (
    <Tabs.Root defaultValue="trend" className={cx(styles['tabs'], hidden)}>
      <Tabs.List className={styles['list']}>
        <Tabs.Tab value="trend" className={styles['tab']}>
          Trend
        </Tabs.Tab>
        <Tabs.Tab value="events" className={styles['tab']}>
          Events
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="trend" className={styles['page']}>
        {trend}
      </Tabs.Panel>
      <Tabs.Panel value="events" className={styles['page']}>
        {events}
      </Tabs.Panel>
    </Tabs.Root>
  );
}
