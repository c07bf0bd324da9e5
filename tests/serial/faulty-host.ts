import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FromDeviceHost } from '../../main/devices/messages.ts';
import type { DeviceHostProcess } from '../../main/devices/process.ts';

const ENTRY = fileURLToPath(new URL('../../main/devices/device-host-process.ts', import.meta.url));

/** A module that plants a fault in the process that imports it first, and lets it go off at SIGUSR2. */
export function planted(fault: string): string {
  return `data:text/javascript,${encodeURIComponent(`process.on('SIGUSR2',()=>{${fault}})`)}`;
}

/** The real device host with a fault planted in it. */
export class FaultyHost implements DeviceHostProcess {
  readonly #child: ChildProcess;

  constructor(fault: string) {
    const execArgv = ['--disable-warning=ExperimentalWarning', '--import', planted(fault)];
    this.#child = fork(ENTRY, ['chair-1'], { execArgv, serialization: 'advanced', silent: true });
  }

  goOff(): void {
    this.#child.kill('SIGUSR2');
  }

  send(message: Parameters<DeviceHostProcess['send']>[0]): void {
    if (this.#child.connected) this.#child.send(message, () => {});
  }

  onMessage(listener: (message: FromDeviceHost) => void): void {
    this.#child.on('message', (message: FromDeviceHost) => listener(message));
  }

  onExit(listener: (reason: string) => void): void {
    this.#child.once('exit', (code, signal) => listener(`ended (${signal ?? `code ${code}`})`));
  }

  kill(): void {
    this.#child.kill('SIGTERM');
  }
}
