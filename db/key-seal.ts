import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readIfThere, writeDurably } from './durable-file.ts';
import { ENVELOPE_KEY_BYTES } from './envelope.ts';

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
}

async function keyIn(bytes: Uint8Array | null, seal: KeySeal): Promise<Buffer | null> {
  if (bytes === null) return null;
  try {
    const key = Buffer.from(await seal.open(bytes), 'base64');
    return key.length === ENVELOPE_KEY_BYTES ? key : null;
  } catch {
    // A lost key store must never keep the station from starting: the record goes on in a new segment, and says so.
    return null;
  }
}

/**
 * The one secret that the system's key store keeps for a record: under it lie the signing keys and the anchors. Sealed
 * once and opened once a run, so that a change of signing key never waits for a key store.
 */
export async function openWrapping(folder: string, seal: KeySeal): Promise<Wrapping> {
  const path = join(folder, 'keys', 'wrapping-key.sealed');
  const isSealed = await seal.isSealed();
  const found = await keyIn(readIfThere(path), seal);
  if (found !== null) return { key: found, isSealed };
  const key = randomBytes(ENVELOPE_KEY_BYTES);
  writeDurably(path, await seal.seal(key.toString('base64')));
  return { key, isSealed };
}
