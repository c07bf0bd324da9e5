import { useEffect, useState } from 'react';
import { setMe } from '../../app/app-store.ts';
import { useParts } from '../../app/context.tsx';
import type { SignInPerson } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';
import { cx } from '../../ui/cx.ts';
import { Refusal } from '../../ui/notice.tsx';
import { PinPad } from './pin-pad.tsx';
import styles from './sign-in-panel.module.css';

/** Who is at the station: a tile per person, then the PIN by touch or by key. */
export function SignInPanel() {
  const { api, app } = useParts();
  const people = useCall();
  const signIn = useCall();
  const [list, setList] = useState<readonly SignInPerson[]>([]);
  const [chosen, setChosen] = useState<SignInPerson | null>(null);

  const { run: runPeople } = people;
  useEffect(() => {
    void runPeople(() => api.access.people({})).then((found) => found !== null && setList(found));
  }, [api, runPeople]);

  const choose = (person: SignInPerson): void => {
    signIn.forget();
    setChosen(person);
  };
  const enter = async (pin: string): Promise<void> => {
    if (chosen === null) return;
    const person = await signIn.run(() => api.access.signIn({ personId: chosen.id, pin }));
    if (person !== null) setMe(app, person);
  };

  return (
    <div className={styles['panel']}>
      <div>
        <h1 className={styles['title']}>Who is at the station?</h1>
        <ul className={styles['people']}>
          {list.map((person) => (
            <li key={person.id}>
              <button
                type="button"
                className={cx(styles['person'], person.id === chosen?.id && styles['chosen'])}
                aria-pressed={person.id === chosen?.id}
                onClick={() => choose(person)}
              >
                <strong>{person.name}</strong>
                <span className={styles['role']}>{person.role}</span>
                {person.hint !== null && <span className={styles['hint']}>Demonstration PIN {person.hint}</span>}
              </button>
            </li>
          ))}
        </ul>
        <Refusal failure={people.failure} />
      </div>
      <PinPad
        key={chosen?.id ?? 'nobody'}
        person={chosen}
        busy={signIn.busy}
        failure={signIn.failure}
        onEnter={(pin) => void enter(pin)}
      />
    </div>
  );
}
