import { useEffect } from 'react';
import { useParts } from '../../app/context.tsx';

/** F12 stops the chair on screen; where no single chair is on screen it stops all of them: stopped is the safe state. */
export function useStopKey(): void {
  const { stop, app, station } = useParts();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'F12') return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.repeat) return;
      const { me, screen } = app.getState();
      const all = station.getState().frame?.chairs.map((chair) => chair.id) ?? [];
      const chosen = me && screen.at === 'chair' ? [screen.chairId] : all;
      for (const chairId of chosen) stop.press(chairId);
    };
    // Captured first, so that no dialog or field can swallow it.
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [stop, app, station]);
}
