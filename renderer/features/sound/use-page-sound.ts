import { useEffect, useState } from 'react';
import { useApi, useApp, useParts } from '../../app/context.tsx';
import { PageSound } from './page-sound.ts';
import type { StationState } from '../../app/station-store.ts';
import { sounding } from './sounding.ts';

/** main hears from a living page once a second. */
const REPORT_EVERY_MS = 1000;

const SILENT = { sounds: null, frameMs: null } as const;

/** The page's sound, or null while the browser does not let it begin; what must sound, sounds. */
export function usePageSound(): PageSound | null {
  const { station } = useParts();
  const unasked = useApp((state) => state.info?.host === 'electron');
  const [sound, setSound] = useState<PageSound | null>(null);

  useEffect(() => {
    if (sound !== null) return undefined;
    let begun = false;
    const enable = (): void => {
      // A touch and a key in one moment must not make two voices, of which one could never be silenced.
      if (begun) return;
      begun = true;
      const context = new AudioContext();
      void context.resume().then(() => setSound(new PageSound(context)));
    };
    // A browser is silent until the first touch or key; the desktop program's window is not.
    if (unasked) enable();
    const options = { once: true, capture: true };
    window.addEventListener('pointerdown', enable, options);
    window.addEventListener('keydown', enable, options);
    return () => {
      window.removeEventListener('pointerdown', enable, options);
      window.removeEventListener('keydown', enable, options);
    };
  }, [sound, unasked]);

  // Frame by frame and not by what is drawn, so that the report of a second names the frame that it sounds by.
  useEffect(() => {
    if (sound === null) return undefined;
    const follow = (state: StationState): void => sound.set(sounding(state), state.frame?.monoMs ?? null);
    follow(station.getState());
    return station.subscribe(follow);
  }, [sound, station]);
  return sound;
}

/** Tells main once a second that this page lives and whether its sound is proved; returns whether it is. */
export function useSoundReport(sound: PageSound | null): boolean {
  const api = useApi();
  const [proved, setProved] = useState(false);
  useEffect(() => {
    const report = (): void => {
      const now = sound?.check(performance.now()) ?? false;
      setProved(now);
      // A report that does not arrive is itself the message: main acts on its absence.
      api.sound.report({ proved: now, ...(sound?.sounds ?? SILENT) }).catch(() => undefined);
    };
    report();
    const timer = setInterval(report, REPORT_EVERY_MS);
    return () => clearInterval(timer);
  }, [api, sound]);
  return proved;
}
