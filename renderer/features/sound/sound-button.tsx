import { useState } from 'react';
import { useApi, useApp, useStation } from '../../app/context.tsx';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import styles from './sound-button.module.css';
import { usePageSound, useSoundReport } from './use-page-sound.ts';

/** Sound state, always visible: off, not proved, not heard by anybody yet, or on. */
export function SoundButton() {
  const sound = usePageSound();
  const proved = useSoundReport(sound);
  const heard = useStation((state) => state.frame?.sound.heard ?? null);
  // what this machine lacks is said, not found out when it is needed.
  const backup = useStation((state) => state.frame?.sound.backup ?? null);
  const signedIn = useApp((state) => Boolean(state.me));
  const [asking, setAsking] = useState(false);
  if (sound === null) return <Button className={styles['off']}>Sound off - click to enable</Button>;
  const test = (): void => {
    sound.testTone();
    setAsking(true);
  };
  if (!proved) return <span className={styles['bad']}>Sound not proved</span>;
  if (asking && signedIn) return <Heard onAgain={test} onDone={() => setAsking(false)} />;
  if (heard === null && signedIn) {
    return (
      <Button className={styles['off']} onClick={test}>
        Test sound
      </Button>
    );
  }
  return <span className={styles['on']}>Sound on{backup === null && ', no backup'}</span>;
}

/** Only a person can say that the loudspeaker is on and loud enough. */
function Heard({ onAgain, onDone }: { onAgain: () => void; onDone: () => void }) {
  const api = useApi();
  const { busy, run } = useCall();
  const confirm = async (): Promise<void> => {
    if ((await run(() => api.sound.heard({}))) !== null) onDone();
  };
  return (
    <span className={styles['heard']}>
      <Button className={styles['off']} disabled={busy} onClick={() => void confirm()}>
        I heard the tone
      </Button>
      <Button className={styles['again']} onClick={onAgain}>
        Again
      </Button>
    </span>
  );
}
