import { SerialPort } from 'serialport';
import { AppError } from '../app-error.ts';
import type { Duplex, LineSettings } from '../transport.ts';
import { identityOf, watchNode } from './port-watch.ts';
import { StreamLine } from './stream-line.ts';

/** What the native binding says on Linux, macOS and Windows, and what a person can do about it. */
const ADVICE: readonly (readonly [pattern: RegExp, advice: (path: string) => string])[] = [
  [
    /no such file|file not found|cannot find/i,
    (path) => `The port ${path} does not exist. Plug the adapter in, or correct the port in the configuration.`,
  ],
  [
    /permission denied/i,
    (path) =>
      `No permission to open ${path}. Add this account to the group that owns the port (often "dialout"), then sign in again.`,
  ],
  // two programs, one pump, exactly one owner.
  [
    /lock port|busy|access denied|resource temporarily unavailable/i,
    (path) => `${path} is in use by another program. A device has one owner: close the other program.`,
  ],
  [/inappropriate ioctl|not a tty|not a typewriter/i, (path) => `${path} is not a serial port.`],
];

function advise(path: string, error: Error): string {
  const known = ADVICE.find(([pattern]) => pattern.test(error.message));
  return known ? known[1](path) : `${path} could not be opened: ${error.message}`;
}

/**
 * Opens a serial port. Every line option is set, so that no default of a library or an operating system decides.
 * @throws AppError LINE_OPEN_FAILED
 */
export async function openSerial(path: string, settings: LineSettings): Promise<Duplex> {
  const node = await identityOf(path);
  const port = new SerialPort({
    path,
    baudRate: settings.baudRate,
    dataBits: settings.dataBits,
    stopBits: settings.stopBits,
    parity: settings.parity,
    rtscts: settings.rtscts,
    xon: false,
    xoff: false,
    xany: false,
    // a second opener is refused by the operating system.
    lock: true,
    // DTR keeps its level when the port closes: a closed or crashed station must not be an event for the device,
    // and no protocol here gives the line a meaning.
    hupcl: false,
    autoOpen: false,
    endOnClose: false,
  });
  const line = new StreamLine({
    send: (bytes, done) => void port.write(bytes, done),
    close: () => port.close((error) => error && line.gone(error.message)),
  });
  port.on('data', (bytes: Buffer) => line.received(bytes));
  let endWatch = () => {};
  port.on('close', (error: Error | null) => {
    endWatch();
    line.gone(error ? `the port is gone (${error.message})` : 'port closed');
  });
  port.on('error', (error) => line.gone(error.message));
  await new Promise<void>((resolve, reject) => {
    port.open((error) =>
      error ? reject(new AppError('LINE_OPEN_FAILED', advise(path, error), { cause: error })) : resolve(),
    );
  });
  endWatch = watchNode(path, node, () => {
    line.gone('the port is gone');
    // Ends the read that serialport repeats; an error of this close has nobody left to tell.
    port.close(() => {});
  });
  return line;
}
