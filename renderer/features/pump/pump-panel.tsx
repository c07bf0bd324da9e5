import type { ShownChair } from '../../app/shown.ts';
import { cx } from '../../ui/cx.ts';
import { rate } from '../../ui/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { Quantity } from '../../ui/quantity.tsx';
import styles from './pump-panel.module.css';
import { pumpView } from './pump-view.ts';

/** What the pump says it does, how long ago it said so, and where that differs from what it was told. */
export function PumpPanel({ chair }: { chair: ShownChair }) {
  const { pump } = chair;
  const view = pumpView(chair);
  return (
    <Panel title="Pump" note={pump.model ?? 'no pump known'} className={styles['panel']}>
      <div className={styles['main']}>
        <span className={cx(styles['state'], styles[view.tone])}>{view.state}</span>
        <Quantity value={rate(view.flowUlPerH)} unit="mL/h" size="large" live="rate" />
      </div>
      <p className={styles['age']}>{view.readBack}</p>
      <p className={styles['problem']} role="status">
        {view.mismatch ?? (pump.link === 'up' && chair.live ? '' : pump.linkDetail)}
      </p>
      <p className={styles['silence']} title={pump.onHostSilence}>
        Station silent: {pump.onHostSilence}
      </p>
    </Panel>
  );
}
