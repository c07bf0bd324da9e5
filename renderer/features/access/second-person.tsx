import { useEffect, useId, useState } from 'react';
import type { Role } from '../../../preload/contract/leaf.ts';
import { useApi, useApp } from '../../app/context.tsx';
import type { SignInPerson } from '../../app/types.ts';
import { Field } from '../../ui/field.tsx';
import styles from './access.module.css';

export interface Signature {
  readonly personId: string;
  readonly pin: string;
}
export const UNSIGNED: Signature = { personId: '', pin: '' };
export const isSigned = ({ personId, pin }: Signature): boolean => personId !== '' && pin !== '';

interface SecondPersonProps {
  readonly roles: readonly Role[];
  readonly signature: Signature;
  readonly onChange: (signature: Signature) => void;
}

/** The second of two persons chooses their name and types their own PIN or password. */
export function SecondPerson({ roles, signature, onChange }: SecondPersonProps) {
  const api = useApi();
  // Two of these forms may stand on one screen; one name for both would be one choice for both.
  const group = useId();
  const own = useApp((state) => state.me?.id);
  const [people, setPeople] = useState<readonly SignInPerson[]>([]);
  useEffect(() => {
    // Without an answer the list stays empty and says so.
    api.access.people({}).then(
      (answer) => answer.ok && setPeople(answer.value),
      () => undefined,
    );
  }, [api]);
  const others = people.filter(({ id, role }) => id !== own && roles.includes(role));
  return (
    <fieldset className={styles['group']}>
      <legend>Second person (signs here, now)</legend>
      <div className={styles['choices']}>
        {others.map(({ id, name, role }) => (
          <label key={id} className={styles['choice']}>
            <input
              type="radio"
              name={group}
              checked={signature.personId === id}
              onChange={() => onChange({ personId: id, pin: '' })}
            />
            {name} ({role})
          </label>
        ))}
        {others.length === 0 && <p>Nobody else here may sign this.</p>}
      </div>
      <Field
        label="PIN or password of the second person"
        type="password"
        value={signature.pin}
        onText={(pin) => onChange({ ...signature, pin })}
      />
    </fieldset>
  );
}
