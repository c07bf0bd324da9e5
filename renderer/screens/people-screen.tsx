import { useCallback, useEffect, useState } from 'react';
import { useApi, useApp } from '../app/context.tsx';
import type { KnownPerson } from '../app/types.ts';
import { useCall } from '../app/use-call.ts';
import { EmergencyReview } from '../features/access/emergency-review.tsx';
import { NewCode } from '../features/access/new-code.tsx';
import { OwnSecretForm } from '../features/access/own-secret-form.tsx';
import { PeopleTable } from '../features/access/people-table.tsx';
import { PersonForm } from '../features/access/person-form.tsx';
import { UnlockForm } from '../features/access/unlock-form.tsx';
import { LiftHolds } from '../features/hold/lift-holds.tsx';
import { CopyRecord } from '../features/record/copy-record.tsx';
import { EnrolKey } from '../features/record/enrol-key.tsx';
import { Refusal } from '../ui/notice.tsx';
import styles from './people-screen.module.css';

type Work = { readonly at: 'add' } | { readonly at: 'change' | 'unlock'; readonly person: KnownPerson };

/** Who may use this station; for everybody their own secret. */
export function PeopleScreen() {
  const role = useApp((state) => state.me?.role);
  const managing = role === 'administrator' || role === 'supervisor';
  return <div className={styles['screen']}>{managing ? <Management role={role} /> : <Own />}</div>;
}

function Management({ role }: { role: 'administrator' | 'supervisor' }) {
  const api = useApi();
  const { failure, run } = useCall();
  const [people, setPeople] = useState<readonly KnownPerson[]>([]);
  const [work, setWork] = useState<Work | null>(null);
  const load = useCallback(() => {
    void run(() => api.people.list({})).then((found) => found !== null && setPeople(found));
  }, [api, run]);
  useEffect(load, [load]);
  const done = (): void => {
    setWork(null);
    load();
  };
  return (
    <>
      <div className={styles['column']}>
        <Refusal failure={failure} />
        <PeopleTable
          people={people}
          onAdd={() => setWork({ at: 'add' })}
          onChange={(person) => setWork({ at: 'change', person })}
          onUnlock={(person) => setWork({ at: 'unlock', person })}
        />
      </div>
      <div className={styles['column']}>
        {work?.at === 'add' && <PersonForm key="new" person={null} onDone={done} />}
        {work?.at === 'change' && <PersonForm key={work.person.id} person={work.person} onDone={done} />}
        {work?.at === 'unlock' && <UnlockForm key={work.person.id} person={work.person} onDone={done} />}
        {work === null && <LiftHolds />}
        {work === null && <EnrolKey />}
        {work === null && <CopyRecord />}
        {work === null && role === 'administrator' && <NewCode />}
        {work === null && role === 'supervisor' && <EmergencyReview />}
        {work === null && <OwnSecret />}
      </div>
    </>
  );
}

function Own() {
  return (
    <div className={styles['column']}>
      <LiftHolds />
      <OwnSecret />
    </div>
  );
}

const NEEDS_PASSWORD = 'Your role needs a password of 12 characters or more. Set it now.';

function OwnSecret() {
  const api = useApi();
  const [needsPassword, setNeedsPassword] = useState(false);
  useEffect(() => {
    // Without an answer the form serves without the hint.
    api.seat.state({}).then(
      (answer) => answer.ok && setNeedsPassword(answer.value.needsPassword),
      () => undefined,
    );
  }, [api]);
  return <OwnSecretForm because={needsPassword ? NEEDS_PASSWORD : null} />;
}
