// First: zod must know that this page forbids `eval` before any schema of the contract is made.
import '../../preload/no-eval.ts';
import type { StationApi } from '../../preload/contract/api.ts';
import { createWebsocketApi } from '../../preload/websocket.ts';

declare global {
  interface Window {
    /** Set by the preload script in Electron; absent in the browser host. */
    readonly chairside?: StationApi;
  }
}

/** The station as this host reaches it: Electron's preload, or a WebSocket to the browser host. */
export const connect = (): StationApi => window.chairside ?? createWebsocketApi();
