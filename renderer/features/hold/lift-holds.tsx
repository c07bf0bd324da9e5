import { useState } from 'react';
import type { HoldView } from '../../../preload/contract/hold-frame.ts';
import { useApi, useApp, useStation } from '../../app/context.tsx';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Refusal } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import styles from '../access/access.module.css';
import { areSigned, BothSign, typedAnew, UNSIGNED } from '../signature/both-sign.tsx';
import own from './hold.module.css';

const NONE: readonly HoldView[] = [];

/** Everything that waits for two signatures, whole; an administrator begins to sign here. */
export function LiftHolds() {
  const holds = useStation((state) => state.frame?.holds ?? NONE);
  const administrator = useApp((state) => state.me?.role === 'administrator');
  const signable = holds.filter(({ endsBy }) => endsBy === 'signatures');
  return signable.map((hold) => (
    <Panel key={hold.id} title={hold.title} className={styles['panel']}>
      <ul className={own['details']}>
        {hold.details.map((detail) => (
          <li key={detail}>{detail}</li>
        ))}
      </ul>
      {administrator ? (
        <LiftHold holdId={hold.id} />
      ) : (
        <p>
          Until an administrator and a second person have signed for this, nothing can be armed, started or resumed.
        </p>
      )}
    </Panel>
  ));
}

function LiftHold({ holdId }: { holdId: string }) {
  const api = useApi();
  const { busy, failure, run } = useCall();
  const [signed, setSigned] = useState(UNSIGNED);
  const lift = async (): Promise<void> => {
    const done = await run(() => api.station.liftHold({ holdId, ...signed }));
    // What was signed for is gone with the next frame, and this form with it.
    if (done === null) setSigned(typedAnew(signed));
  };
  return (
    <>
      <p>Both of you read every line. Do not accept what is not right: put it right and start the station again.</p>
      <BothSign roles={['supervisor', 'administrator']} signed={signed} onChange={setSigned} />
      <Refusal failure={failure} />
      <div className={styles['buttons']}>
        <Button tone="primary" disabled={busy || !areSigned(signed)} onClick={() => void lift()}>
          Accept
        </Button>
      </div>
    </>
  );
}
