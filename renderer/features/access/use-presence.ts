import { useEffect } from 'react';
import { useParts } from '../../app/context.tsx';

/** Somebody at work without commands still tells the station so, at most this often (ms): it locks idle screens. */
const TELL_EVERY = 20_000;

/** Tells the station that a hand is at this screen. It is the station that counts and locks. */
export function usePresence(): void {
  const { api, app } = useParts();
  useEffect(() => {
    let told = Number.NEGATIVE_INFINITY;
    const tell = (): void => {
      if (!app.getState().me || performance.now() - told < TELL_EVERY) return;
      told = performance.now();
      // A call that fails here is told by the lost connection.
      api.seat.stillHere({}).catch(() => undefined);
    };
    const kinds = ['pointerdown', 'keydown'] as const;
    for (const kind of kinds) window.addEventListener(kind, tell, { capture: true, passive: true });
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, tell, { capture: true });
    };
  }, [api, app]);
}
