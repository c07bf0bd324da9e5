import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';

/** The only kinds of file the screens consist of; anything else is not served. */
const MIME_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

export interface ScreenFile {
  readonly type: string;
  readonly bytes: Buffer;
}

/**
 * Reads one file of the built screens, `/` being index.html.
 *
 * @param folder absolute path of the built screens
 * @param pathname as it came in the URL, still percent-encoded
 * @returns null for what is not there, not below the folder, or not of a known kind
 */
export async function readScreenFile(folder: string, pathname: string): Promise<ScreenFile | null> {
  const path = pathBelow(folder, pathname === '/' ? '/index.html' : pathname);
  const type = path === null ? undefined : MIME_TYPES[extname(path)];
  if (path === null || type === undefined) return null;
  try {
    return { type, bytes: await readFile(path) };
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

function pathBelow(folder: string, pathname: string): string | null {
  const decoded = percentDecoded(pathname);
  if (decoded === null || decoded.includes('\0')) return null;
  const path = resolve(folder, `.${sep}${decoded}`);
  return path.startsWith(folder + sep) ? path : null;
}

function percentDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function isAbsent(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR';
}

/**
 * What every page of the screens is allowed, as header values.
 *
 * @param connect where the page may connect besides its own origin, e.g. `ws://127.0.0.1:4711`; empty for nowhere
 */
export function screenHeaders(connect: string): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      `connect-src 'self' ${connect}`.trim(),
      "media-src 'self'",
      "worker-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ].join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  };
}
