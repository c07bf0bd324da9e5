type Call = (leaf: string, input: object) => Promise<{ readonly ok: boolean }>;

/**
 * Plays the part of a page whose sound works, for programs and tests that drive the station without one: reports once a
 * second, as the page does. Returns what ends it.
 */
export function playPage(call: Call): () => void {
  const report = (): void => void call('sound.report', { proved: true });
  report();
  const timer = setInterval(report, 1000);
  timer.unref();
  return () => clearInterval(timer);
}
