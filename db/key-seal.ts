/** The key store of the operating system, as the record uses it. */
export interface KeySeal {
  /** False where whatever seals is no secret, as the `basic_text` backend of Linux: it then counts as not sealed. */
  isSealed(): Promise<boolean>;
  seal(text: string): Promise<Uint8Array>;
  /** Rejects where this system, account or key store did not seal it. */
  open(sealed: Uint8Array): Promise<string>;
}

/** What the record's thread gets: it has no Electron, so it is handed the key that the key store keeps. */
export interface Wrapping {
  readonly key: Uint8Array;
  readonly isSealed: boolean;
  /** Why it is not sealed, not kept or new; null where nothing failed. Nothing of the secret is in it. */
  readonly reason: string | null;
  /** Whether it lay in a file that any program of the account could have written, when this run began. @default false */
  readonly isExposed?: boolean;
}
