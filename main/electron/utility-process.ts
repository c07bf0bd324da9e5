import type { ForkOptions } from 'electron';
import type { ChildChannel } from '../channel.ts';
import type { SpawnDemonstration } from '../demonstration-process.ts';
import type { SpawnDeviceHost } from '../devices/process.ts';
import { scrubbedEnvironment } from '../scrubbed-environment.ts';

interface UtilityChild {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'exit', listener: (code: number) => void): unknown;
  kill(): boolean;
}

/** Electron's utilityProcess: the only way to another process when the RunAsNode fuse is off. */
export interface UtilityProcessPart {
  fork(modulePath: string, args: string[], options: ForkOptions): UtilityChild;
}

function spawn<To, From>(
  utilityProcess: UtilityProcessPart,
  modulePath: string,
  args: string[],
  serviceName: string,
): ChildChannel<To, From> {
  const child = utilityProcess.fork(modulePath, args, { serviceName, env: scrubbedEnvironment() });
  const exited = Promise.withResolvers<string>();
  let isAlive = true;
  child.once('exit', (code) => {
    isAlive = false;
    exited.resolve(`the ${serviceName} process ended (code ${code})`);
  });
  return {
    send: (message) => {
      if (isAlive) child.postMessage(message);
    },
    onMessage: (listener) => void child.on('message', (message) => listener(message as From)),
    onExit: (listener) => void exited.promise.then(listener),
    kill: () => void child.kill(),
  };
}

/** @param modulePath absolute path of the built device host */
export function utilityDeviceHosts(utilityProcess: UtilityProcessPart, modulePath: string): SpawnDeviceHost {
  return (chairId) => spawn(utilityProcess, modulePath, [chairId], 'device');
}

/** @param modulePath absolute path of the built simulators */
export function utilityDemonstration(utilityProcess: UtilityProcessPart, modulePath: string): SpawnDemonstration {
  return (chairs) => spawn(utilityProcess, modulePath, [String(chairs)], 'demonstration');
}
