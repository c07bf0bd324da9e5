import { useEffect, useState } from 'react';
import type { SignInPerson } from '../../app/types.ts';
import type { Failure } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Refusal } from '../../ui/notice.tsx';
import styles from './pin-pad.module.css';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
/** Longest PIN the contract takes. */
const MOST = 64;

interface PinPadProps {
  readonly person: SignInPerson | null;
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly onEnter: (pin: string) => void;
}

/** A pad for fingers that also takes digits, Backspace and Enter from a keyboard. The PIN itself is never shown. */
export function PinPad({ person, busy, failure, onEnter }: PinPadProps) {
  const [pin, setPin] = useState('');
  const ready = person !== null && pin !== '' && !busy;
  const add = (digit: string): void => setPin((before) => (before.length < MOST ? before + digit : before));
  const back = (): void => setPin((before) => before.slice(0, -1));
  const enter = (): void => {
    if (!ready) return;
    onEnter(pin);
    setPin('');
  };

  useEffect(() => {
    if (person === null) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^\d$/.test(event.key)) add(event.key);
      else if (event.key === 'Backspace') back();
      // Enter belongs to the PIN once there is one; before that it presses what has the focus.
      else if (event.key === 'Enter' && pin !== '' && !onStop(event.target)) enter();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });

  return (
    <section className={styles['pad']} aria-label="PIN">
      <p className={styles['who']}>{person === null ? 'Choose a person first' : `PIN of ${person.name}`}</p>
      <div className={styles['dots']} role="status" aria-label={`${pin.length} digits entered`}>
        {'●'.repeat(Math.min(pin.length, 12))}
      </div>
      <div className={styles['keys']}>
        {DIGITS.map((digit) => (
          <PadKey key={digit} name={digit} disabled={person === null} onPress={() => add(digit)} />
        ))}
        <PadKey name="⌫" label="Delete the last digit" disabled={pin === ''} onPress={back} />
        <PadKey name="0" disabled={person === null} onPress={() => add('0')} />
        <Button tone="primary" className={styles['key']} disabled={!ready} aria-label="OK, sign in" onClick={enter}>
          {busy ? '...' : 'OK'}
        </Button>
      </div>
      <div className={styles['failure']}>
        <Refusal failure={failure} />
      </div>
    </section>
  );
}

const onStop = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[data-stop]') !== null;

interface PadKeyProps {
  readonly name: string;
  readonly label?: string;
  readonly disabled: boolean;
  readonly onPress: () => void;
}
const PadKey = ({ name, label = name, disabled, onPress }: PadKeyProps) => (
  <Button className={styles['key']} aria-label={label} disabled={disabled} onClick={onPress}>
    {name}
  </Button>
);
