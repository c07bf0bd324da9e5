import { useEffect, useState } from 'react';
import { useStation } from '../../app/context.tsx';
import { Button } from '../../ui/button.tsx';
import { AlarmVoice } from './alarm-voice.ts';
import styles from './sound-button.module.css';
import { sounding } from './sounding.ts';

/** Sound state, always visible. A browser is silent until the first touch or key, so until then it says so. */
export function SoundButton() {
  const priority = useStation(sounding);
  const [voice, setVoice] = useState<AlarmVoice | null>(null);

  useEffect(() => {
    if (voice !== null) return undefined;
    const enable = (): void => {
      const context = new AudioContext();
      void context.resume().then(() => setVoice(new AlarmVoice(context)));
    };
    const options = { once: true, capture: true };
    window.addEventListener('pointerdown', enable, options);
    window.addEventListener('keydown', enable, options);
    return () => {
      window.removeEventListener('pointerdown', enable, options);
      window.removeEventListener('keydown', enable, options);
    };
  }, [voice]);

  useEffect(() => voice?.set(priority), [voice, priority]);

  if (voice !== null) return <span className={styles['on']}>Sound on</span>;
  return <Button className={styles['off']}>Sound off - click to enable</Button>;
}
