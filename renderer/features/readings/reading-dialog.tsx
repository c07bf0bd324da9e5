import { useState } from 'react';
import { SEDATION_LEVELS } from '../../../core/sedation.ts';
import { useApi } from '../../app/context.tsx';
import type { ShownChair } from '../../app/shown.ts';
import type { ReadingInput } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Refusal } from '../../ui/notice.tsx';
import { RadioButtons } from '../../ui/radio-buttons.tsx';
import { DialogButtons } from '../phase/dialog-buttons.tsx';
import { pauseText } from '../vitals/other-vitals-view.ts';
import styles from './reading-dialog.module.css';
import { type CuffDraft, readCuff } from './reading-draft.ts';

const MINUTE_MS = 60_000;
const TAKEN = [0, 1, 2, 5, 10].map((ago) => ({ id: ago, says: ago === 0 ? 'Just now' : `${ago} min ago` }));
const SCORES = SEDATION_LEVELS.levels.map(({ score, says }) => ({ id: score, says: `${score} - ${says}` }));

/** What a reading will do, before it is entered. */
function pauses({ limits }: ShownChair, kind: 'cuff' | 'sedation'): string {
  if (kind === 'sedation') return `Score: ${pauseText(limits, 'sedation')}`;
  return `Systolic: ${pauseText(limits, 'nibp-sys')} mmHg. Diastolic: ${pauseText(limits, 'nibp-dia')} mmHg.`;
}

interface ReadingDialogProps {
  readonly kind: 'cuff' | 'sedation';
  readonly chair: ShownChair;
  readonly onClose: () => void;
}

/** A reading that a person took, with the time it was taken. Nothing is chosen in advance but the time. */
export function ReadingDialog({ kind, chair, onClose }: ReadingDialogProps) {
  const api = useApi();
  const { busy, failure, run } = useCall();
  const [draft, setDraft] = useState<CuffDraft>({ systolic: '', diastolic: '' });
  const [score, setScore] = useState<number | null>(null);
  const [ago, setAgo] = useState(0);
  const cuff = readCuff(draft);
  const sedation: ReadingInput | null = score === null ? null : { kind: 'sedation', score, scale: SEDATION_LEVELS.id };
  const reading = kind === 'cuff' ? cuff.reading : sedation;
  const enter = async (): Promise<void> => {
    if (reading === null) return;
    const entered = await run(() => api.vitals.enter({ chairId: chair.id, takenAgoMs: ago * MINUTE_MS, reading }));
    if (entered !== null) onClose();
  };
  const title = kind === 'cuff' ? 'Cuff pressure' : `Sedation, ${SEDATION_LEVELS.name}`;
  return (
    <Dialog title={`${title} - ${chair.name}`} onClose={onClose}>
      <div className={styles['form']}>
        {kind === 'cuff' && (
          <div className={styles['pressures']}>
            <Field
              label="Systolic"
              unit="mmHg"
              inputMode="numeric"
              value={draft.systolic}
              error={cuff.errors.systolic}
              onText={(systolic) => setDraft({ ...draft, systolic })}
              autoFocus
            />
            <Field
              label="Diastolic"
              unit="mmHg"
              inputMode="numeric"
              value={draft.diastolic}
              error={cuff.errors.diastolic}
              onText={(diastolic) => setDraft({ ...draft, diastolic })}
            />
          </div>
        )}
        {kind === 'sedation' && (
          <RadioButtons legend="What the patient does" options={SCORES} chosen={score} tall onChoose={setScore} />
        )}
        <p>{pauses(chair, kind)}</p>
        <RadioButtons legend="Taken" options={TAKEN} chosen={ago} onChoose={setAgo} />
        <Refusal failure={failure} />
        <DialogButtons
          confirm="Enter"
          ready={!busy && reading !== null}
          onConfirm={() => void enter()}
          onClose={onClose}
        />
      </div>
    </Dialog>
  );
}
