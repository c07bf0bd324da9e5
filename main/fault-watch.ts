/** So many faults within the time (ms), and the process is not fit to watch over anybody. */
const MOST = 5;
const WITHIN = 10_000;

export interface FaultWatchOptions {
  /** Told of each fault; throws where even that is not possible any more. */
  readonly fault: (error: unknown) => void;
  /** Ends the process at once. The device processes miss it and stop their pumps. */
  readonly end: () => void;
}

/**
 * Looks after what nobody caught in the main process. Once or twice, supervision goes on without any permission; a fault
 * that comes again and again, or that cannot even be told, ends the process: better no station than one that only seems
 * to watch.
 */
export function watchFaults({ fault, end }: FaultWatchOptions): void {
  const times: number[] = [];
  const found = (error: unknown): void => {
    process.stderr.write(`chairside: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    try {
      fault(error);
    } catch (again) {
      process.stderr.write(`chairside: the fault could not be told: ${String(again)}\n`);
      return end();
    }
    times.push(performance.now());
    const recent = times.splice(0).filter((time) => performance.now() - time < WITHIN);
    times.push(...recent);
    if (recent.length > MOST) end();
  };
  process.on('uncaughtException', found);
  process.on('unhandledRejection', found);
  // A terminal that was closed is no fault.
  for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);
}
