import { connect, type Socket } from 'node:net';
import { AppError } from '../app-error.ts';
import type { Duplex } from '../transport.ts';
import { StreamLine } from './stream-line.ts';

/** An unreachable host must not hold up reconnecting for the operating system's own minutes. */
const CONNECT_TIMEOUT = 3_000;

/** A connected socket as a line; for both ends of a TCP serial server. */
export function socketLine(socket: Socket): Duplex {
  socket.setNoDelay(true);
  const line = new StreamLine({
    send: (bytes, done) => void socket.write(bytes, done),
    close: () => socket.destroy(),
  });
  socket.on('data', (bytes) => line.received(bytes));
  socket.on('end', () => socket.destroy());
  socket.on('error', (error) => line.gone(error.message));
  socket.on('close', () => line.gone('the other side closed the connection'));
  return line;
}

/**
 * Connects to a TCP serial server in raw mode; baud rate and framing are set at that server.
 * @throws AppError LINE_OPEN_FAILED
 */
export async function openTcp(host: string, port: number): Promise<Duplex> {
  const socket = connect({ host, port, noDelay: true });
  await new Promise<void>((resolve, reject) => {
    const fail = (detail: string, cause?: Error) => {
      socket.destroy();
      const message = `No connection to ${host}:${port} (${detail}). Check that the serial server is on and its address is right.`;
      reject(new AppError('LINE_OPEN_FAILED', message, { cause }));
    };
    const timer = setTimeout(() => fail('no answer'), CONNECT_TIMEOUT);
    const refused = (error: Error) => {
      clearTimeout(timer);
      fail(error.message, error);
    };
    socket.once('error', refused);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', refused);
      resolve();
    });
  });
  return socketLine(socket);
}
