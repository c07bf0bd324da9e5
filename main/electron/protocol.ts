import { readScreenFile, screenHeaders } from '../screen-files.ts';
import { PAGE_HOST } from './origin.ts';

/** The page talks to main over IPC alone, so it may connect to nothing but its own files. */
const HEADERS = screenHeaders('');

/** Answers requests of the window for app://chairside/: its own files, read only. */
export function screenHandler(folder: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const { host, pathname } = new URL(request.url);
    if (request.method !== 'GET') return refusal(405);
    const file = host === PAGE_HOST ? await readScreenFile(folder, pathname) : null;
    if (file === null) return refusal(404);
    return new Response(new Uint8Array(file.bytes), { headers: { ...HEADERS, 'Content-Type': file.type } });
  };
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: HEADERS });
}
