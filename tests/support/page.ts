import { loudest } from '../../core/engine/sounding.ts';
import type { StationFrame } from '../../preload/contract/frames.ts';

type Call = (leaf: string, input: object) => Promise<{ readonly ok: boolean }>;

/**
 * Plays the part of a page whose sound works, for programs and tests that drive the station without one: reports once a
 * second, as the page does, what it would sound by the `newest` frame. Returns what ends it.
 */
export function playPage(call: Call, newest: () => StationFrame | null): () => void {
  const report = (): void => void call('sound.report', soundOf(newest()));
  const timer = setInterval(report, 1000);
  // A page has drawn a frame before it can say anything of its sound, and says it at once then.
  const first = setInterval(() => {
    if (newest() === null) return;
    clearInterval(first);
    report();
  }, 20);
  timer.unref();
  first.unref();
  return () => {
    clearInterval(timer);
    clearInterval(first);
  };
}

/** What a page with working sound says that has drawn this frame. */
export const soundOf = (frame: StationFrame | null) => ({
  proved: true,
  sounds: frame === null ? null : loudest(frame.chairs.flatMap(({ alarms }) => alarms)),
  frameMs: frame?.monoMs ?? null,
});
