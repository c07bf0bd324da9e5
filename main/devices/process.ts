import type { FromDeviceHost, ToDeviceHost } from './messages.ts';

/** A running device host as main sees it: utilityProcess in Electron, child_process.fork elsewhere. */
export interface DeviceHostProcess {
  /** Hands the message to the channel; a dead process is told through `onExit`, never by a throw here. */
  send(message: ToDeviceHost): void;
  onMessage(listener: (message: FromDeviceHost) => void): void;
  /** Called exactly once. */
  onExit(listener: (reason: string) => void): void;
  kill(): void;
}

export type SpawnDeviceHost = (chairId: string) => DeviceHostProcess;
