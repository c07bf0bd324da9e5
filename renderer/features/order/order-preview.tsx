import { useStation } from '../../app/context.tsx';
import type { Preview } from '../../app/types.ts';
import { duration, durationUnit, mass, rate, volume } from '../../ui/format.ts';
import { Notice } from '../../ui/notice.tsx';
import { Quantity } from '../../ui/quantity.tsx';
import { findingText } from './order-draft.ts';
import styles from './order-preview.module.css';

/** What the order would become, as the station computes it, and every limit it touches. */
export function OrderPreview({ preview, failure }: { preview: Preview | null; failure: string | null }) {
  const live = useStation((state) => state.live);
  const plan = live ? (preview?.plan ?? null) : null;
  return (
    <section className={styles['preview']} aria-label="What the pump would be given" aria-live="polite">
      <dl className={styles['facts']}>
        <Fact name="Rate" value={rate(plan?.rateUlPerH ?? null)} unit="mL/h" />
        <Fact name="VTBI" value={volume(plan?.volumeUl ?? null)} unit="mL" />
        <Fact name="Dose" value={mass(plan?.doseUg ?? null)} unit="mg" />
        <Fact
          name="Real end after"
          value={duration(plan?.runningTimeMs ?? null)}
          unit={durationUnit(plan?.runningTimeMs ?? null)}
        />
      </dl>
      {live && failure !== null && <Notice tone="hard">{failure}</Notice>}
      {live &&
        preview?.findings.map((finding) => (
          <Notice key={`${finding.level}${finding.what}${finding.side}`} tone={finding.level}>
            <strong>{finding.level === 'hard' ? 'Hard limit, blocked: ' : 'Soft limit: '}</strong>
            {findingText(finding)}
          </Notice>
        ))}
    </section>
  );
}

const Fact = ({ name, value, unit }: { name: string; value: string; unit: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      <Quantity value={value} unit={unit} />
    </dd>
  </div>
);
