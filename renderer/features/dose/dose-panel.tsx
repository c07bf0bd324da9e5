import type { ShownChair, ShownSession } from '../../app/shown.ts';
import { BLANK, concentration, duration, durationUnit, mass, rate, volume } from '../../ui/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { Quantity } from '../../ui/quantity.tsx';
import { pumpView } from '../pump/pump-view.ts';
import styles from './dose-panel.module.css';
import { doseView } from './dose-view.ts';

const WHY = {
  awaited: 'The pump was not heard since the station started again. Read its counter at the pump.',
  lost: 'No counter can tell what the pump gave while the station was away.',
} as const;

interface DosePanelProps {
  readonly chair: ShownChair;
  readonly session: ShownSession;
  /** While the concentration is read on the syringe it does not stand here, where it could be copied. */
  readonly isReading: boolean;
}

/** Delivered against ordered, in mass and in volume. */
export function DosePanel({ chair, session, isReading }: DosePanelProps) {
  const { plan } = session;
  const { share, remainingMs } = doseView(session, pumpView(chair).flowUlPerH);
  return (
    <Panel
      title="Dose given of ordered"
      note={plan ? `${plan.drug}, ${plan.careArea}` : undefined}
      className={styles['panel']}
      scrolls
    >
      <div className={styles['main']}>
        <Quantity value={mass(session.deliveredUg)} unit="mg" size="large" live="dose" />
        <span className={styles['of']}>
          of <Quantity value={mass(plan?.doseUg ?? null)} unit="mg" />
        </span>
      </div>
      {session.doseNotKnown && (
        <p className={styles['unknown']}>
          Dose not known: up to <Quantity value={mass(session.doseNotKnown.mostUg)} unit="mg" size="body" live="dose" />
          . {WHY[session.doseNotKnown.accounting]}
        </p>
      )}
      <progress className={styles['bar']} max={1} value={share ?? 0} aria-label="Share of the ordered dose delivered" />
      <dl className={styles['facts']}>
        <Fact name="Volume" value={`${volume(session.deliveredUl)} / ${volume(plan?.volumeUl ?? null)}`} unit="mL" />
        {!isReading && (
          <Fact name="Concentration" value={concentration(plan?.concentrationUgPerMl ?? null)} unit="mg/mL" />
        )}
        <Fact name="Planned rate" value={rate(plan?.rateUlPerH ?? null)} unit="mL/h" />
        <Fact name="Left (estimate)" value={duration(remainingMs)} unit={durationUnit(remainingMs)} />
        <Fact name="Dose ceiling" value={mass(session.doseCeilingUg)} unit="mg" />
        <Fact name="Done" value={share === null ? BLANK : (share * 100).toFixed(0)} unit="%" />
      </dl>
    </Panel>
  );
}

const Fact = ({ name, value, unit }: { name: string; value: string; unit: string }) => (
  <div className={styles['fact']}>
    <dt>{name}</dt>
    <dd>
      <Quantity value={value} unit={unit} size="body" />
    </dd>
  </div>
);
