import { useEffect, useId, useState } from 'react';
import type { Person } from '../../../preload/contract/frames.ts';
import type { Role } from '../../../preload/contract/leaf.ts';
import { useApp, useParts } from '../../app/context.tsx';
import type { SignInPerson } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';
import { Field } from '../../ui/field.tsx';
import { Refusal } from '../../ui/notice.tsx';
import styles from './second-person.module.css';

/** What a second person has entered so far; ready when both are there. */
export interface Signature {
  readonly personId: string;
  readonly pin: string;
}
export const NO_SIGNATURE: Signature = { personId: '', pin: '' };
export const isSigned = ({ personId, pin }: Signature): boolean => personId !== '' && pin !== '';

interface SecondPersonProps {
  readonly roles: readonly Role[];
  readonly value: Signature;
  readonly onChange: (signature: Signature) => void;
}

/** Another person than the one who asks says who they are and proves it. The station judges; nothing is kept here. */
export function SecondPerson({ roles, value, onChange }: SecondPersonProps) {
  const { api } = useParts();
  const me = useApp((state) => state.me?.id ?? null);
  const { failure, run } = useCall();
  const [people, setPeople] = useState<readonly SignInPerson[]>([]);
  const id = useId();
  useEffect(() => {
    void run(() => api.access.people({})).then((found) => found !== null && setPeople(found));
  }, [api, run]);
  const maySign = ({ id: personId, role }: Person): boolean => personId !== me && roles.includes(role);
  const eligible = people.filter(maySign);
  const hint = eligible.find((person) => person.id === value.personId)?.hint ?? null;
  return (
    <fieldset className={styles['box']}>
      <legend className={styles['legend']}>Second person signs</legend>
      <div className={styles['person']}>
        <label htmlFor={id}>Who</label>
        <select
          id={id}
          className={styles['select']}
          value={value.personId}
          onChange={({ target }) => onChange({ personId: target.value, pin: '' })}
        >
          <option value="">Choose a person</option>
          {eligible.map((person) => (
            <option key={person.id} value={person.id}>
              {person.name}, {person.role}
            </option>
          ))}
        </select>
      </div>
      <Field
        label={hint === null ? 'Their PIN' : `Their PIN (demonstration: ${hint})`}
        type="password"
        inputMode="numeric"
        maxLength={64}
        value={value.pin}
        onText={(pin) => onChange({ ...value, pin })}
      />
      {people.length > 0 && eligible.length === 0 && (
        <p>Nobody else at this station may sign: needed is a {roles.join(' or ')}. End the session instead.</p>
      )}
      <Refusal failure={failure} />
    </fieldset>
  );
}
