import { useState } from 'react';
import { useApi } from '../../app/context.tsx';
import type { DrugBalance } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';
import { Choice } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Refusal } from '../../ui/notice.tsx';
import { DialogButtons } from '../phase/dialog-buttons.tsx';
import { areSigned, BothSign, CLINICAL, typedAnew, UNSIGNED } from '../signature/both-sign.tsx';
import styles from './drug-dialog.module.css';
import { numberOf, wrongIn } from './typed-volume.ts';

const PLACES = [
  ['syringe', 'the syringe or bag'],
  ['container', 'the opened container'],
] as const;
const MANNERS = [
  ['into the drug disposal container', 'Disposal container'],
  ['into an absorbing cartridge', 'Absorbing cartridge'],
] as const;
/** A choice and no typing: the dialog has to stay clear of the vital signs. */
const REASONS = [
  ['Left in the syringe', 'Left in the syringe'],
  ['Rest of the container', 'Rest of the container'],
  ['Infusion not given', 'Infusion not given'],
  ['Dropped or broken', 'Dropped or broken'],
] as const;

/** Waste of a controlled drug: both persons see it done and sign it at this moment. */
export function WasteDialog({ balance, onClose }: { balance: DrugBalance; onClose: () => void }) {
  const api = useApi();
  const { busy, failure, run } = useCall();
  const [from, setFrom] = useState<'syringe' | 'container'>('syringe');
  const [volume, setVolume] = useState('');
  const [manner, setManner] = useState<(typeof MANNERS)[number][0]>(MANNERS[0][0]);
  const [reason, setReason] = useState<(typeof REASONS)[number][0]>(REASONS[0][0]);
  const [signed, setSigned] = useState(UNSIGNED);
  const volumeUl = numberOf(volume);
  const ready = !busy && volumeUl !== null && areSigned(signed);

  const confirm = async (): Promise<void> => {
    if (volumeUl === null) return;
    const { sessionId, seq: seenSeq } = balance;
    const { signature: giver, second: witness } = signed;
    const done = await run(() =>
      api.drug.waste({ sessionId, seenSeq, from, volumeUl, manner, reason, giver, witness }),
    );
    if (done === null) setSigned(typedAnew(signed));
    else onClose();
  };

  return (
    <Dialog title="Waste" onClose={onClose}>
      <div className={styles['grid']}>
        <Choice label="Out of" value={from} options={PLACES} onChoose={setFrom} />
        <Field
          label="Volume wasted"
          unit="mL"
          inputMode="decimal"
          value={volume}
          error={wrongIn(volume)}
          onText={setVolume}
        />
        <Choice label="Manner" value={manner} options={MANNERS} onChoose={setManner} />
        <Choice label="Reason (for the record)" value={reason} options={REASONS} onChoose={setReason} />
      </div>
      <BothSign roles={CLINICAL} who="gave and wasted it" signed={signed} onChange={setSigned} />
      <Refusal failure={failure} />
      <DialogButtons confirm="Both sign" ready={ready} onConfirm={() => void confirm()} onClose={onClose} />
    </Dialog>
  );
}
