import type { FromDeviceHost, ToDeviceHost } from './messages.ts';

/** The device host's end of the channel to main. */
export interface Channel {
  /** Never throws: what is said to a main that is gone is lost. */
  readonly send: (message: FromDeviceHost) => void;
  onMessage(listener: (message: ToDeviceHost) => void): void;
  /** Main is gone, whatever the way. */
  onClosed(listener: () => void): void;
}

/** What Electron adds to `process` in a utilityProcess; typed here, so that this folder needs no electron. */
export interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: ToDeviceHost }) => void): void;
}

const WATCH_EVERY = 250;

/** Calls `gone` once when the process that started this one has ended. */
export function watchParent(parent: number, gone: () => void): void {
  const timer = setInterval(() => {
    if (process.ppid === parent && isAlive(parent)) return;
    clearInterval(timer);
    gone();
  }, WATCH_EVERY);
  timer.unref();
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Not allowed to signal it means that it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

export function forkChannel(): Channel {
  return {
    // The callback takes the error of a main that died meanwhile; 'disconnect' tells it too.
    send: (message) => void (process.connected && process.send?.(message, undefined, undefined, () => {})),
    onMessage: (listener) => void process.on('message', (message: ToDeviceHost) => listener(message)),
    onClosed: (listener) => void process.once('disconnect', listener),
  };
}

export function parentPortChannel(port: ParentPort): Channel {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', (event) => listener(event.data)),
    // The port of a utilityProcess says nothing when main dies (Electron's ParentPort::Close emits no event).
    onClosed: (listener) => watchParent(process.ppid, listener),
  };
}
