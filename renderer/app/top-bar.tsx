import { DemonstrationMenu } from '../features/demonstration/demonstration-menu.tsx';
import { EmergencyDuty } from '../features/access/emergency-duty.tsx';
import { useOwnDuty } from '../features/access/use-own-duty.ts';
import { SoundButton } from '../features/sound/sound-button.tsx';
import { Button } from '../ui/button.tsx';
import { clock } from '../ui/format.ts';
import { goTo, type Screen, setMe } from './app-store.ts';
import { useApp, useParts, useShownChairs, useStation } from './context.tsx';
import styles from './top-bar.module.css';
import { useCall } from './use-call.ts';

/** Where one is, whether this is real, the time with its zone, the sound, and who is signed in. */
export function TopBar() {
  const demonstration = useStation((state) => state.frame?.demonstration ?? false);
  const me = useApp((state) => state.me);
  return (
    <header className={styles['bar']}>
      <strong className={styles['brand']}>Chairside</strong>
      {me && <Navigation />}
      {demonstration && (
        <>
          <strong className={styles['demonstration']}>DEMONSTRATION</strong>
          {me && <DemonstrationMenu />}
        </>
      )}
      <span className={styles['space']} />
      <SoundButton />
      <Clock />
      {me && <SignedIn key={`${me.id} ${me.role}`} name={me.name} role={me.role} />}
    </header>
  );
}

function Navigation() {
  const { app } = useParts();
  const chairs = useShownChairs();
  const here = useApp((state) => state.screen);
  const role = useApp((state) => state.me?.role);
  const places: readonly { readonly name: string; readonly screen: Screen }[] = [
    { name: 'Overview', screen: { at: 'overview' } },
    ...chairs.map(({ id, name }) => ({ name, screen: { at: 'chair', chairId: id } as const })),
    ...(role === 'clinician' || role === 'supervisor'
      ? [{ name: 'Sessions', screen: { at: 'sessions' } as const }]
      : []),
  ];
  return (
    <nav className={styles['places']} aria-label="Screens">
      {places.map(({ name, screen }) => (
        <button
          key={name}
          type="button"
          className={styles['place']}
          aria-current={isSame(screen, here) ? 'page' : undefined}
          onClick={() => goTo(app, screen)}
        >
          {name}
        </button>
      ))}
    </nav>
  );
}

const isSame = (a: Screen, b: Screen): boolean =>
  a.at === 'chair' && b.at === 'chair' ? a.chairId === b.chairId : a.at === b.at;

function Clock() {
  const now = useStation((state) => (state.live ? (state.frame?.now ?? '') : ''));
  const { time, zone } = clock(now);
  return (
    <time className={styles['clock']}>
      {time} <span>{zone}</span>
    </time>
  );
}

function SignedIn({ name, role }: { name: string; role: string }) {
  const { api, app } = useParts();
  const { busy, run } = useCall();
  const here = useApp((state) => state.screen.at);
  const { duty, setDuty } = useOwnDuty();
  const signOut = async (): Promise<void> => {
    if ((await run(() => api.access.signOut({}))) !== null) setMe(app, null);
  };
  // The screen that follows is also the fast way to another person: choose a name over the locked one.
  const lock = async (): Promise<void> => {
    if ((await run(() => api.seat.lock({}))) !== null) setMe(app, null);
  };
  return (
    <>
      <button
        type="button"
        className={styles['person']}
        aria-current={here === 'people' ? 'page' : undefined}
        onClick={() => goTo(app, { at: 'people' })}
      >
        <strong>{name}</strong>
        <span>{role} · account</span>
      </button>
      <Button disabled={busy} onClick={() => void lock()}>
        Lock
      </Button>
      {duty === null ? (
        <Button disabled={busy} onClick={() => void signOut()}>
          Sign out
        </Button>
      ) : (
        <EmergencyDuty duty={duty} onChange={setDuty} />
      )}
    </>
  );
}
