const LAST = new WeakMap<object, Map<string, Promise<unknown>>>();

/**
 * One piece of work after the other, among those of this station that name the same thing: what is read in it is still
 * so when it is written. Never inside another turn of the same name, which would wait for itself.
 */
export async function inTurn<Value>(station: object, what: string, work: () => Promise<Value>): Promise<Value> {
  const turns = LAST.get(station) ?? new Map<string, Promise<unknown>>();
  LAST.set(station, turns);
  const mine = (turns.get(what) ?? Promise.resolve()).then(work);
  // Whether the work was refused is its own caller's business.
  const settled = mine.then(
    () => undefined,
    () => undefined,
  );
  turns.set(what, settled);
  void settled.then(() => turns.get(what) === settled && turns.delete(what));
  return mine;
}
