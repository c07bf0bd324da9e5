import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { scrubbedEnvironment } from '../scrubbed-environment.ts';
import type { FromDeviceHost } from './messages.ts';
import type { SpawnDeviceHost } from './process.ts';

const ENTRY = fileURLToPath(new URL('./device-host-process.ts', import.meta.url));
/** Milliseconds a host gets to stop its pump before it is ended by force. */
const GRACE = 3_000;

/** Starts a device host as a plain Node process: everywhere but in Electron, whose fuses forbid it. */
export const forkDeviceHost: SpawnDeviceHost = (chairId) => {
  const child = fork(ENTRY, [chairId], {
    // Replaces this process's own arguments, so no inspector flag is handed on.
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: scrubbedEnvironment(),
    serialization: 'advanced',
  });
  const exited = Promise.withResolvers<string>();
  child.once('error', (error) => exited.resolve(`the device process failed: ${error.message}`));
  child.once('exit', (code, signal) => exited.resolve(`the device process ended (${signal ?? `code ${code}`})`));
  return {
    send: (message) => void (child.connected && child.send(message, () => {})),
    onMessage: (listener) => void child.on('message', (message: FromDeviceHost) => listener(message)),
    onExit: (listener) => void exited.promise.then(listener),
    kill: () => {
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), GRACE).unref();
    },
  };
};
