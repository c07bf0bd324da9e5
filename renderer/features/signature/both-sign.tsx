import { useEffect, useState } from 'react';
import type { Role } from '../../../preload/contract/leaf.ts';
import { useApi, useApp } from '../../app/context.tsx';
import type { SignInPerson } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';
import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { Refusal } from '../../ui/notice.tsx';
import styles from './both-sign.module.css';
import { OwnSignature } from './own-signature.tsx';

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
/** Who may be the second where a patient or a drug is concerned. */
export const CLINICAL = ['clinician', 'supervisor'] as const satisfies readonly Role[];
export const UNSIGNED: BothSigned = { signature: NOBODY, second: NOBODY };
const isSigned = ({ personId, pin }: Signature): boolean => personId !== '' && pin !== '';
export const areSigned = ({ signature, second }: BothSigned): boolean => isSigned(signature) && isSigned(second);
/** The names stay, what was typed goes. */
export const typedAnew = ({ signature, second }: BothSigned): BothSigned => ({
  signature: { ...signature, pin: '' },
  second: { ...second, pin: '' },
});

interface BothSignProps {
  /** Who may be the second. */
  readonly roles: readonly Role[];
  readonly who?: string;
  readonly signed: BothSigned;
  readonly onChange: (signed: BothSigned) => void;
}

/** Who is signed in proves it once more, now; the second of two persons chooses their name and types their own. */
export function BothSign({ roles, who, signed: { signature, second }, onChange }: BothSignProps) {
  const me = useApp((state) => state.me);
  if (!me) return null;
  return (
    <div className={styles['room']}>
      <div className={styles['both']}>
        <OwnSignature
          me={me}
          who={who}
          pin={signature.pin}
          onPin={(pin) => onChange({ signature: { personId: me.id, pin }, second })}
        />
        <SecondPerson
          roles={roles}
          meId={me.id}
          signature={second}
          onChange={(next) => onChange({ signature, second: next })}
        />
      </div>
    </div>
  );
}

interface SecondPersonProps {
  readonly roles: readonly Role[];
  readonly meId: string;
  readonly signature: Signature;
  readonly onChange: (signature: Signature) => void;
}

/** Another person than the one who asks. The station judges; nothing is kept here. */
function SecondPerson({ roles, meId, signature, onChange }: SecondPersonProps) {
  const api = useApi();
  const { failure, run } = useCall();
  const [people, setPeople] = useState<readonly SignInPerson[] | null>(null);
  useEffect(() => {
    void run(() => api.access.people({})).then(setPeople);
  }, [api, run]);
  const others = (people ?? []).filter(({ id, role }) => id !== meId && roles.includes(role));
  const hint = others.find(({ id }) => id === signature.personId)?.hint ?? null;
  if (failure !== null) return <Refusal failure={failure} />;
  if (people !== null && others.length === 0) {
    return <p className={styles['none']}>Nobody else here may sign this: needed is a {roles.join(' or ')}.</p>;
  }
  return (
    <>
      <Choice
        label="Second person"
        value={signature.personId}
        options={[['', 'Choose who'], ...others.map(({ id, name, role }) => [id, `${name}, ${role}`] as const)]}
        onChoose={(personId) => onChange({ personId, pin: '' })}
      />
      <Field
        label="PIN or password of the second"
        type="password"
        placeholder={hint === null ? undefined : `demonstration: ${hint}`}
        value={signature.pin}
        onText={(pin) => onChange({ ...signature, pin })}
      />
    </>
  );
}
