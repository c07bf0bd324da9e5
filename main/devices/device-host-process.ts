import { monotonicClock } from '../../drivers/kit/clock.ts';
import { openLine } from '../../drivers/kit/transports/open-line.ts';
import { MONITOR_DRIVERS, PUMP_DRIVERS } from '../../drivers/registry.ts';
import { type Channel, forkChannel, type ParentPort, parentPortChannel } from './channel.ts';
import { DeviceHost } from './device-host.ts';

/** Milliseconds after which a process that cannot even end properly is ended. */
const EXIT_AFTER_FAULT = 35_000;

/** The entry of a device host: a utilityProcess in Electron, a forked process elsewhere. */
function channelToMain(): Channel {
  const { parentPort } = process as NodeJS.Process & { readonly parentPort?: ParentPort };
  return parentPort ? parentPortChannel(parentPort) : forkChannel();
}

const host = new DeviceHost({
  channel: channelToMain(),
  clock: monotonicClock,
  openLine,
  pumps: PUMP_DRIVERS,
  monitors: MONITOR_DRIVERS,
  // One turn later, so that the last message has left.
  finished: () => setImmediate(() => process.exit(0)),
});

// Ctrl-C reaches the whole process group. Main decides what it means; a main that dies of it closes the channel.
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});
process.on('SIGTERM', () => host.fail());
// Whatever broke, the pump is stopped and read back before this process ends; main sees the trip and the exit.
function failed(error: unknown): void {
  process.stderr.write(`chairside device host: ${error instanceof Error ? error.stack : String(error)}\n`);
  host.fail();
  setTimeout(() => process.exit(1), EXIT_AFTER_FAULT).unref();
}
process.on('uncaughtException', failed);
// Node makes an exception of it; a utilityProcess need not.
process.on('unhandledRejection', failed);
// A main that is gone reads no more.
process.stderr.on('error', () => undefined);
