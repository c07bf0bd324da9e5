/** A child process as its parent sees it, whatever started it. */
export interface ChildChannel<To, From> {
  /** Never throws; what is said to a dead process is lost, and `onExit` tells. */
  send(message: To): void;
  onMessage(listener: (message: From) => void): void;
  /** Called exactly once. */
  onExit(listener: (reason: string) => void): void;
  kill(): void;
}
