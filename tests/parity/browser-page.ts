import { vi } from 'vitest';
import WebSocket from 'ws';
import { type BrowserHost, startBrowserHost } from '../../main/browser/server.ts';
import type { Station } from '../../main/station/station-types.ts';
import type { StationApi } from '../../preload/contract/api.ts';
import { createWebsocketApi } from '../../preload/websocket.ts';
import { ROOT } from '../structure/sources.ts';

/** Every socket that pages of this file have opened. */
export const openedSockets: WebSocket[] = [];

interface PretendedPage {
  address(): string;
  /** Closes the host and waits until the page's client has given up, as it would with its page. */
  leave(host: BrowserHost): Promise<void>;
}

/** The few globals of a page that the client uses, as a browser has them after opening `url`. */
export function pretendPage(url: string): PretendedPage {
  const location = new URL(url);
  const stored = new Map<string, string>();
  vi.stubGlobal('location', location);
  vi.stubGlobal('history', {
    replaceState: (_state: null, _title: string, path: string) => (location.href = new URL(path, location).href),
  });
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal(
    'WebSocket',
    class extends WebSocket {
      constructor(address: string, protocols: string[]) {
        super(address, protocols, { origin: location.origin });
        // Unlike a page's, an unheard 'error' of ws would end the process.
        this.on('error', () => undefined);
        openedSockets.push(this);
      }
    },
  );
  return {
    address: () => location.href,
    leave: async (host) => {
      stored.clear();
      await host.close();
      // Without a token the client's next attempt is its last.
      await new Promise((resolve) => setTimeout(resolve, 600));
    },
  };
}

export interface BrowserPage {
  readonly api: StationApi;
  leave(): Promise<void>;
}

/** The real loopback host and the real client, with a real socket between them. */
export async function openBrowserPage(station: Station): Promise<BrowserPage> {
  const host = await startBrowserHost({ station, port: 0, screens: `${ROOT}/out/renderer` });
  const page = pretendPage(host.url);
  return { api: createWebsocketApi(), leave: () => page.leave(host) };
}
