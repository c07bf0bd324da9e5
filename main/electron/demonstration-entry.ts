import { type ParentPort, watchParent } from '../devices/channel.ts';

/**
 * Entry of the simulators in Electron: makes a utilityProcess look like the forked process for which
 * drivers/virtual-patient is written, and then runs that.
 */
const { parentPort } = process as NodeJS.Process & { readonly parentPort?: ParentPort };

if (parentPort) {
  process.connected = true;
  process.send = (message: unknown) => {
    parentPort.postMessage(message);
    return true;
  };
  parentPort.on('message', ({ data }) => process.emit('message', data, undefined));
  watchParent(process.ppid, () => {
    process.connected = false;
    process.emit('disconnect');
  });
}

await import('../../drivers/virtual-patient/demonstration.ts');
