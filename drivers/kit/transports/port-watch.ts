import { stat } from 'node:fs/promises';

const EVERY = 250;

/** What tells one device node from another: one made anew under the same name is another. Null: there is none. */
export const identityOf = (path: string): Promise<string | null> =>
  stat(path).then(
    ({ dev, ino, rdev }) => `${dev}:${ino}:${rdev}`,
    () => null,
  );

/**
 * Calls `gone` once when the device node behind a path is no longer the one that was opened. Needed because serialport
 * misses a cable pulled while it reads: its unix-read.js repeats a read of 0 bytes, which is a hang-up, for ever.
 * @returns ends the watch. Windows reports a lost port by itself, so nothing is watched there.
 */
export function watchNode(path: string, opened: string | null, gone: () => void): () => void {
  if (process.platform === 'win32') return () => {};
  const timer = setInterval(() => {
    void identityOf(path).then((now) => {
      if (now === opened) return;
      clearInterval(timer);
      gone();
    });
  }, EVERY);
  return () => clearInterval(timer);
}
