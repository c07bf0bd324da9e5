import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FromDemonstration } from '../../drivers/virtual-patient/messages.ts';
import type { SpawnDemonstration } from '../demonstration-process.ts';
import { scrubbedEnvironment } from '../scrubbed-environment.ts';

const ENTRY = fileURLToPath(new URL('../../drivers/virtual-patient/demonstration.ts', import.meta.url));

/** Starts the simulators as a plain Node process. */
export const forkDemonstration: SpawnDemonstration = (chairs) => {
  const child = fork(ENTRY, [String(chairs)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: scrubbedEnvironment(),
    // Ctrl-C reaches the whole process group, and the simulated pumps must outlive the stop that is sent to them.
    detached: process.platform !== 'win32',
  });
  const exited = Promise.withResolvers<string>();
  child.once('error', (error) => exited.resolve(error.message));
  child.once('exit', (code, signal) => exited.resolve(`the process ended (${signal ?? `code ${code}`})`));
  return {
    send: (message) => void (child.connected && child.send(message, () => undefined)),
    onMessage: (listener) => void child.on('message', (message: FromDemonstration) => listener(message)),
    onExit: (listener) => void exited.promise.then(listener),
    kill: () => void child.kill(),
  };
};
