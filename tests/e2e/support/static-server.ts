import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** The policy both hosts send: no inline script or style, nothing from elsewhere, Trusted Types required. */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self' ws:",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

export interface StaticServer {
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** Serves a built folder on a free port of this machine under the strict policy. */
export async function serve(folder: string): Promise<StaticServer> {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = join(folder, path === '/' ? 'index.html' : path);
    const body = file.startsWith(folder) ? await readFile(file).catch(() => null) : null;
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    response.writeHead(body === null ? 404 : 200, { 'content-type': type, 'content-security-policy': POLICY });
    response.end(body);
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('The server has no port');
  return {
    address: `http://127.0.0.1:${bound.port}/`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
