import { useState } from 'react';
import { useApp, useParts } from '../../app/context.tsx';
import type { ShownChair } from '../../app/shown.ts';
import { useCall } from '../../app/use-call.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { rate } from '../../ui/format.ts';
import { Refusal } from '../../ui/notice.tsx';
import { parseDecimal } from '../../ui/parse-decimal.ts';
import { isSigned, NO_SIGNATURE, SecondPerson } from '../second-person/second-person.tsx';
import { OwnSignature } from '../signature/signature-fields.tsx';
import { DialogButtons } from './dialog-buttons.tsx';
import { ReasonField, reasonGiven } from './reason-field.tsx';
import styles from './resume-dialog.module.css';

const SUGGESTIONS = ['Patient is well again', 'Sensor put right', 'Cause of the pause removed'];

/**
 * Resume needs a reason and the rate typed anew, which the station compares with the plan; after the same pause
 * again and again also a second person.
 */
export function ResumeDialog({ chair, onClose }: { chair: ShownChair; onClose: () => void }) {
  const { api, stop } = useParts();
  const { busy, failure, run } = useCall();
  const [reason, setReason] = useState('');
  const [typedRate, setTypedRate] = useState('');
  const me = useApp((state) => state.me);
  const [pin, setPin] = useState('');
  const [second, setSecond] = useState(NO_SIGNATURE);
  const parsed = parseDecimal(typedRate);
  const lockedBecause = chair.session?.lockedBecause ?? null;
  const plan = chair.session?.plan ?? null;

  if (!me) return null;
  const signature = { personId: me.id, pin };

  const confirm = async (): Promise<void> => {
    if (parsed.kind !== 'value') return;
    const done = await run(() =>
      api.session.resume({
        chairId: chair.id,
        reason: reason.trim(),
        confirmedRateUlPerH: parsed.thousandths,
        ...(lockedBecause !== null && { signatures: { signature, second } }),
      }),
    );
    if (done === null) {
      setPin('');
      setSecond({ ...second, pin: '' });
      return;
    }
    stop.forget(chair.id);
    onClose();
  };

  return (
    <Dialog title={`Resume the infusion - ${chair.name}`} onClose={onClose}>
      <p>
        Paused because: {chair.session?.pauseReason ?? 'not known'}. The planned rate is{' '}
        <strong>{rate(plan?.rateUlPerH ?? null)} mL/h</strong>. Type it to confirm it.
      </p>
      <div className={styles['fields']}>
        <ReasonField value={reason} suggestions={SUGGESTIONS} onText={setReason} />
        <Field
          label="Rate to resume with"
          unit="mL/h"
          inputMode="decimal"
          value={typedRate}
          error={parsed.kind === 'malformed' ? parsed.why : null}
          onText={setTypedRate}
        />
      </div>
      {lockedBecause !== null && (
        <>
          <p>
            <strong>{lockedBecause}</strong> Find out what is behind it before anybody signs.
          </p>
          <OwnSignature role="Resumed by" me={me} pin={pin} onPin={setPin} />
          <SecondPerson roles={['clinician', 'supervisor']} value={second} onChange={setSecond} />
        </>
      )}
      <Refusal failure={failure} />
      <DialogButtons
        confirm="Resume"
        ready={
          !busy &&
          reasonGiven(reason) &&
          parsed.kind === 'value' &&
          (lockedBecause === null || (pin !== '' && isSigned(second)))
        }
        onConfirm={() => void confirm()}
        onClose={onClose}
      />
    </Dialog>
  );
}
