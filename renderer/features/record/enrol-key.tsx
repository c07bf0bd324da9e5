import { useState } from 'react';
import { useApi, useApp, useStation } from '../../app/context.tsx';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Refusal } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import styles from '../access/access.module.css';
import { areSigned, BothSign, CLINICAL, typedAnew, UNSIGNED } from '../signature/both-sign.tsx';

/** For an administrator, as long as nobody has compared the record's root fingerprint with the paper. */
export function EnrolKey() {
  const api = useApi();
  const administrator = useApp((state) => state.me?.role === 'administrator');
  const waiting = useStation((state) => state.frame?.record.enrolled === false);
  const { busy, failure, run } = useCall();
  const [fingerprint, setFingerprint] = useState('');
  const [signed, setSigned] = useState(UNSIGNED);
  if (!administrator || !waiting) return null;
  const enrol = async (): Promise<void> => {
    const done = await run(() => api.record.enrolKey({ fingerprint, ...signed }));
    setSigned(done === null ? typedAnew(signed) : UNSIGNED);
    if (done !== null) setFingerprint('');
  };
  return (
    <Panel title="Enrol the key of the record" className={styles['panel']}>
      <p>
        Type the root fingerprint from the paper of the installation, not from a screen. Both of you read it. Without a
        paper yet: write down what the record says below every list of sessions, with the date and both names.
      </p>
      <Field label="Root fingerprint on paper" value={fingerprint} onText={setFingerprint} />
      <BothSign roles={CLINICAL} signed={signed} onChange={setSigned} />
      <Refusal failure={failure} />
      <div className={styles['buttons']}>
        <Button
          tone="primary"
          disabled={busy || fingerprint.trim().length < 8 || !areSigned(signed)}
          onClick={() => void enrol()}
        >
          Enrol
        </Button>
      </div>
    </Panel>
  );
}
