import { useEffect, useRef } from 'react';

export interface Press<T> {
  /** For the control that is pressed. */
  readonly handlers: { readonly onPointerDown: () => void; readonly onKeyDown: () => void };
  /** What stood on the screen when the press began. */
  readonly taken: () => readonly T[];
}

/**
 * A press means what the person saw: what was painted when it began, not what was drawn between touching and letting go,
 * nor what is drawn but not on the glass yet.
 */
export function usePainted<T>(drawn: readonly T[]): Press<T> {
  const painted = useRef<readonly T[]>([]);
  const held = useRef<readonly T[] | null>(null);
  useEffect(() => {
    // The first callback runs ahead of the paint of what was just drawn, the second after it.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        painted.current = drawn;
      }),
    );
  }, [drawn]);
  const hold = (): void => {
    held.current = painted.current;
  };
  const taken = (): readonly T[] => {
    const seen = held.current ?? painted.current;
    held.current = null;
    return seen;
  };
  return { handlers: { onPointerDown: hold, onKeyDown: hold }, taken };
}
