import { useState } from 'react';
import { ROLES, type Role } from '../../../preload/contract/leaf.ts';
import { useApi } from '../../app/context.tsx';
import type { KnownPerson } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Refusal } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import styles from './access.module.css';
import { areSigned, BothSign, typedAnew, UNSIGNED } from '../signature/both-sign.tsx';

const SIGNERS: readonly Role[] = ['clinician', 'supervisor', 'administrator'];

interface PersonFormProps {
  /** Null: somebody new. */
  readonly person: KnownPerson | null;
  readonly onDone: () => void;
}

/** Adds a person, or changes role, secret, badge and whether they may still sign in; always with a second person. */
export function PersonForm({ person, onDone }: PersonFormProps) {
  const api = useApi();
  const { busy, failure, run } = useCall();
  const [name, setName] = useState(person?.name ?? '');
  const [role, setRole] = useState<Role>(person?.role ?? 'clinician');
  const [active, setActive] = useState(person?.active ?? true);
  const [secret, setSecret] = useState('');
  const [badge, setBadge] = useState('');
  const [removeBadge, setRemoveBadge] = useState(false);
  const [signed, setSigned] = useState(UNSIGNED);
  const needsPassword = role === 'supervisor' || role === 'administrator';
  const ready = !busy && name.trim().length >= 2 && areSigned(signed) && (person !== null || secret !== '');

  const save = async (): Promise<void> => {
    const add = () => api.people.add({ name, role, secret, badge: badge === '' ? null : badge, ...signed });
    const change = ({ id: personId, ...seen }: KnownPerson) =>
      api.people.change({
        personId,
        seen: { name: seen.name, role: seen.role, active: seen.active },
        name,
        role,
        active,
        secret: secret === '' ? null : secret,
        badge: removeBadge ? 'remove' : badge === '' ? 'keep' : { number: badge },
        ...signed,
      });
    const done = person === null ? await run(add) : await run(() => change(person));
    if (done !== null) onDone();
    else setSigned(typedAnew(signed));
  };

  return (
    <Panel title={person === null ? 'Add a person' : `Change ${person.name}`} className={styles['panel']}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void save();
        }}
      >
        <Field label="Name" value={name} onText={setName} maxLength={60} />
        <fieldset className={styles['group']}>
          <legend>Role</legend>
          <div className={styles['choices']}>
            {ROLES.map((each) => (
              <label key={each} className={styles['choice']}>
                <input type="radio" name="role" checked={role === each} onChange={() => setRole(each)} />
                {each}
              </label>
            ))}
          </div>
        </fieldset>
        <Field
          label={needsPassword ? 'Password (12 characters or more)' : 'PIN (6 digits or more)'}
          type="password"
          value={secret}
          onText={setSecret}
          placeholder={person === null ? '' : 'empty: stays as it is'}
        />
        <Field
          label="Badge (hold it to the reader, or type its number)"
          value={badge}
          onText={setBadge}
          placeholder={person?.hasBadge ? 'has one; empty: stays as it is' : 'none'}
          maxLength={64}
          onKeyDown={(event) => {
            // A reader ends its number with Enter; that must not send the form.
            if (event.key === 'Enter') event.preventDefault();
          }}
        />
        {person !== null && (
          <div className={styles['choices']}>
            {person.hasBadge && (
              <label className={styles['choice']}>
                <input type="checkbox" checked={removeBadge} onChange={() => setRemoveBadge(!removeBadge)} />
                Take the badge away
              </label>
            )}
            <label className={styles['choice']}>
              <input type="checkbox" checked={active} onChange={() => setActive(!active)} />
              May sign in
            </label>
          </div>
        )}
        <BothSign roles={SIGNERS} signed={signed} onChange={setSigned} />
        <Refusal failure={failure} />
        <div className={styles['buttons']}>
          <Button onClick={onDone}>Back</Button>
          <Button tone="primary" submit disabled={!ready}>
            {busy ? 'Asking the station ...' : person === null ? 'Add' : 'Change'}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
