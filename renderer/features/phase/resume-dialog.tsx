import { useState } from 'react';
import { useApi } from '../../app/context.tsx';
import type { ShownChair } from '../../app/shown.ts';
import { Field } from '../../ui/field.tsx';
import { rate } from '../../ui/format.ts';
import { parseDecimal } from '../../../preload/contract/parse-decimal.ts';
import { ReasonField, reasonGiven } from './reason-field.tsx';
import styles from './resume-dialog.module.css';
import { RunDialog } from './run-dialog.tsx';

const SUGGESTIONS = ['Patient is well again', 'Sensor put right', 'Cause of the pause removed'];

/** Resume needs a reason and the rate typed anew, which the station compares with the plan. */
export function ResumeDialog({ chair, onClose }: { chair: ShownChair; onClose: () => void }) {
  const api = useApi();
  const [reason, setReason] = useState('');
  const [typedRate, setTypedRate] = useState('');
  const parsed = parseDecimal(typedRate);
  const confirmedRateUlPerH = parsed.kind === 'value' ? parsed.thousandths : null;
  const plan = chair.session?.plan ?? null;
  return (
    <RunDialog
      chair={chair}
      title="Resume the infusion"
      confirm="Resume"
      ready={reasonGiven(reason) && confirmedRateUlPerH !== null}
      command={(signed) =>
        api.session.resume({
          chairId: chair.id,
          reason: reason.trim(),
          confirmedRateUlPerH: confirmedRateUlPerH ?? 0,
          ...signed,
        })
      }
      onClose={onClose}
    >
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
    </RunDialog>
  );
}
