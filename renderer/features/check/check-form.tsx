import { useState } from 'react';
import { useApi, useStation } from '../../app/context.tsx';
import type { ShownChair, ShownSession } from '../../app/shown.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { concentration, mass } from '../../ui/format.ts';
import { Refusal } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { patientAndId } from '../strip/patient-words.ts';
import styles from './check-form.module.css';

const UNANSWERED = {
  identityConfirmed: false,
  drugAndConcentrationConfirmed: false,
  otherDrugsAndDiseasesReviewed: false,
  risksDisclosed: false,
};
type Answers = typeof UNANSWERED;

/** The four questions of the bedside, each asked with what it is about. */
function questions(session: ShownSession, simulated: boolean): Readonly<Record<keyof Answers, string>> {
  const { plan } = session;
  const drug = plan === null ? '' : `${plan.drug} ${concentration(plan.concentrationUgPerMl)} mg/mL, `;
  const devices = simulated ? ' Pump and monitor are simulated here: no real infusion may be given.' : '';
  return {
    identityConfirmed: `Patient identity: ${patientAndId(session).join(', ')}, asked and matched.`,
    drugAndConcentrationConfirmed: `Drug and concentration: ${drug}lot ${session.drugLot}, ${mass(plan?.doseUg ?? null)} mg ordered, read on the syringe.`,
    otherDrugsAndDiseasesReviewed:
      'Other drugs reviewed (opioids, benzodiazepines, alcohol, other sedatives), heart and lung disease, blood pressure and airway asked.',
    risksDisclosed: `Risks disclosed to the patient, including that this station is not a cleared medical device.${devices}`,
  };
}

interface CheckFormProps {
  readonly chair: ShownChair;
  readonly session: ShownSession;
  readonly onClose: () => void;
}

/** Bedside check: four answers, each given by the clinician, none given in advance. */
export function CheckForm({ chair, session, onClose }: CheckFormProps) {
  const api = useApi();
  const simulated = useStation((state) => state.frame?.demonstration ?? false);
  const { busy, failure, run } = useCall();
  const [answers, setAnswers] = useState<Answers>(UNANSWERED);
  const open = Object.values(answers).filter((answer) => !answer).length;

  const submit = async (): Promise<void> => {
    const done = await run(() => api.session.check({ chairId: chair.id, ...answers }));
    if (done !== null) onClose();
  };

  return (
    <Panel title="Bedside check" note="Each point is confirmed at the bedside, by you" className={styles['panel']}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (open === 0 && !busy) void submit();
        }}
      >
        {Object.entries(questions(session, simulated)).map(([name, text]) => (
          <label key={name} className={styles['question']}>
            <input
              type="checkbox"
              className={styles['box']}
              checked={answers[name as keyof Answers]}
              onChange={(event) => setAnswers({ ...answers, [name]: event.target.checked })}
            />
            <span>{text}</span>
          </label>
        ))}
        <Refusal failure={failure} />
        <div className={styles['buttons']}>
          <span className={styles['open']}>{open > 0 ? `${open} of 4 not confirmed` : 'All confirmed'}</span>
          <Button onClick={onClose}>Back</Button>
          <Button submit tone="primary" aria-disabled={open > 0 || busy}>
            Confirm the check
          </Button>
        </div>
      </form>
    </Panel>
  );
}
