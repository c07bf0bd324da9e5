import { type KeyboardEvent, useRef, useState } from 'react';
import type { BedsideField } from '../../../preload/contract/bedside.ts';
import { useApi, useStation } from '../../app/context.tsx';
import type { ShownChair, ShownSession } from '../../app/shown.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { mass } from '../../ui/format.ts';
import { Refusal } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { patientOf } from '../strip/patient-words.ts';
import { type Answers, errorOf, nextEmpty, NOTHING_READ, stillOpen, UNANSWERED } from './check-draft.ts';
import styles from './check-form.module.css';

/** The four questions of the bedside. Id, lot and concentration are not in them: they are read, not copied from here. */
function questions(session: ShownSession, simulated: boolean): Readonly<Record<keyof Answers, string>> {
  const { plan } = session;
  const devices = simulated ? ' Pump and monitor are simulated here: no real infusion may be given.' : '';
  return {
    identityConfirmed: `Patient identity: ${patientOf(session)}, asked by name and matched.`,
    drugAndConcentrationConfirmed: `Drug and concentration: ${plan === null ? 'the drug' : plan.drug}, for ${mass(plan?.doseUg ?? null)} mg ordered, read on the syringe.`,
    otherDrugsAndDiseasesReviewed:
      'Other drugs reviewed (opioids, benzodiazepines, alcohol, other sedatives), heart and lung disease, blood pressure and airway asked.',
    risksDisclosed: `Risks disclosed to the patient, including that this station is not a cleared medical device.${devices}`,
  };
}

/**
 * A scanner types, and ends each code with Enter: that leads to the next empty field and sends nothing. Never to a tick or
 * a button, where a space or an Enter of the next code would answer for the clinician.
 */
function enterLeadsOn(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
  event.preventDefault();
  const fields = [...event.currentTarget.querySelectorAll<HTMLInputElement>('input:not([type="checkbox"])')];
  const next = nextEmpty(
    fields.map(({ value }) => value),
    fields.indexOf(event.target),
  );
  if (next !== null) fields[next]?.focus();
}

interface CheckFormProps {
  readonly chair: ShownChair;
  readonly session: ShownSession;
  readonly onClose: () => void;
}

/** Bedside check: what is read there, and four answers, all by the clinician and none given in advance. */
export function CheckForm({ chair, session, onClose }: CheckFormProps) {
  const api = useApi();
  const simulated = useStation((state) => state.frame?.demonstration ?? false);
  const { busy, failure, run, forget } = useCall();
  const [reading, setReading] = useState(NOTHING_READ);
  const [answers, setAnswers] = useState(UNANSWERED);
  const body = useRef<HTMLDivElement>(null);
  const open = stillOpen(reading, answers);

  const submit = async (): Promise<void> => {
    const done = await run(() => api.session.check({ chairId: chair.id, ...reading, ...answers }));
    // Where what was read does not match, it is seen where it was typed.
    if (done === null) body.current?.scrollTo({ top: 0 });
    else onClose();
  };
  const read = (field: BedsideField) => ({
    value: reading[field],
    error: errorOf(field, reading, failure?.code ?? null),
    onText: (text: string) => {
      setReading({ ...reading, [field]: text });
      forget();
    },
  });

  const said = open.length > 0 ? open.join(' · ') : failure === null ? 'All read and confirmed' : '';

  return (
    <Panel
      title="Bedside check"
      note="Scan or type what stands on wristband and syringe, not from a screen"
      className={styles['panel']}
    >
      <form
        className={styles['form']}
        onKeyDown={enterLeadsOn}
        onSubmit={(event) => {
          event.preventDefault();
          if (open.length === 0 && !busy) void submit();
        }}
      >
        <div ref={body} className={styles['body']}>
          <div className={styles['readings']}>
            <Field label="Patient id, on wristband or card" autoCapitalize="off" autoFocus {...read('patientIdRead')} />
            <Field label="Lot, on the syringe" autoCapitalize="off" {...read('drugLotRead')} />
            <Field
              label="Concentration, on the syringe"
              unit="mg/mL"
              inputMode="decimal"
              {...read('concentrationRead')}
            />
          </div>
          <div className={styles['questions']}>
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
          </div>
        </div>
        <Refusal failure={failure} />
        <div className={styles['buttons']}>
          <span className={styles['open']}>{said}</span>
          <Button onClick={onClose}>Back</Button>
          <Button submit tone="primary" aria-disabled={open.length > 0 || busy}>
            Confirm the check
          </Button>
        </div>
      </form>
    </Panel>
  );
}
