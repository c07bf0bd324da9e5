import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

const KERNEL_BOOT = '/proc/sys/kernel/random/boot_id';

/**
 * Names the stretch of time in which the monotonic clock counts on: two instants under one name are as far apart as their
 * monotonic times say. Linux names the start of the machine; elsewhere it is the start of this process.
 */
export const MACHINE_BOOT: string = kernelBoot() ?? randomUUID();

function kernelBoot(): string | null {
  try {
    return readFileSync(KERNEL_BOOT, 'utf8').trim();
  } catch {
    // Not Linux: nothing is lost but the proof over a restart of the station.
    return null;
  }
}
