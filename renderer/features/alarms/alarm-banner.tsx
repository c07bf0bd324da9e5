import { useState } from 'react';
import type { AlarmView } from '../../../preload/contract/frames.ts';
import { useApi, useApp } from '../../app/context.tsx';
import type { ShownChair } from '../../app/shown.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { age } from '../../ui/format.ts';
import styles from './alarm-banner.module.css';
import { ReasonDialog } from '../phase/reason-dialog.tsx';
import { AudioPause } from './audio-pause.tsx';
import { alarmLook } from './alarm-order.ts';
import { alarmFigures, PRIORITY_WORDS } from './alarm-text.ts';
import { asDrawn, drawnAlarms } from './drawn-alarms.ts';
import { usePainted } from './use-painted.ts';

const MARKS = { high: '!!!', medium: '!!', low: '!' } as const satisfies Record<AlarmView['priority'], string>;

/** Alarms named beside the one in full. */
const BESIDE = 2;

/** The most urgent alarm of a chair in full, others by name. The place is always there, so nothing jumps. */
export function AlarmBanner({ chair }: { chair: ShownChair }) {
  const drawn = drawnAlarms(chair.alarms, BESIDE);
  const [top, ...others] = drawn;
  if (top === undefined) {
    return (
      <section className={cx(styles['banner'], styles['quiet'])} aria-label="Alarms">
        {chair.live ? 'No alarm' : 'Alarms unknown'}
      </section>
    );
  }
  return (
    <section
      className={cx(styles['banner'], styles[top.priority], styles[alarmLook(top)])}
      aria-label="Alarms"
      role="alert"
      data-alarm={top.priority}
    >
      <span className={styles['mark']} aria-hidden="true">
        {MARKS[top.priority]}
      </span>
      <AlarmLine alarm={top} />
      <MoreAlarms named={others} count={chair.alarms.length - 1} />
      <ByHand chair={chair} />
      <AudioPause chair={chair} drawn={drawn} />
      <Acknowledge chairId={chair.id} drawn={drawn} />
    </section>
  );
}

function AlarmLine({ alarm }: { alarm: AlarmView }) {
  const figures = alarmFigures(alarm);
  return (
    <div className={styles['line']}>
      <strong className={styles['message']} data-live="alarm">
        {alarm.message}
      </strong>
      <span className={styles['detail']}>
        {PRIORITY_WORDS[alarm.priority]}
        {figures !== null && ` · at the time: ${figures}`}
        {` · since ${age(alarm.ageMs)}`}
        {!alarm.active && ' · condition has ended, waits for acknowledgement'}
      </span>
    </div>
  );
}

function MoreAlarms({ named, count }: { named: readonly AlarmView[]; count: number }) {
  if (count === 0) return null;
  return (
    <div className={styles['more']}>
      <strong>+{count} more</strong>
      <ul>
        {named.map((alarm) => (
          <li key={alarm.key}>{alarm.message}</li>
        ))}
      </ul>
    </div>
  );
}

/** A pump that answers no more cannot confirm a stop: then a clinician does, who has been at the pump. */
function ByHand({ chair }: { chair: ShownChair }) {
  const clinician = useApp((state) => state.me?.role === 'clinician');
  const [asking, setAsking] = useState(false);
  const waits = chair.alarms.some(({ id, active }) => id === 'stop-not-confirmed' && active);
  if (!clinician || !waits) return null;
  return (
    <>
      <Button size="large" className={styles['button']} onClick={() => setAsking(true)}>
        Stopped by hand
      </Button>
      {asking && <ReasonDialog action="stoppedByHand" chair={chair} onClose={() => setAsking(false)} />}
    </>
  );
}

/** of what was drawn when the press began, and of nothing else. */
function Acknowledge({ chairId, drawn }: { chairId: string; drawn: readonly AlarmView[] }) {
  const api = useApi();
  const signedIn = useApp((state) => Boolean(state.me));
  const { busy, failure, run } = useCall();
  const press = usePainted(drawn);
  if (!signedIn) return <span className={styles['hint']}>Sign in to acknowledge</span>;
  if (drawn.every((alarm) => alarm.acknowledged)) return <span className={styles['hint']}>Acknowledged</span>;
  return (
    <span className={styles['answer']}>
      {failure && <span>{failure.message}</span>}
      <Button
        size="large"
        className={styles['button']}
        disabled={busy}
        {...press.handlers}
        onClick={() => void run(() => api.alarm.acknowledge({ chairId, alarms: press.taken().map(asDrawn) }))}
      >
        Acknowledge
      </Button>
    </span>
  );
}
