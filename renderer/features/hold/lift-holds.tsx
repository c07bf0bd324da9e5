import { useState } from 'react';
import type { HoldView } from '../../../preload/contract/hold-frame.ts';
import { useApi, useApp, useStation } from '../../app/context.tsx';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Refusal } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import styles from '../access/access.module.css';
import { isSigned, SecondPerson, UNSIGNED } from '../access/second-person.tsx';
import own from './hold.module.css';

const NONE: readonly HoldView[] = [];

/** Everything that waits for two signatures, whole; an administrator begins to sign here. */
export function LiftHolds() {
  const holds = useStation((state) => state.frame?.holds ?? NONE);
  const administrator = useApp((state) => state.me?.role === 'administrator');
  return holds.map((hold) => (
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
  const me = useApp((state) => state.me);
  const { busy, failure, run } = useCall();
  const [pin, setPin] = useState('');
  const [second, setSecond] = useState(UNSIGNED);
  if (!me) return null;
  const lift = async (): Promise<void> => {
    const done = await run(() => api.station.liftHold({ holdId, signature: { personId: me.id, pin }, second }));
    // What was signed for is gone with the next frame, and this form with it.
    if (done === null) setSecond({ ...second, pin: '' });
    setPin('');
  };
  return (
    <>
      <p>Both of you read every line. Do not accept what is not right: put it right and start the station again.</p>
      <Field label={`PIN or password of ${me.name}`} type="password" value={pin} onText={setPin} />
      <SecondPerson roles={['supervisor', 'administrator']} signature={second} onChange={setSecond} />
      <Refusal failure={failure} />
      <div className={styles['buttons']}>
        <Button tone="primary" disabled={busy || pin === '' || !isSigned(second)} onClick={() => void lift()}>
          Accept
        </Button>
      </div>
    </>
  );
}
