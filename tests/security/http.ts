import { request } from 'node:http';
import { connect } from 'node:net';
import WebSocket, { type RawData } from 'ws';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** One request exactly as given; unlike fetch it keeps `..` and a foreign Host. */
export function get(port: number, path: string, { method = 'GET', host = `127.0.0.1:${port}` } = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', path, method, headers: { Host: host } }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => (body += text));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** Sends raw bytes and gives back the status of the answer: for what an HTTP client would never send. */
export function rawStatus(port: number, text: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.once('data', (data) => {
      resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(data.toString())?.[1]));
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

export interface Upgrade {
  readonly origin?: string;
  readonly host?: string;
  readonly path?: string;
  readonly protocols?: readonly string[];
}

/** The JSON of one message from the host. */
export const jsonOf = (data: RawData): unknown => JSON.parse(Buffer.isBuffer(data) ? data.toString() : 'null');

/** Tries to open a WebSocket; gives back the socket, or the HTTP status it was refused with. */
export function upgrade(port: number, options: Upgrade): Promise<WebSocket | number> {
  const { origin = `http://127.0.0.1:${port}`, path = '/station', protocols = [] } = options;
  const headers = options.host === undefined ? {} : { Host: options.host };
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, [...protocols], {
    headers,
    ...(origin !== '' && { origin }),
  });
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (_request, { statusCode }) => resolve(statusCode ?? 0));
    socket.on('error', reject);
  });
}
