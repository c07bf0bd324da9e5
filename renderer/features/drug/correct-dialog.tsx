import { useState } from 'react';
import { useApi, useApp } from '../../app/context.tsx';
import type { DrugBalance } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { volume as inMl } from '../../ui/format.ts';
import { Refusal } from '../../ui/notice.tsx';
import { DialogButtons } from '../phase/dialog-buttons.tsx';
import { reasonGiven } from '../phase/reason-field.tsx';
import { isSigned, OwnSignature, WitnessSignature } from '../signature/signature-fields.tsx';
import { useSigners } from '../signature/use-signers.ts';
import styles from './drug-dialog.module.css';
import { ENTRY_WORDS } from './drug-words.ts';
import { numberOf, wrongIn } from './typed-volume.ts';

interface CorrectDialogProps {
  readonly balance: DrugBalance;
  readonly entry: DrugBalance['entries'][number];
  readonly onClose: () => void;
}

/** Puts another volume in the place of an entry's; the old one stays beside it, and a second person signs. */
export function CorrectDialog({ balance, entry, onClose }: CorrectDialogProps) {
  const api = useApi();
  const me = useApp((state) => state.me);
  const { busy, failure, run } = useCall();
  const { signers, failure: noSigners } = useSigners();
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const [pin, setPin] = useState('');
  const [witness, setWitness] = useState({ personId: '', pin: '' });
  const isNothing = typed.trim() === '0';
  const volumeUl = isNothing ? 0 : numberOf(typed);
  if (!me) return null;

  const confirm = async (): Promise<void> => {
    if (volumeUl === null) return;
    const signed = { sessionId: balance.sessionId, seenSeq: balance.seq, giver: { personId: me.id, pin }, witness };
    const done = await run(() => api.drug.correct({ ...signed, seq: entry.seq, volumeUl, reason: reason.trim() }));
    if (done !== null) onClose();
  };

  return (
    <Dialog title={`Correct: ${ENTRY_WORDS[entry.act]}, ${inMl(entry.volumeUl)} mL`} onClose={onClose}>
      <p>Nothing is erased: the old volume stays in the record beside the new one. 0 for an entry made in error.</p>
      <div className={styles['pair']}>
        <Field
          label="Right volume"
          unit="mL"
          inputMode="decimal"
          value={typed}
          error={isNothing ? null : wrongIn(typed)}
          onText={setTyped}
          autoFocus
        />
        <Field label="Reason (for the record)" value={reason} maxLength={500} onText={setReason} />
      </div>
      <div className={styles['pair']}>
        <OwnSignature role="Corrected by" me={me} pin={pin} onPin={setPin} />
        <WitnessSignature signers={signers} meId={me.id} value={witness} onChange={setWitness} />
      </div>
      <Refusal failure={failure ?? noSigners} />
      <DialogButtons
        confirm="Correct it"
        ready={!busy && volumeUl !== null && reasonGiven(reason) && pin !== '' && isSigned(witness)}
        onConfirm={() => void confirm()}
        onClose={onClose}
      />
    </Dialog>
  );
}
