import { useState } from 'react';
import { useApi } from '../../app/context.tsx';
import type { Enrolled } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice, Refusal } from '../../ui/notice.tsx';
import styles from './access.module.css';

const NOBODY = { name: '', password: '' };
type NewPerson = typeof NOBODY;

interface EnrolmentPanelProps {
  /** First people of a station, or new ones by the recovery code. */
  readonly by: 'first-run' | 'recovery';
  readonly rootFingerprint: string;
  readonly onDone: () => void;
  readonly onBack: (() => void) | null;
}

/** Two persons enrol themselves, each with a password of their own; afterwards the recovery code is shown once. */
export function EnrolmentPanel({ by, rootFingerprint, onDone, onBack }: EnrolmentPanelProps) {
  const api = useApi();
  const { busy, failure, run } = useCall();
  const [administrator, setAdministrator] = useState(NOBODY);
  const [supervisor, setSupervisor] = useState(NOBODY);
  const [code, setCode] = useState('');
  const [enrolled, setEnrolled] = useState<Enrolled | null>(null);

  if (enrolled !== null) return <OnceOnly enrolled={enrolled} rootFingerprint={rootFingerprint} onDone={onDone} />;
  const enrol = async (): Promise<void> => {
    const pair = { administrator, supervisor };
    const answer = await run(() =>
      by === 'recovery' ? api.enrolment.recover({ code, ...pair }) : api.enrolment.begin(pair),
    );
    if (answer !== null) setEnrolled(answer);
  };
  return (
    <form
      className={styles['enrolment']}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void enrol();
      }}
    >
      <h1 className={styles['title']}>
        {by === 'recovery' ? 'Enrol two new persons by the recovery code' : 'This station has no people yet'}
      </h1>
      <p>
        Two persons enrol here, each types a password that the other does not see: 12 characters or more. They add
        everybody else. Vital signs and STOP need nobody.
      </p>
      {by === 'recovery' && <Field label="Recovery code" value={code} onText={setCode} placeholder="ABCD-EFGH-..." />}
      <div className={styles['pair']}>
        <NewPersonFields title="First administrator" person={administrator} onChange={setAdministrator} />
        <NewPersonFields title="First supervisor" person={supervisor} onChange={setSupervisor} />
      </div>
      <Refusal failure={failure} />
      <div className={styles['buttons']}>
        {onBack !== null && <Button onClick={onBack}>Back</Button>}
        <Button tone="primary" size="large" submit disabled={busy}>
          {busy ? 'Enrolling ...' : 'Enrol both'}
        </Button>
      </div>
    </form>
  );
}

interface NewPersonFieldsProps {
  readonly title: string;
  readonly person: NewPerson;
  readonly onChange: (person: NewPerson) => void;
}
const NewPersonFields = ({ title, person, onChange }: NewPersonFieldsProps) => (
  <fieldset className={styles['group']}>
    <legend>{title}</legend>
    <Field label={`${title}: name`} value={person.name} onText={(name) => onChange({ ...person, name })} />
    <Field
      label={`${title}: password`}
      type="password"
      value={person.password}
      onText={(password) => onChange({ ...person, password })}
    />
  </fieldset>
);

interface OnceOnlyProps {
  readonly enrolled: Enrolled;
  readonly rootFingerprint: string;
  readonly onDone: () => void;
}
const OnceOnly = ({ enrolled, rootFingerprint, onDone }: OnceOnlyProps) => (
  <div className={styles['enrolment']}>
    <h1 className={styles['title']}>Write this down now</h1>
    <Notice tone="soft">
      The recovery code is shown this once. Keep it on paper, locked away, not at this station.
    </Notice>
    <dl className={styles['facts']}>
      <dt>Recovery code</dt>
      <dd className={styles['code']}>{enrolled.recoveryCode}</dd>
      <dt>Fingerprint of the record</dt>
      <dd className={styles['code']}>{rootFingerprint}</dd>
      <dt>Administrator</dt>
      <dd>{enrolled.administrator.name}</dd>
      <dt>Supervisor</dt>
      <dd>{enrolled.supervisor.name}</dd>
    </dl>
    <div className={styles['buttons']}>
      <Button tone="primary" size="large" onClick={onDone}>
        Both are written down
      </Button>
    </div>
  </div>
);
