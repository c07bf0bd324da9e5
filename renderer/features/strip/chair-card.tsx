import { goTo } from '../../app/app-store.ts';
import { useApp, useParts } from '../../app/context.tsx';
import type { ShownChair } from '../../app/shown.ts';
import { Button } from '../../ui/button.tsx';
import { rate } from '../../ui/format.ts';
import { Quantity } from '../../ui/quantity.tsx';
import { AlarmBanner } from '../alarms/alarm-banner.tsx';
import { PHASE_WORDS } from '../phase/phase-words.ts';
import { pumpView } from '../pump/pump-view.ts';
import { StopButton } from '../stop/stop-button.tsx';
import { VitalTile } from '../vitals/vital-tile.tsx';
import { whyOwn } from '../vitals/vital-view.ts';
import { patientOf } from './patient-words.ts';
import styles from './chair-card.module.css';

/** One chair of the overview. Its name is the button that opens it; STOP is beside, never inside it. */
export function ChairCard({ chair }: { chair: ShownChair }) {
  const { app } = useParts();
  const proposal = useApp((state) => state.info?.profileIsProposal ?? true);
  const clinician = useApp((state) => state.me?.role === 'clinician');
  const view = pumpView(chair);
  const open = (): void => goTo(app, { at: 'chair', chairId: chair.id });
  const empty = chair.phase === 'idle' || chair.session === null;
  return (
    <section className={styles['card']} aria-label={chair.name}>
      <button type="button" className={styles['open']} onClick={open}>
        <strong className={styles['name']}>{chair.name}</strong>
        <span>{patientOf(chair.session)}</span>
        <span className={styles['go']}>{chair.phase === null ? 'Unknown' : PHASE_WORDS[chair.phase]} ›</span>
      </button>
      <div className={styles['banner']}>
        <AlarmBanner chair={chair} />
      </div>
      <div className={styles['vitals']}>
        {(['spo2', 'pulse'] as const).map((parameter) => (
          <VitalTile
            key={parameter}
            parameter={parameter}
            vital={chair.vitals[parameter]}
            limits={chair.limits}
            limitsAreProposal={proposal}
            own={whyOwn(chair)}
            tall
          />
        ))}
      </div>
      <div className={styles['pump']}>
        <span className={styles['state']}>Pump: {view.state}</span>
        <Quantity value={rate(view.flowUlPerH)} unit="mL/h" size="large" live="rate" />
        <span className={styles['age']}>{view.readBack}</span>
        <span className={styles['mismatch']}>{view.mismatch}</span>
      </div>
      <div className={styles['room']}>
        {empty && chair.live && clinician && (
          <Button tone="primary" size="large" onClick={open}>
            Open a session
          </Button>
        )}
      </div>
      <StopButton chair={chair} size="large" />
    </section>
  );
}
