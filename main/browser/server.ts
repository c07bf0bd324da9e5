import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { DIALECT, MAX_CLIENT_MESSAGE } from '../../preload/dialect.ts';
import { readScreenFile, screenHeaders } from '../screen-files.ts';
import type { Station } from '../station/station-types.ts';
import { hasOwnHost, refusalOfUpgrade } from './gate.ts';
import { keepHeartbeat } from './heartbeat.ts';
import { SeatSocket } from './websocket.ts';

const LOOPBACK = '127.0.0.1';
const TOKEN_BYTES = 32;

export interface BrowserHostOptions {
  readonly station: Pick<Station, 'openSeat'>;
  /** TCP port; 0 lets the system choose. */
  readonly port: number;
  /** Absolute path of the built screens. */
  readonly screens: string;
  /** WebSockets at the same time. @default 16 */
  readonly mostConnections?: number;
  /** Milliseconds between two pings. @default 10000 */
  readonly heartbeatMs?: number;
}

export interface BrowserHost {
  readonly port: number;
  /** Address with the token in its fragment. Whoever has it may open a seat, as long as this process lives. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the screens and the station on the loopback. Rejects with the system's error for a port that is taken. */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const { mostConnections = 16, heartbeatMs = 10_000 } = options;
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 });
  server.listen(options.port, LOOPBACK);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  server.on('request', (request, response) => void answer(request, response, { port, screens: options.screens }));
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_CLIENT_MESSAGE,
    perMessageDeflate: false,
    handleProtocols: () => DIALECT,
  });
  const endHeartbeat = keepHeartbeat(sockets, heartbeatMs);
  sockets.on('connection', (socket: WebSocket) => {
    // A broken frame is followed by 'close', which ends the seat.
    socket.on('error', () => socket.terminate());
    new SeatSocket(socket, options.station.openSeat());
  });
  server.on('upgrade', (request, stream, head) => {
    const full = sockets.clients.size >= mostConnections;
    const refusal = full ? '503 Service Unavailable' : refusalOfUpgrade(request, { port, token });
    if (refusal !== null) refuseUpgrade(stream, refusal);
    else sockets.handleUpgrade(request, stream, head, (socket) => sockets.emit('connection', socket, request));
  });

  return {
    port,
    url: `http://${LOOPBACK}:${port}/#token=${token}`,
    close: async () => {
      endHeartbeat();
      for (const socket of sockets.clients) socket.terminate();
      await closeServer(server);
    },
  };
}

interface Pages {
  readonly port: number;
  readonly screens: string;
}

async function answer(request: IncomingMessage, response: ServerResponse, { port, screens }: Pages): Promise<void> {
  for (const [name, value] of Object.entries(screenHeaders(`ws://${LOOPBACK}:${port}`)))
    response.setHeader(name, value);
  if (!hasOwnHost(request, port)) return refuse(response, 421);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
  try {
    const file = await readScreenFile(screens, (request.url ?? '/').replace(/[?#].*$/, ''));
    if (file === null) return refuse(response, 404);
    response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': file.bytes.length });
    response.end(request.method === 'HEAD' ? undefined : file.bytes);
  } catch {
    refuse(response, 500);
  }
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end();
}

function refuseUpgrade(stream: Duplex, status: string): void {
  stream.on('error', () => stream.destroy());
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
