import { useState } from 'react';
import { useApi } from '../../app/context.tsx';
import type { KnownPerson } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Refusal } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import styles from './access.module.css';
import { isSigned, SecondPerson, UNSIGNED } from './second-person.tsx';

/** After ten wrong tries: the supervisor and a second person give the tries back. */
export function UnlockForm({ person, onDone }: { person: KnownPerson; onDone: () => void }) {
  const api = useApi();
  const { busy, failure, run } = useCall();
  const [second, setSecond] = useState(UNSIGNED);
  const unlock = async (): Promise<void> => {
    const done = await run(() => api.people.unlock({ personId: person.id, second }));
    if (done !== null) onDone();
    else setSecond({ ...second, pin: '' });
  };
  return (
    <Panel title={`Unlock ${person.name}`} className={styles['panel']}>
      <p>Ask {person.name} whether the wrong tries were theirs before you unlock.</p>
      <SecondPerson roles={['clinician', 'supervisor', 'administrator']} signature={second} onChange={setSecond} />
      <Refusal failure={failure} />
      <div className={styles['buttons']}>
        <Button onClick={onDone}>Back</Button>
        <Button tone="primary" disabled={busy || !isSigned(second)} onClick={() => void unlock()}>
          Unlock
        </Button>
      </div>
    </Panel>
  );
}
