import { useState } from 'react';
import { useApi } from '../../app/context.tsx';
import type { DrugBalance } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { concentration } from '../../ui/format.ts';
import { Refusal } from '../../ui/notice.tsx';
import { DialogButtons } from '../phase/dialog-buttons.tsx';
import styles from './drug-dialog.module.css';
import { numberOf, wrongIn } from './typed-volume.ts';

const EMPTY = { ndc: '', lot: '', expiry: '', strength: '', size: '', containers: '1', volume: '', after: '' };

interface DrawUpDialogProps {
  readonly balance: DrugBalance;
  readonly onClose: () => void;
}

/** What was taken out of containers and made up, as printed on them and read on the syringe. */
export function DrawUpDialog({ balance, onClose }: DrawUpDialogProps) {
  const api = useApi();
  const { busy, failure, run } = useCall();
  const [typed, setTyped] = useState(EMPTY);
  const set = (name: keyof typeof EMPTY) => (text: string) => setTyped({ ...typed, [name]: text });
  const [strength, size, volume, after] = [typed.strength, typed.size, typed.volume, typed.after].map(numberOf);
  const containers = /^[1-9]\d?$/.test(typed.containers) ? Number(typed.containers) : null;
  const isDate = /^\d{4}-\d\d-\d\d$/.test(typed.expiry);
  const named = typed.ndc.trim().length >= 10 && typed.lot.trim() !== '' && isDate;
  const ready = !busy && named && strength && size && volume && after && containers !== null;

  const confirm = async (): Promise<void> => {
    if (!strength || !size || !volume || !after || containers === null) return;
    const done = await run(() =>
      api.drug.drawUp({
        sessionId: balance.sessionId,
        ndc: typed.ndc.trim(),
        lot: typed.lot.trim(),
        expiry: typed.expiry,
        containerConcentrationUgPerMl: strength,
        containerVolumeUl: size,
        containers,
        volumeUl: volume,
        afterAdditionUl: after,
      }),
    );
    if (done !== null) onClose();
  };

  return (
    <Dialog title="Draw up" onClose={onClose}>
      <p>
        {balance.drug}, ordered in the syringe: {concentration(balance.concentrationUgPerMl)} mg/mL. Read every figure
        on container and syringe.
      </p>
      <div className={styles['grid']}>
        <Field label="NDC (as 12345-678-90)" value={typed.ndc} onText={set('ndc')} autoFocus />
        <Field label="Lot" value={typed.lot} onText={set('lot')} />
        <Field label="Expires (as 2027-12-31)" value={typed.expiry} onText={set('expiry')} />
        <Field
          label="Strength of the container"
          unit="mg/mL"
          inputMode="decimal"
          value={typed.strength}
          error={wrongIn(typed.strength)}
          onText={set('strength')}
        />
        <Field
          label="Volume of one container"
          unit="mL"
          inputMode="decimal"
          value={typed.size}
          error={wrongIn(typed.size)}
          onText={set('size')}
        />
        <Field
          label="Containers opened"
          inputMode="numeric"
          value={typed.containers}
          error={containers === null ? 'A whole number from 1 to 50.' : null}
          onText={set('containers')}
        />
        <Field
          label="Drawn out of them"
          unit="mL"
          inputMode="decimal"
          value={typed.volume}
          error={wrongIn(typed.volume)}
          onText={set('volume')}
        />
        <Field
          label="Whole volume after addition"
          unit="mL"
          inputMode="decimal"
          value={typed.after}
          error={wrongIn(typed.after)}
          onText={set('after')}
        />
      </div>
      <Refusal failure={failure} />
      <DialogButtons
        confirm="Write it down"
        ready={Boolean(ready)}
        onConfirm={() => void confirm()}
        onClose={onClose}
      />
    </Dialog>
  );
}
