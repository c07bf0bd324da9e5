import { randomBytes } from 'node:crypto';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../drivers/kit/app-error.ts';
import { readIfThere, writeDurably } from './durable-file.ts';
import { KEY_BYTES, publicKeyOf } from './ed25519.ts';
import { unwrap, wrap } from './envelope.ts';
import type { Wrapping } from './key-seal.ts';

/** Signing seeds. `next` exists only while a rotation is under way: it is saved before the row that names it. */
export interface KeyPair {
  readonly current: Buffer;
  readonly next: Buffer | null;
}

/** Where the signing key lives. `isSealed` says whether another program under the same account is kept from it. */
export interface KeyStore {
  readonly isSealed: boolean;
  /** What failed: of the key store, or why the newest `load` found no key; null where nothing did. No part of a key is in it. */
  readonly problem: string | null;
  /** Null where there is no readable key; `problem` then says why. */
  load(): KeyPair | null;
  /** Returns when the keys are on the disk; the keys saved before are forgotten. */
  save(keys: KeyPair): void;
}

/** A key store whose files other programs may reach. */
export interface KeyFiles extends KeyStore {
  /** Whether any program of the account could have put the key there that the newest `load` found. */
  readonly isExposed: boolean;
  /** Keeps what lies there under another name. A file that cannot be moved stays until the next `save`. */
  setAside(): void;
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

/** A garbled file is a missing key: the trail then goes on in a new segment. */
function parse(text: string): KeyPair | null {
  try {
    return keyFile.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** What a file of keys holds, or why it holds none. */
type Found = { readonly keys: KeyPair; readonly problem: null } | { readonly keys: null; readonly problem: string };

const none = (problem: string): Found => ({ keys: null, problem });

/** A key that cannot be read is a missing key, whatever keeps it from being read. */
function keysIn(path: string, textIn: (bytes: Buffer) => string | null): Found {
  let bytes: Buffer | null;
  try {
    bytes = readIfThere(path);
  } catch (error) {
    return none(
      `its file cannot be read: ${error instanceof Error && 'code' in error ? String(error.code) : 'unknown'}`,
    );
  }
  if (bytes === null) return none('its file is not there');
  const text = textIn(bytes);
  if (text === null) return none('the key that it was sealed with does not open it');
  const keys = parse(text);
  return keys === null ? none('its file is garbled') : { keys, problem: null };
}

const PLAIN = 'signing-key.json';
const SEALED = 'signing-key.sealed';

function textOf({ current, next }: KeyPair): string {
  return `${JSON.stringify({ v: 1, current: current.toString('base64'), next: next?.toString('base64') ?? null })}\n`;
}

function setAside(path: string): void {
  try {
    renameSync(path, `${path}.lost-${Date.now()}`);
  } catch {
    // Nothing is taken over from it; what is saved next stands in its place.
  }
}

/** A file that only its owner may read. Not sealed: any program of the same account can read it too. */
export function fileKeyStore(folder: string): KeyFiles {
  const path = join(folder, PLAIN);
  let problem: string | null = null;
  return {
    isSealed: false,
    isExposed: true,
    get problem() {
      return problem;
    },
    load() {
      if (existsSync(join(folder, SEALED))) {
        const say = 'The signing key of this record is sealed by the desktop program. Open the record with that one.';
        throw new AppError('RECORD_FAILED', say);
      }
      const found = keysIn(path, (bytes) => bytes.toString('utf8'));
      problem = found.problem;
      return found.keys;
    },
    save: (keys) => writeDurably(path, textOf(keys)),
    setAside: () => setAside(path),
  };
}

/** The same file under the key that the system's key store keeps. It takes over a key that was not sealed before: see exposed-key.ts. */
export function sealedKeyStore(folder: string, wrapping: Wrapping): KeyFiles {
  const { key, isSealed, reason } = wrapping;
  const path = join(folder, SEALED);
  const plain = join(folder, PLAIN);
  const isOpen = !isSealed || wrapping.isExposed === true;
  let problem = reason;
  let loaded = path;
  return {
    isSealed,
    get isExposed() {
      return isOpen || loaded === plain;
    },
    get problem() {
      return problem;
    },
    load() {
      loaded = existsSync(path) ? path : plain;
      const found = keysIn(loaded, (bytes) => (loaded === path ? unwrap(bytes, key, SEALED) : bytes.toString('utf8')));
      // What the key store said comes first: it is the cause.
      problem = reason ?? found.problem;
      return found.keys;
    },
    save(keys) {
      writeDurably(path, wrap(textOf(keys), key, SEALED));
      // Only now: until the sealed file is on the disk, the plain one is the only key there is.
      rmSync(plain, { force: true });
    },
    setAside: () => setAside(loaded),
  };
}
