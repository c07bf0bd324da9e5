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
        <span>{chair.session?.patientName ?? 'No session'}</span>
        <span className={styles['go']}>{chair.phase === null ? 'Unknown' : PHASE_WORDS[chair.phase]} ›</span>
      </button>
      <AlarmBanner chair={chair} />
      <div className={styles['vitals']}>
        <VitalTile parameter="spo2" vital={chair.vitals.spo2} limits={chair.limits} limitsAreProposal={proposal} tall />
        <VitalTile
          parameter="pulse"
          vital={chair.vitals.pulse}
          limits={chair.limits}
          limitsAreProposal={proposal}
          tall
        />
      </div>
      <div className={styles['pump']}>
        <span className={styles['state']}>Pump: {view.state}</span>
        <Quantity value={rate(view.flowUlPerH)} unit="mL/h" size="large" />
        <span className={styles['age']}>{view.readBack}</span>
        <span className={styles['mismatch']}>{view.mismatch}</span>
      </div>
      <div className={styles['empty']}>
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
