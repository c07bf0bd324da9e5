import type { Signer } from '../../app/types.ts';
import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import styles from './signature-fields.module.css';

export interface Signature {
  readonly personId: string;
  readonly pin: string;
}

interface OwnSignatureProps {
  readonly role: string;
  readonly me: { readonly id: string; readonly name: string };
  readonly pin: string;
  readonly onPin: (pin: string) => void;
}

/** Who is signed in proves it once more, now. */
export const OwnSignature = ({ role, me, pin, onPin }: OwnSignatureProps) => (
  <div className={styles['fields']}>
    <p className={styles['who']}>
      {role}: <strong>{me.name}</strong>
    </p>
    <Field label={`PIN of ${me.name}`} type="password" inputMode="numeric" value={pin} onText={onPin} />
  </div>
);

interface WitnessProps {
  readonly signers: readonly Signer[];
  readonly meId: string | null;
  readonly value: Signature;
  readonly onChange: (signature: Signature) => void;
}

/** A second person; whoever is signed in is not offered. */
export function WitnessSignature({ signers, meId, value, onChange }: WitnessProps) {
  const others = signers.filter(({ id }) => id !== meId);
  return (
    <div className={styles['fields']}>
      <Choice
        label="Second person"
        value={value.personId}
        options={[['', 'Choose who'], ...others.map(({ id, name, role }) => [id, `${name}, ${role}`] as const)]}
        onChoose={(personId) => onChange({ personId, pin: '' })}
      />
      <Field
        label="PIN of the second person"
        type="password"
        inputMode="numeric"
        value={value.pin}
        onText={(pin) => onChange({ ...value, pin })}
      />
    </div>
  );
}

export const isSigned = ({ personId, pin }: Signature): boolean => personId !== '' && pin !== '';
