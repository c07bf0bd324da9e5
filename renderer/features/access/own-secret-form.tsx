import { useState } from 'react';
import { useApi } from '../../app/context.tsx';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice, Refusal } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import styles from './access.module.css';

interface OwnSecretFormProps {
  /** Why it has to be changed now; null where it need not be. */
  readonly because: string | null;
  readonly onChanged?: () => void;
}

/** One's own PIN or password, changed with the old one. */
export function OwnSecretForm({ because, onChanged }: OwnSecretFormProps) {
  const api = useApi();
  const { busy, failure, run } = useCall();
  const [secret, setSecret] = useState('');
  const [newSecret, setNewSecret] = useState('');
  const [again, setAgain] = useState('');
  const [changed, setChanged] = useState(false);
  const differs = again !== '' && again !== newSecret;
  const ready = !busy && secret !== '' && newSecret !== '' && again === newSecret;
  const change = async (): Promise<void> => {
    const done = await run(() => api.people.changeOwnSecret({ secret, newSecret }));
    setChanged(done !== null);
    if (done !== null) onChanged?.();
    for (const clear of [setSecret, setNewSecret, setAgain]) clear('');
  };
  return (
    <Panel title="My PIN or password" className={styles['panel']}>
      {because !== null && <Notice tone="soft">{because}</Notice>}
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void change();
        }}
      >
        <Field label="The present one" type="password" value={secret} onText={setSecret} />
        <Field label="The new one" type="password" value={newSecret} onText={setNewSecret} />
        <Field
          label="The new one again"
          type="password"
          value={again}
          onText={setAgain}
          error={differs ? 'The two differ' : null}
        />
        <Refusal failure={failure} />
        {changed && <Notice tone="info">Changed. Use the new one from now on.</Notice>}
        <div className={styles['buttons']}>
          <Button tone="primary" submit disabled={!ready}>
            Change it
          </Button>
        </div>
      </form>
    </Panel>
  );
}
