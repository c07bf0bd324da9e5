import { useState } from 'react';
import { useApp, useShownChair } from '../app/context.tsx';
import type { ShownChair } from '../app/shown.ts';
import { AlarmBanner } from '../features/alarms/alarm-banner.tsx';
import { CheckForm } from '../features/check/check-form.tsx';
import { DosePanel } from '../features/dose/dose-panel.tsx';
import { BalancePanel } from '../features/drug/balance-panel.tsx';
import { DrugLine } from '../features/drug/drug-line.tsx';
import { OrderForm } from '../features/order/order-form.tsx';
import { SessionActions } from '../features/phase/session-actions.tsx';
import { PlethStrip } from '../features/pleth/pleth-strip.tsx';
import { PredictionPanel } from '../features/prediction/prediction-panel.tsx';
import { PumpPanel } from '../features/pump/pump-panel.tsx';
import { SelfTestPanel } from '../features/self-test/self-test-panel.tsx';
import { StopButton } from '../features/stop/stop-button.tsx';
import { OtherVitals } from '../features/vitals/other-vitals.tsx';
import { VitalTile } from '../features/vitals/vital-tile.tsx';
import { cx } from '../ui/cx.ts';
import { whyOwn } from '../features/vitals/vital-view.ts';
import { ChairHeader } from './chair-header.tsx';
import { ChairHistory } from './chair-history.tsx';
import styles from './chair-screen.module.css';

type Form = 'order' | 'check' | 'drug';

/** One chair: signs on the left, pump and dose on the right, STOP always in its corner. */
export function ChairScreen({ chairId }: { chairId: string }) {
  const chair = useShownChair(chairId);
  const [form, setForm] = useState<Form | null>(null);
  const mayAccount = useApp(({ me }) => me?.role === 'clinician' || me?.role === 'supervisor');
  if (chair === null) return <p>The station has not named this chair.</p>;
  const open = formOf(chair, form);
  return (
    <div className={cx(styles['screen'], open !== null && styles['working'])}>
      <div className={styles['banner']}>
        <AlarmBanner chair={chair} />
      </div>
      <ChairHeader chair={chair} isReading={open === 'check'} />
      <Vitals chair={chair} />
      <div className={styles['work']}>
        {open === 'order' && <OrderForm chairId={chair.id} onClose={() => setForm(null)} />}
        {open === 'check' && chair.session !== null && (
          // What was read and confirmed for one session counts for no other.
          <CheckForm key={chair.session.id} chair={chair} session={chair.session} onClose={() => setForm(null)} />
        )}
        {open === 'drug' && chair.session !== null && (
          <BalancePanel sessionId={chair.session.id} onClose={() => setForm(null)} />
        )}
        {open === null && (
          <div className={styles['course']}>
            <BeforeOrDuring chair={chair} />
            {chair.session !== null && mayAccount && (
              <DrugLine sessionId={chair.session.id} onOpen={() => setForm('drug')} />
            )}
            <ChairHistory chair={chair} />
          </div>
        )}
      </div>
      <div className={styles['side']}>
        <PumpPanel chair={chair} />
        {chair.session !== null && <DosePanel chair={chair} session={chair.session} isReading={open === 'check'} />}
        <SessionActions chair={chair} formOpen={open === 'order' || open === 'check'} onOpenForm={setForm} />
        <StopButton chair={chair} size="huge" keyHint />
      </div>
    </div>
  );
}

/** Until the infusion there is no drug to predict, and the self-test decides what comes next. */
function BeforeOrDuring({ chair }: { chair: ShownChair }) {
  const { phase, selfTest, session } = chair;
  if (selfTest !== null && (phase === 'checked' || phase === 'armed')) return <SelfTestPanel test={selfTest} />;
  return session === null ? null : <PredictionPanel chair={chair} session={session} />;
}

/** A form belongs to a phase: once the station has moved on it is closed. A lost connection closes nothing. */
function formOf(chair: ShownChair, form: Form | null): Form | null {
  if (chair.phase === null) return form;
  if (form === 'drug') return chair.session === null || !chair.live ? null : form;
  if (form === 'order') return chair.phase === 'idle' || chair.phase === 'ended' ? form : null;
  return chair.phase === 'planned' ? form : null;
}

function Vitals({ chair }: { chair: ShownChair }) {
  const proposal = useApp((state) => state.info?.profileIsProposal ?? true);
  const { limits, vitals } = chair;
  const own = whyOwn(chair);
  return (
    <div className={styles['vitals']}>
      <VitalTile parameter="spo2" vital={vitals.spo2} limits={limits} limitsAreProposal={proposal} own={own} />
      <VitalTile parameter="pulse" vital={vitals.pulse} limits={limits} limitsAreProposal={proposal} own={own} />
      <PlethStrip chair={chair} />
      <OtherVitals chair={chair} />
    </div>
  );
}
