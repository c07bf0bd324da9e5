import { createServer, type Socket } from 'node:net';
import { AppError } from '../app-error.ts';
import type { Duplex } from '../transport.ts';
import { socketLine } from './tcp.ts';

export interface LineServer {
  /** In the configuration's form: `tcp:127.0.0.1:PORT`. */
  readonly path: string;
  /** Closes the listening port and cuts every connection. */
  close(): Promise<void>;
}

/**
 * Listens on a free loopback port and hands over each connection: what a simulator uses where there are no
 * pseudo-terminals.
 * @param port 0 for any free port; a number to come back where a cable was pulled.
 */
export async function listenForLines(onLine: (line: Duplex) => void, port = 0): Promise<LineServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    onLine(socketLine(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new AppError('LINE_OPEN_FAILED', 'No port was given.');
  return {
    path: `tcp:127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
