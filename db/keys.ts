import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { KEY_BYTES, publicKeyOf } from './ed25519.ts';

/** Signing seeds. `next` exists only while a rotation is under way: it is saved before the row that names it. */
export interface KeyPair {
  readonly current: Buffer;
  readonly next: Buffer | null;
}

/** Where the signing key lives. `isSealed` says whether another program under the same account is kept from it. */
export interface KeyStore {
  readonly isSealed: boolean;
  /** Null where there is no readable key. */
  load(): KeyPair | null;
  /** Returns when the keys are on the disk; the keys saved before are forgotten. */
  save(keys: KeyPair): void;
}

export function newSeed(): Buffer {
  return randomBytes(KEY_BYTES);
}

/** The key that belongs to `pub`, whichever side of an interrupted rotation it stands on; null where there is none. */
export function keyFor(keys: KeyPair | null, pub: Uint8Array): Buffer | null {
  const candidates = keys === null ? [] : [keys.current, ...(keys.next === null ? [] : [keys.next])];
  return candidates.find((seed) => publicKeyOf(seed).equals(pub)) ?? null;
}

const seedText = z
  .base64()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((seed) => seed.length === KEY_BYTES);
const keyFile = z.object({ current: seedText, next: seedText.nullable() });

/** A garbled file is a missing key: the trail then opens for reading, and says so at the first event. */
function parse(text: string): KeyPair | null {
  try {
    return keyFile.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function syncFolder(folder: string): void {
  // Windows cannot open a folder; its file system journals the rename itself.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

function writeDurably(path: string, text: string): void {
  const draft = `${path}.new`;
  const handle = openSync(draft, 'w', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  chmodSync(draft, 0o600);
  renameSync(draft, path);
  syncFolder(dirname(path));
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** A file that only its owner may read. Not sealed: any program of the same account can read it too. */
export function fileKeyStore(folder: string): KeyStore {
  const path = join(folder, 'signing-key.json');
  return {
    isSealed: false,
    load() {
      const text = readIfThere(path);
      return text === null ? null : parse(text);
    },
    save({ current, next }) {
      // A new folder is itself a name that a power cut can take away, with the key in it.
      if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) syncFolder(dirname(folder));
      const file = { v: 1, current: current.toString('base64'), next: next?.toString('base64') ?? null };
      writeDurably(path, `${JSON.stringify(file)}\n`);
    },
  };
}
