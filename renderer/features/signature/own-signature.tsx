import { Field } from '../../ui/field.tsx';

interface OwnSignatureProps {
  readonly me: { readonly name: string };
  /** What the person who signs has done, in words. */
  readonly who?: string | undefined;
  readonly pin: string;
  readonly onPin: (pin: string) => void;
}

/** Who is signed in proves it once more, now: with a PIN or, as some roles must, with a password. */
export const OwnSignature = ({ me, who, pin, onPin }: OwnSignatureProps) => (
  <Field
    label={`PIN or password of ${me.name}${who === undefined ? '' : `, who ${who}`}`}
    type="password"
    value={pin}
    onText={onPin}
  />
);
