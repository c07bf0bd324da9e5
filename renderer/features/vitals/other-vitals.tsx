import { useState } from 'react';
import { useApp } from '../../app/context.tsx';
import type { ShownChair } from '../../app/shown.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { ReadingDialog } from '../readings/reading-dialog.tsx';
import styles from './other-vitals.module.css';
import { otherReadings } from './other-vitals-view.ts';

const OPEN: ReadonlySet<ShownChair['phase']> = new Set(['planned', 'checked', 'armed', 'infusing', 'paused']);

/** Every sign beside SpO2 and pulse in one line, and where a clinician enters what no device sends. */
export function OtherVitals({ chair }: { chair: ShownChair }) {
  const clinician = useApp((state) => state.me?.role === 'clinician');
  const [entering, setEntering] = useState<'cuff' | 'sedation' | null>(null);
  const readings = otherReadings(chair);
  const mayEnter = clinician && OPEN.has(chair.phase);
  if (readings.length === 0 && !mayEnter) return null;
  return (
    <section className={styles['line']} aria-label="Other vital signs">
      {readings.map(({ id, label, value, unit, tone, note }) => (
        <div key={id} className={cx(styles['reading'], styles[tone])} data-vital={id}>
          <span className={styles['label']}>
            {label} <span>{unit}</span>
          </span>
          <strong className={styles['value']} data-live={id}>
            {value}
          </strong>
          <span className={styles['note']}>{note}</span>
        </div>
      ))}
      {mayEnter && (
        <div className={styles['buttons']} data-enter>
          <Button onClick={() => setEntering('cuff')}>Enter NIBP</Button>
          <Button onClick={() => setEntering('sedation')}>Enter MOAA/S</Button>
        </div>
      )}
      {entering !== null && <ReadingDialog kind={entering} chair={chair} onClose={() => setEntering(null)} />}
    </section>
  );
}
