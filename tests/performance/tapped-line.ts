import type { Duplex } from '../../drivers/kit/transport.ts';

/** A line that tells what passes, in both directions, at the instant it passes. */
export function tappedLine(
  inner: Duplex,
  tap: { readonly sent?: (bytes: Uint8Array) => void; readonly received?: (bytes: Uint8Array) => void },
): Duplex {
  return {
    write: async (bytes) => {
      const written = inner.write(bytes);
      tap.sent?.(bytes);
      await written;
    },
    onData: (listener) =>
      inner.onData((bytes) => {
        tap.received?.(bytes);
        listener(bytes);
      }),
    onClosed: (listener) => inner.onClosed(listener),
    close: () => inner.close(),
  };
}
