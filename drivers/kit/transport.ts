/**
 * A line to a device:   factory() -> Duplex -> data, closed      (single use: after `closed`, make a new one)
 * Serial, TCP, replay and in-memory lines have this one type, so a simulator is configured exactly like a device.
 */
export interface Duplex {
  /** Resolves when the bytes were handed to the operating system; rejects with an AppError when the line is gone. */
  write(bytes: Uint8Array): Promise<void>;
  /** One listener each, set before the first turn of the event loop after the factory resolved. */
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Called exactly once, with what happened; also after `close()`. */
  onClosed(listener: (reason: string) => void): void;
  close(): Promise<void>;
}

/** Opens the line; rejects with an AppError of code `LINE_OPEN_FAILED` whose message says what to do. */
export type TransportFactory = () => Promise<Duplex>;

/** The line settings of one protocol; a driver's manifest names them, the configuration may override the baud rate. */
export interface LineSettings {
  readonly baudRate: number;
  readonly dataBits: 7 | 8;
  readonly stopBits: 1 | 2;
  readonly parity: 'none' | 'even' | 'odd';
  /** RTS/CTS hardware flow control. */
  readonly rtscts: boolean;
}
