import { useState } from 'react';
import { useApi, useApp } from '../../app/context.tsx';
import type { DrugBalance } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Refusal } from '../../ui/notice.tsx';
import { DialogButtons } from '../phase/dialog-buttons.tsx';
import { ReasonField, reasonGiven } from '../phase/reason-field.tsx';
import { OwnSignature } from '../signature/own-signature.tsx';
import { sideText } from './drug-words.ts';

/** Words on a difference: a clinician may declare it open, a supervisor closes it and signs. */
export function DifferenceDialog({ balance, onClose }: { balance: DrugBalance; onClose: () => void }) {
  const api = useApi();
  const me = useApp((state) => state.me);
  const { busy, failure, run } = useCall();
  const [reason, setReason] = useState('');
  const [pin, setPin] = useState('');
  const closes = me?.role === 'supervisor';
  if (!me) return null;

  const confirm = async (): Promise<void> => {
    const { sessionId, seq: seenSeq } = balance;
    const said = { sessionId, reason: reason.trim() };
    const signature = { personId: me.id, pin };
    const done = await run(() =>
      closes ? api.drug.closeDiscrepancy({ ...said, seenSeq, signature }) : api.drug.declareOpen(said),
    );
    if (done !== null) onClose();
  };

  return (
    <Dialog title={closes ? 'Close the difference' : 'Declare the balance open'} onClose={onClose}>
      <p>
        Syringe: {sideText(balance.syringe)}. Containers: {sideText(balance.containers)}.
        {balance.findings.map((finding) => ` ${finding}`)}
      </p>
      <ReasonField value={reason} suggestions={[]} onText={setReason} />
      {closes && <OwnSignature who="closes it" me={me} pin={pin} onPin={setPin} />}
      <Refusal failure={failure} />
      <DialogButtons
        confirm={closes ? 'Sign and close' : 'Declare it open'}
        ready={!busy && reasonGiven(reason) && (!closes || pin !== '')}
        onConfirm={() => void confirm()}
        onClose={onClose}
      />
    </Dialog>
  );
}
