import { useState } from 'react';
import { useApp, useParts } from '../../app/context.tsx';
import type { ShownChair } from '../../app/shown.ts';
import { useCall } from '../../app/use-call.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Refusal } from '../../ui/notice.tsx';
import { isSigned, NO_SIGNATURE, SecondPerson } from '../second-person/second-person.tsx';
import { OwnSignature } from '../signature/signature-fields.tsx';
import { DialogButtons } from './dialog-buttons.tsx';

/** A chair that the same pause has locked, in this session or before it, starts only with a second person. */
export function StartDialog({ chair, onClose }: { chair: ShownChair; onClose: () => void }) {
  const { api, stop } = useParts();
  const { busy, failure, run } = useCall();
  const me = useApp((state) => state.me);
  const [pin, setPin] = useState('');
  const [second, setSecond] = useState(NO_SIGNATURE);
  if (!me) return null;

  const confirm = async (): Promise<void> => {
    const signatures = { signature: { personId: me.id, pin }, second };
    if ((await run(() => api.session.start({ chairId: chair.id, signatures }))) === null) {
      setPin('');
      setSecond({ ...second, pin: '' });
      return;
    }
    stop.forget(chair.id);
    onClose();
  };

  return (
    <Dialog title={`Start the infusion - ${chair.name}`} onClose={onClose}>
      <p>
        <strong>{chair.session?.lockedBecause}</strong> Find out what is behind it before anybody signs.
      </p>
      <OwnSignature role="Started by" me={me} pin={pin} onPin={setPin} />
      <SecondPerson roles={['clinician', 'supervisor']} value={second} onChange={setSecond} />
      <Refusal failure={failure} />
      <DialogButtons
        confirm="Start"
        ready={!busy && pin !== '' && isSigned(second)}
        onConfirm={() => void confirm()}
        onClose={onClose}
      />
    </Dialog>
  );
}
