import { type ReactNode, useState } from 'react';
import type { Result } from '../../../preload/contract/leaf.ts';
import { useParts } from '../../app/context.tsx';
import type { ShownChair } from '../../app/shown.ts';
import { useCall } from '../../app/use-call.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Refusal } from '../../ui/notice.tsx';
import { areSigned, BothSign, type BothSigned, CLINICAL, typedAnew, UNSIGNED } from '../signature/both-sign.tsx';
import { DialogButtons } from './dialog-buttons.tsx';

interface RunDialogProps {
  readonly chair: ShownChair;
  readonly title: string;
  readonly confirm: string;
  /** What is asked beside the signatures is complete. */
  readonly ready: boolean;
  /** With signatures where the chair is locked. */
  readonly command: (signed: { signatures?: BothSigned }) => Promise<Result<unknown>>;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

/**
 * Start or resume. A chair that the same pause has locked, in this session or before it, asks for two signatures
 * a refusal keeps everything but the secrets.
 */
export function RunDialog({ chair, title, confirm, ready, command, onClose, children }: RunDialogProps) {
  const { stop } = useParts();
  const { busy, failure, run } = useCall();
  const [signed, setSigned] = useState(UNSIGNED);
  const lockedBecause = chair.session?.lockedBecause ?? null;
  const complete = !busy && ready && (lockedBecause === null || areSigned(signed));

  const send = async (): Promise<void> => {
    if ((await run(() => command(lockedBecause === null ? {} : { signatures: signed }))) === null) {
      setSigned(typedAnew(signed));
      return;
    }
    stop.forget(chair.id);
    onClose();
  };

  return (
    <Dialog title={`${title} - ${chair.name}`} onClose={onClose}>
      {children}
      {lockedBecause !== null && (
        <>
          <p>
            <strong>{lockedBecause}</strong> Find out what is behind it before anybody signs.
          </p>
          <BothSign roles={CLINICAL} signed={signed} onChange={setSigned} />
        </>
      )}
      <Refusal failure={failure} />
      <DialogButtons confirm={confirm} ready={complete} onConfirm={() => void send()} onClose={onClose} />
    </Dialog>
  );
}
