import { useState } from 'react';
import { useApi } from '../../app/context.tsx';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Notice, Refusal } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import styles from './access.module.css';
import { areSigned, BothSign, typedAnew, UNSIGNED } from '../signature/both-sign.tsx';

/** A recovery code where none was given out, or in the place of one that was lost or seen; shown this once. */
export function NewCode() {
  const api = useApi();
  const { busy, failure, run } = useCall();
  const [signed, setSigned] = useState(UNSIGNED);
  const [code, setCode] = useState<string | null>(null);
  const give = async (): Promise<void> => {
    const given = await run(() => api.enrolment.newCode(signed));
    setSigned(given === null ? typedAnew(signed) : UNSIGNED);
    setCode(given?.recoveryCode ?? null);
  };
  return (
    <Panel title="Recovery code" className={styles['panel']}>
      {code === null ? (
        <p>It enrols two new persons when nobody else can. A new one takes the place of the one before.</p>
      ) : (
        <>
          <Notice tone="soft">Shown this once. Keep it on paper, locked away, not at this station.</Notice>
          <p className={styles['code']}>{code}</p>
        </>
      )}
      <BothSign roles={['clinician', 'supervisor', 'administrator']} signed={signed} onChange={setSigned} />
      <Refusal failure={failure} />
      <div className={styles['buttons']}>
        <Button disabled={busy || !areSigned(signed)} onClick={() => void give()}>
          New recovery code
        </Button>
      </div>
    </Panel>
  );
}
