import { useCallback, useEffect, useState } from 'react';
import { setMe } from '../../app/app-store.ts';
import { useParts } from '../../app/context.tsx';
import type { EnrolmentState, SeatState, SignInPerson } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';
import { cx } from '../../ui/cx.ts';
import { Button } from '../../ui/button.tsx';
import { Refusal } from '../../ui/notice.tsx';
import { EnrolmentPanel } from '../access/enrolment-panel.tsx';
import { PasswordEntry } from '../access/password-entry.tsx';
import { useBadge } from '../access/use-badge.ts';
import { PinPad } from './pin-pad.tsx';
import styles from './sign-in-panel.module.css';

type LockedBy = SeatState['lockedBy'];

/** Who is at the station, or whose screen this locked one is: a tile per person or a badge, then PIN or password. */
export function SignInPanel() {
  const { api } = useParts();
  const { failure, run } = useCall();
  const [list, setList] = useState<readonly SignInPerson[]>([]);
  const [lockedBy, setLockedBy] = useState<LockedBy>(null);
  const [enrolment, setEnrolment] = useState<EnrolmentState | null>(null);
  const [recovering, setRecovering] = useState(false);

  const load = useCallback(
    () =>
      run(() => api.seat.state({}))
        .then((state) => state !== null && setLockedBy(state.lockedBy))
        .then(() => run(() => api.access.people({})))
        .then((people) => people !== null && setList(people))
        .then(() => run(() => api.enrolment.state({})))
        .then((asked) => asked !== null && setEnrolment(asked)),
    [api, run],
  );
  useEffect(() => {
    void load();
  }, [load]);

  const enrolled = (): void => {
    setRecovering(false);
    void load();
  };
  if (enrolment !== null && (enrolment.needed || recovering)) {
    return (
      <EnrolmentPanel
        by={enrolment.needed ? 'first-run' : 'recovery'}
        rootFingerprint={enrolment.rootFingerprint}
        onDone={enrolled}
        onBack={enrolment.needed ? null : () => setRecovering(false)}
      />
    );
  }
  return (
    <SignInForm key={lockedBy?.id ?? 'nobody'} list={list} lockedBy={lockedBy} onRecover={() => setRecovering(true)}>
      <Refusal failure={failure} />
    </SignInForm>
  );
}

interface SignInFormProps {
  readonly list: readonly SignInPerson[];
  readonly lockedBy: LockedBy;
  readonly onRecover: () => void;
  readonly children: React.ReactNode;
}

function SignInForm({ list, lockedBy, onRecover, children }: SignInFormProps) {
  const { api, app } = useParts();
  const signIn = useCall();
  const badge = useCall();
  const [chosenId, setChosenId] = useState<string | null>(null);
  const chosen = list.find(({ id }) => id === chosenId) ?? null;
  const choose = (id: string): void => {
    signIn.forget();
    badge.forget();
    setChosenId(id);
  };
  useBadge(chosenId === null, (number) => {
    void badge.run(() => api.people.byBadge({ badge: number })).then((found) => found && choose(found.personId));
  });
  const enter = async (pin: string): Promise<void> => {
    if (chosen === null) return;
    const person = await signIn.run(() => api.access.signIn({ personId: chosen.id, pin }));
    if (person !== null) setMe(app, person);
  };
  const entry = { busy: signIn.busy, failure: signIn.failure, onEnter: (secret: string) => void enter(secret) };
  return (
    <div className={styles['panel']}>
      <div className={styles['left']}>
        <h1 className={styles['title']}>
          {lockedBy === null ? 'Who is at the station?' : `Locked - ${lockedBy.name} was here`}
        </h1>
        <ul className={styles['people']}>
          {list.map((person) => (
            <li key={person.id}>
              <PersonTile person={person} chosen={person.id === chosenId} onChoose={() => choose(person.id)} />
            </li>
          ))}
        </ul>
        <p className={styles['badge']}>
          Or hold a badge to the reader.{' '}
          <Button className={styles['recover']} onClick={onRecover}>
            Recovery code
          </Button>
        </p>
        <Refusal failure={badge.failure} />
        {children}
      </div>
      {chosen?.secretKind === 'password' ? (
        <PasswordEntry key={chosen.id} person={chosen} {...entry} />
      ) : (
        <PinPad key={chosen?.id ?? 'nobody'} person={chosen} {...entry} />
      )}
    </div>
  );
}

interface PersonTileProps {
  readonly person: SignInPerson;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}
const PersonTile = ({ person, chosen, onChoose }: PersonTileProps) => (
  <button
    type="button"
    className={cx(styles['person'], chosen && styles['chosen'])}
    aria-pressed={chosen}
    onClick={onChoose}
  >
    <strong>{person.name}</strong>
    <span className={styles['role']}>{person.role}</span>
    {person.hint !== null && (
      <span className={styles['hint']}>
        Demonstration {person.secretKind === 'pin' ? 'PIN' : 'password'} {person.hint}
      </span>
    )}
  </button>
);
