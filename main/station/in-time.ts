export interface Patience {
  /** What was waited for has come. */
  readonly end: () => void;
}

/**
 * Calls `late` once when nothing has come for `milliseconds`. After a while in which this process itself stood still,
 * what has come meanwhile is looked at first.
 */
export function inTime(milliseconds: number, late: () => void): Patience {
  let last: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => {
    last = setImmediate(late);
  }, milliseconds);
  return {
    end: () => {
      clearTimeout(timer);
      clearImmediate(last);
    },
  };
}
