import { useState } from 'react';
import { useApi } from '../../app/context.tsx';
import type { DrugBalance } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Refusal } from '../../ui/notice.tsx';
import { DialogButtons } from '../phase/dialog-buttons.tsx';
import { ReasonField, reasonGiven } from '../phase/reason-field.tsx';
import { areSigned, BothSign, CLINICAL, typedAnew, UNSIGNED } from '../signature/both-sign.tsx';
import { numberOf, wrongIn } from './typed-volume.ts';

export const AMOUNTS = {
  prime: {
    title: 'Pushed into the line by hand',
    says: 'Drug that filled the line before the pump began.',
    reasons: null,
  },
  flush: {
    title: 'Flushed into the patient',
    says: 'Drug pushed out of the line by hand: it is a dose.',
    reasons: null,
  },
  residual: {
    title: 'Left in syringe and set',
    says: 'What cannot be got out and goes away with syringe and set.',
    reasons: ['Dead space of syringe and line'],
  },
  returned: {
    title: 'Return a container',
    says: 'Volume that went back to the store unused, in its container.',
    reasons: ['Sealed container not needed'],
  },
} as const;
export type AmountKind = keyof typeof AMOUNTS;

interface AmountDialogProps {
  readonly kind: AmountKind;
  readonly balance: DrugBalance;
  readonly onClose: () => void;
}

/** One volume that leaves the account: both persons see it go and sign at this moment. */
export function AmountDialog({ kind, balance, onClose }: AmountDialogProps) {
  const api = useApi();
  const { busy, failure, run } = useCall();
  const [volume, setVolume] = useState('');
  const [reason, setReason] = useState('');
  const [signed, setSigned] = useState(UNSIGNED);
  const { title, says, reasons } = AMOUNTS[kind];
  const volumeUl = numberOf(volume);

  const write = (amount: number) => {
    const { signature: giver, second: witness } = signed;
    const left = { sessionId: balance.sessionId, seenSeq: balance.seq, giver, witness, volumeUl: amount };
    const why = reason.trim();
    if (kind === 'residual') return api.drug.residual({ ...left, reason: why });
    if (kind === 'returned') return api.drug.returnDrug({ ...left, from: 'container', reason: why });
    return api.drug.byHand({ ...left, kind });
  };
  const confirm = async (): Promise<void> => {
    if (volumeUl === null) return;
    if ((await run(() => write(volumeUl))) === null) setSigned(typedAnew(signed));
    else onClose();
  };

  return (
    <Dialog title={title} onClose={onClose}>
      <p>{says}</p>
      <Field
        label="Volume"
        unit="mL"
        inputMode="decimal"
        value={volume}
        error={wrongIn(volume)}
        onText={setVolume}
        autoFocus
      />
      {reasons !== null && <ReasonField value={reason} suggestions={reasons} onText={setReason} />}
      <BothSign roles={CLINICAL} who="writes it down" signed={signed} onChange={setSigned} />
      <Refusal failure={failure} />
      <DialogButtons
        confirm="Both sign"
        ready={!busy && volumeUl !== null && areSigned(signed) && (reasons === null || reasonGiven(reason))}
        onConfirm={() => void confirm()}
        onClose={onClose}
      />
    </Dialog>
  );
}
