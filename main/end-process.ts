import { writeSync } from 'node:fs';
import { hasCode } from '../drivers/kit/app-error.ts';

const STDERR = 2;

/**
 * Ends this process when the station is closed, and says what of it is lost. A thread that hangs inside the system keeps `process.exit`
 * waiting for ever, so where the record hangs the process is killed: nothing of it is left to do. Never rejects.
 * @param exit with a code
 */
export async function endAfter(closed: Promise<void>, exit: (code: number) => void): Promise<void> {
  try {
    await closed;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    writeSync(STDERR, `chairside: the station ended, and not all of it is recorded. ${message}\n`);
    if (hasCode(error, 'RECORD_HUNG')) process.kill(process.pid, 'SIGKILL');
    return exit(1);
  }
  exit(0);
}
