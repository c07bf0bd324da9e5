import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { DIALECT, STATION_PATH, TOKEN_PREFIX } from '../../preload/dialect.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares without telling by its timing how much was right. */
function isSame(given: string, wanted: string): boolean {
  return timingSafeEqual(digest(given), digest(wanted));
}

/** A name that resolves to 127.0.0.1 carries a foreign Host, so this defeats DNS rebinding. */
export function hasOwnHost({ headers }: IncomingMessage, port: number): boolean {
  return headers.host === `127.0.0.1:${port}`;
}

/**
 * Decides about a WebSocket upgrade. The token comes as a subprotocol, so that it stands in no URL and no log.
 *
 * @returns null to let it in, or the HTTP status and reason to refuse it with
 */
export function refusalOfUpgrade(
  request: IncomingMessage,
  { port, token }: { readonly port: number; readonly token: string },
): string | null {
  if (!hasOwnHost(request, port)) return '421 Misdirected Request';
  if (request.headers.origin !== `http://127.0.0.1:${port}`) return '403 Forbidden';
  if (request.url !== STATION_PATH) return '404 Not Found';
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  if (!offered.includes(DIALECT)) return '400 Bad Request';
  const given = offered.find((name) => name.startsWith(TOKEN_PREFIX))?.slice(TOKEN_PREFIX.length) ?? '';
  return isSame(given, token) ? null : '401 Unauthorized';
}
