import { DIALECT, STATION_PATH, TOKEN_PREFIX } from './dialect.ts';

/** Waits between attempts in milliseconds; the last one repeats. */
const BACKOFF = [250, 500, 1000, 2000, 5000] as const;

export interface SocketListener {
  opened(): void;
  /** Also told where there is no token to connect with. */
  closed(): void;
  received(text: string): void;
}

/** Keeps one WebSocket to the station open, again and again until the page ends. Each socket is used once. */
export class ReconnectingSocket {
  readonly #listener: SocketListener;
  readonly #token: () => string | null;
  #socket: WebSocket | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;

  constructor(token: () => string | null, listener: SocketListener) {
    this.#token = token;
    this.#listener = listener;
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Connects now, without waiting for the next attempt. */
  connect(): void {
    clearTimeout(this.#timer);
    const token = this.#token();
    if (this.#socket !== null) return;
    if (token === null) {
      this.#listener.closed();
      return;
    }
    const socket = new WebSocket(`ws://${location.host}${STATION_PATH}`, [DIALECT, `${TOKEN_PREFIX}${token}`]);
    this.#socket = socket;
    socket.addEventListener('open', () => {
      this.#failures = 0;
      this.#listener.opened();
    });
    socket.addEventListener('message', ({ data }) => this.#listener.received(String(data)));
    // A failed attempt ends with 'close' as well, so 'error' needs no listener.
    socket.addEventListener('close', () => this.#lost());
  }

  /** Sends, or says that there is no connection. Nothing is kept for later. */
  send(message: object): boolean {
    if (!this.isOpen) return false;
    this.#socket?.send(JSON.stringify(message));
    return true;
  }

  #lost(): void {
    this.#socket = null;
    this.#listener.closed();
    const wait = BACKOFF[Math.min(this.#failures, BACKOFF.length - 1)];
    this.#failures += 1;
    this.#timer = setTimeout(() => this.connect(), wait);
  }
}
