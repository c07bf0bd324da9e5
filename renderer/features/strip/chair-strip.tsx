import { PARAMETERS, type Parameter } from '../../../core/vitals.ts';
import type { VitalView } from '../../../preload/contract/frames.ts';
import type { ShownChair } from '../../app/shown.ts';
import { cx } from '../../ui/cx.ts';
import { rate } from '../../ui/format.ts';
import { Quantity } from '../../ui/quantity.tsx';
import { AudioPause } from '../alarms/audio-pause.tsx';
import { alarmLook } from '../alarms/alarm-order.ts';
import { drawnAlarms } from '../alarms/drawn-alarms.ts';
import alarmStyles from '../alarms/alarm-banner.module.css';
import { PHASE_WORDS } from '../phase/phase-words.ts';
import { pumpView } from '../pump/pump-view.ts';
import { StopButton, StopLine } from '../stop/stop-button.tsx';
import { vitalView } from '../vitals/vital-view.ts';
import styles from './chair-strip.module.css';

/**
 * One chair in one line, for every screen that is not its own: signs, pump, the top alarms and STOP are never hidden. Its sound can
 * be paused here by anyone, so no lock and no sign-in keeps a person in the noise.
 */
export function ChairStrip({ chair }: { chair: ShownChair }) {
  const view = pumpView(chair);
  const drawn = drawnAlarms(chair.alarms, 1);
  const hidden = chair.alarms.length - drawn.length;
  return (
    <section className={styles['strip']} aria-label={`${chair.name} at a glance`}>
      <div className={styles['name']}>
        <strong>{chair.name}</strong>
        <span className={styles['phase']}>{chair.phase === null ? 'Unknown' : PHASE_WORDS[chair.phase]}</span>
      </div>
      <StripVital parameter="spo2" vital={chair.vitals.spo2} />
      <StripVital parameter="pulse" vital={chair.vitals.pulse} />
      <div className={styles['pump']}>
        <span>Pump: {view.state}</span>
        <Quantity value={rate(view.flowUlPerH)} unit="mL/h" size="body" live="rate" />
      </div>
      <div className={styles['messages']}>
        {drawn.length === 0 && (
          <p className={cx(styles['alarm'], styles['quiet'])}>{chair.live ? 'No alarm' : 'Alarms unknown'}</p>
        )}
        {drawn.map((alarm, place) => (
          <p
            key={alarm.key}
            className={cx(styles['alarm'], alarmStyles[alarm.priority], alarmStyles[alarmLook(alarm)])}
            data-live={place === 0 ? 'alarm' : undefined}
          >
            {place > 0 && hidden > 0 && <span className={styles['count']}>+{hidden} more</span>}
            {alarm.message}
          </p>
        ))}
        <StopLine chair={chair} />
      </div>
      <AudioPause chair={chair} drawn={drawn} size="normal" />
      <StopButton chair={chair} size="strip" />
    </section>
  );
}

function StripVital({ parameter, vital }: { parameter: Parameter; vital: VitalView }) {
  const { label, unit } = PARAMETERS[parameter];
  const { large, tone, note } = vitalView(vital, unit);
  return (
    <div className={cx(styles['vital'], styles[parameter], styles[tone])}>
      <span className={styles['label']}>
        {label} <span>{unit}</span>
      </span>
      <strong className={styles['large']} data-live={parameter}>
        {large}
      </strong>
      <span className={styles['note']}>{note}</span>
    </div>
  );
}
