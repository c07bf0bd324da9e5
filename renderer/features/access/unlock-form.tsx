import { useState } from 'react';
import { useApi } from '../../app/context.tsx';
import type { KnownPerson } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Refusal } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import styles from './access.module.css';
import { areSigned, BothSign, typedAnew, UNSIGNED } from '../signature/both-sign.tsx';

/** After ten wrong tries: the supervisor and a second person give the tries back. */
export function UnlockForm({ person, onDone }: { person: KnownPerson; onDone: () => void }) {
  const api = useApi();
  const { busy, failure, run } = useCall();
  const [signed, setSigned] = useState(UNSIGNED);
  const unlock = async (): Promise<void> => {
    const done = await run(() => api.people.unlock({ personId: person.id, ...signed }));
    if (done !== null) onDone();
    else setSigned(typedAnew(signed));
  };
  return (
    <Panel title={`Unlock ${person.name}`} className={styles['panel']}>
      <p>Ask {person.name} whether the wrong tries were theirs before you unlock.</p>
      <BothSign roles={['clinician', 'supervisor', 'administrator']} signed={signed} onChange={setSigned} />
      <Refusal failure={failure} />
      <div className={styles['buttons']}>
        <Button onClick={onDone}>Back</Button>
        <Button tone="primary" disabled={busy || !areSigned(signed)} onClick={() => void unlock()}>
          Unlock
        </Button>
      </div>
    </Panel>
  );
}
