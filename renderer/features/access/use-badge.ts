import { useEffect, useState } from 'react';
import { BadgeReader } from './badge-reader.ts';

/** Calls back with the number of every badge that is held to a keyboard-like reader. Off where keys mean a PIN. */
export function useBadge(on: boolean, onBadge: (number: string) => void): void {
  const [reader] = useState(() => new BadgeReader());
  useEffect(() => {
    if (!on) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter') return reader.key(event.key, performance.now());
      const number = reader.enter(performance.now());
      if (number === null) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      onBadge(number);
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  });
}
