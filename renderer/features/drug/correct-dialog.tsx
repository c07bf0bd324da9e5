import { useState } from 'react';
import { useApi } from '../../app/context.tsx';
import type { DrugBalance } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { volume as inMl } from '../../ui/format.ts';
import { Refusal } from '../../ui/notice.tsx';
import { DialogButtons } from '../phase/dialog-buttons.tsx';
import { reasonGiven } from '../phase/reason-field.tsx';
import { areSigned, BothSign, CLINICAL, typedAnew, UNSIGNED } from '../signature/both-sign.tsx';
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
  const { busy, failure, run } = useCall();
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const [signed, setSigned] = useState(UNSIGNED);
  const isNothing = typed.trim() === '0';
  const volumeUl = isNothing ? 0 : numberOf(typed);

  const confirm = async (): Promise<void> => {
    if (volumeUl === null) return;
    const by = { giver: signed.signature, witness: signed.second };
    const entered = { sessionId: balance.sessionId, seenSeq: balance.seq, ...by };
    const done = await run(() => api.drug.correct({ ...entered, seq: entry.seq, volumeUl, reason: reason.trim() }));
    if (done === null) setSigned(typedAnew(signed));
    else onClose();
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
      <BothSign roles={CLINICAL} who="corrects it" signed={signed} onChange={setSigned} />
      <Refusal failure={failure} />
      <DialogButtons
        confirm="Correct it"
        ready={!busy && volumeUl !== null && reasonGiven(reason) && areSigned(signed)}
        onConfirm={() => void confirm()}
        onClose={onClose}
      />
    </Dialog>
  );
}
