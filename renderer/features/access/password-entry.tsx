import { useState } from 'react';
import type { SignInPerson } from '../../app/types.ts';
import type { Failure } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Refusal } from '../../ui/notice.tsx';
import styles from './access.module.css';

interface PasswordEntryProps {
  readonly person: SignInPerson;
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly onEnter: (password: string) => void;
}

/** Where a PIN is not enough: supervisors and administrators. */
export function PasswordEntry({ person, busy, failure, onEnter }: PasswordEntryProps) {
  const [password, setPassword] = useState('');
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (password === '' || busy) return;
        onEnter(password);
        setPassword('');
      }}
    >
      <Field label={`Password of ${person.name}`} type="password" value={password} onText={setPassword} autoFocus />
      <Button tone="primary" size="large" submit disabled={password === '' || busy}>
        {busy ? '...' : 'Sign in'}
      </Button>
      <Refusal failure={failure} />
    </form>
  );
}
