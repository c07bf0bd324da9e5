import { CSPProvider } from '@base-ui/react/csp-provider';
import { useEffect } from 'react';
import { EmergencyBar } from '../features/access/emergency-bar.tsx';
import { OwnSecretFirst, useOwnSecretFirst } from '../features/access/own-secret-first.tsx';
import { usePresence } from '../features/access/use-presence.ts';
import { HoldNotices } from '../features/hold/hold-notices.tsx';
import { RecordConcerns } from '../features/record/record-concerns.tsx';
import { SignInPanel } from '../features/sign-in/sign-in-panel.tsx';
import { useStopKey } from '../features/stop/use-stop-key.ts';
import { ChairStrip } from '../features/strip/chair-strip.tsx';
import { ChairScreen } from '../screens/chair-screen.tsx';
import { OverviewScreen } from '../screens/overview-screen.tsx';
import { PeopleScreen } from '../screens/people-screen.tsx';
import { SessionsScreen } from '../screens/sessions-screen.tsx';
import styles from './app.module.css';
import { type AppParts, AppProvider, refreshMe, useApp, useParts, useShownChairs, useStation } from './context.tsx';
import { TopBar } from './top-bar.tsx';

export const App = ({ parts }: { parts: AppParts }) => (
  <CSPProvider disableStyleElements>
    <AppProvider parts={parts}>
      <Station />
    </AppProvider>
  </CSPProvider>
);

const SIGNED_IN_CHECK_MS = 5000;

/** Asks who is signed in now and then: the station may have signed the person out by itself. */
function useSignedIn(): void {
  const parts = useParts();
  useEffect(() => {
    const ask = (): void => {
      // A call that fails here is told by the lost connection; the next round asks again.
      refreshMe(parts).catch(() => undefined);
    };
    ask();
    const timer = setInterval(ask, SIGNED_IN_CHECK_MS);
    return () => clearInterval(timer);
  }, [parts]);
}

function useStationInfo(): void {
  const { api, app } = useParts();
  const connected = useStation((state) => state.live);
  useEffect(() => {
    if (!connected) return;
    api.station.info({}).then(
      (answer) => answer.ok && app.setState({ info: answer.value }),
      () => undefined,
    );
  }, [api, app, connected]);
}

function Station() {
  useStopKey();
  useSignedIn();
  usePresence();
  useStationInfo();
  const own = useOwnSecretFirst();
  return (
    <div className={styles['station']}>
      <TopBar />
      <LostConnection />
      <EmergencyBar />
      {/* Reached by keyboard, because it scrolls where there is more than it has room for. */}
      <section className={styles['notices']} aria-label="What is wrong with the station" tabIndex={0}>
        <HoldNotices />
        <RecordConcerns />
      </section>
      <main className={styles['main']}>
        {own.mustChange ? <OwnSecretFirst onChanged={own.ask} /> : <CurrentScreen />}
      </main>
      <Strips all={own.mustChange} />
    </div>
  );
}

function LostConnection() {
  const live = useStation((state) => state.live);
  if (live) return null;
  return (
    <p className={styles['lost']} role="alert">
      No connection to the station - look at the patient and the pump
    </p>
  );
}

function CurrentScreen() {
  const me = useApp((state) => state.me);
  const screen = useApp((state) => state.screen);
  if (me === undefined) return null;
  if (me === null) return <SignInPanel />;
  switch (screen.at) {
    case 'overview':
      return <OverviewScreen />;
    case 'chair':
      return <ChairScreen key={screen.chairId} chairId={screen.chairId} />;
    case 'sessions':
      return <SessionsScreen />;
    case 'people':
      return <PeopleScreen />;
  }
}

/** Every chair that the screen itself does not show, or all: signs and STOP are never hidden. */
function Strips({ all }: { all: boolean }) {
  const chairs = useShownChairs();
  const me = useApp((state) => state.me);
  const screen = useApp((state) => state.screen);
  if (me && !all && screen.at === 'overview') return null;
  const others = me && !all && screen.at === 'chair' ? chairs.filter((chair) => chair.id !== screen.chairId) : chairs;
  return (
    <footer className={styles['strips']}>
      {others.map((chair) => (
        <ChairStrip key={chair.id} chair={chair} />
      ))}
    </footer>
  );
}
