import { useEffect, useId, useState } from 'react';
import type { Role } from '../../../preload/contract/leaf.ts';
import { useApi, useApp } from '../../app/context.tsx';
import type { SignInPerson } from '../../app/types.ts';
import { Field } from '../../ui/field.tsx';
import styles from './access.module.css';

interface Signature {
  readonly personId: string;
  readonly pin: string;
}

/** What both persons typed so far, as the station asks for it. */
export interface BothSigned {
  readonly signature: Signature;
  readonly second: Signature;
}
const NOBODY: Signature = { personId: '', pin: '' };
export const UNSIGNED: BothSigned = { signature: NOBODY, second: NOBODY };
const isSigned = ({ personId, pin }: Signature): boolean => personId !== '' && pin !== '';
export const areSigned = ({ signature, second }: BothSigned): boolean => isSigned(signature) && isSigned(second);
/** The names stay, what was typed goes. */
export const typedAnew = ({ signature, second }: BothSigned): BothSigned => ({
  signature: { ...signature, pin: '' },
  second: { ...second, pin: '' },
});

interface BothSignProps {
  readonly roles: readonly Role[];
  readonly signed: BothSigned;
  readonly onChange: (signed: BothSigned) => void;
}

/** Who is signed in proves it once more, now; the second of two persons chooses their name and types their own. */
export function BothSign({ roles, signed: { signature, second }, onChange }: BothSignProps) {
  const me = useApp((state) => state.me);
  if (!me) return null;
  return (
    <>
      <Field
        label={`PIN or password of ${me.name}`}
        type="password"
        value={signature.pin}
        onText={(pin) => onChange({ signature: { personId: me.id, pin }, second })}
      />
      <SecondPerson roles={roles} signature={second} onChange={(next) => onChange({ signature, second: next })} />
    </>
  );
}

interface SecondPersonProps {
  readonly roles: readonly Role[];
  readonly signature: Signature;
  readonly onChange: (signature: Signature) => void;
}

function SecondPerson({ roles, signature, onChange }: SecondPersonProps) {
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
