import { randomBytes } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { within } from './anchor-keeper.ts';
import { readIfThere, writeDurably } from './durable-file.ts';
import { ENVELOPE_KEY_BYTES } from './envelope.ts';
import type { KeySeal, Wrapping } from './key-seal.ts';

/** Where a secret of the station lies. */
export interface SecretPlace {
  readonly folder: string;
  /** Of its sealed file, without `.sealed`. */
  readonly name: string;
  /** Path of its file where there is no key store, as it is and for its owner alone. */
  readonly plain: string;
}

/** 32 bytes that the station keeps for ever. */
export interface Secret extends Wrapping {
  readonly key: Buffer;
  /** There was one, and it could not be opened any more: this one is new. */
  readonly isLost: boolean;
}

/** Somebody may have to type a password into a key ring (ms); after that the station has to start. */
const PATIENCE = 60_000;

/** Null: none there. `unusable`: there is something that cannot be read, such as a folder or a file of somebody else. */
function read(path: string): Buffer | null | 'unusable' {
  try {
    return readIfThere(path);
  } catch {
    return 'unusable';
  }
}

const keyIn = (bytes: Buffer | null | 'unusable'): Buffer | null =>
  bytes !== null && bytes !== 'unusable' && bytes.length === ENVELOPE_KEY_BYTES ? bytes : null;

/** Kept, because the key store may come back: whoever repairs it can put the file in its place again. */
function setAside(path: string): void {
  try {
    renameSync(path, `${path}.lost-${Date.now()}`);
  } catch {
    // What cannot be moved cannot be replaced either; the new secret then lives as long as this run.
  }
}

async function opened(sealed: Buffer, seal: KeySeal, patience: number): Promise<Buffer | null> {
  try {
    return keyIn(Buffer.from(await within(seal.open(sealed), patience), 'base64'));
  } catch {
    return null;
  }
}

async function sealedBytes(key: Buffer, seal: KeySeal, patience: number): Promise<Uint8Array | null> {
  try {
    return await within(seal.seal(key.toString('base64')), patience);
  } catch {
    return null;
  }
}

async function isSecret(seal: KeySeal, patience: number): Promise<boolean> {
  try {
    return await within(seal.isSealed(), patience);
  } catch {
    return false;
  }
}

/** Returns whether it lies under the key store. A disk that takes nothing is no reason not to start: the secret then lives as long as this run. */
async function keep(key: Buffer, { folder, name, plain }: SecretPlace, seal: KeySeal | null, patience: number) {
  const sealed = seal === null ? null : await sealedBytes(key, seal, patience);
  try {
    if (sealed === null) writeDurably(plain, key);
    else {
      writeDurably(join(folder, `${name}.sealed`), sealed);
      // Only now: until the sealed file is on the disk, the plain one is the only one there is.
      rmSync(plain, { force: true });
    }
  } catch {
    return false;
  }
  return sealed !== null;
}

/**
 * The secret at a place, made at the first time; sealed where there is a key store, also one that was not before. Never rejects: a key
 * store that refuses, hangs or has lost its content costs the secret and never the start.
 */
export async function openSecret(place: SecretPlace, seal: KeySeal | null, patience = PATIENCE): Promise<Secret> {
  const sealedPath = join(place.folder, `${place.name}.sealed`);
  const sealed = read(sealedPath);
  const isOpen = seal !== null && (await isSecret(seal, patience));
  if (seal !== null && sealed !== null && sealed !== 'unusable') {
    const key = await opened(sealed, seal, patience);
    if (key !== null) return { key, isSealed: isOpen, isLost: false };
  }
  if (sealed !== null) setAside(sealedPath);
  const bytes = read(place.plain);
  const plain = keyIn(bytes);
  if (plain === null && bytes !== null) setAside(place.plain);
  const key = plain ?? randomBytes(ENVELOPE_KEY_BYTES);
  const isKept = (plain !== null && seal === null) || (await keep(key, place, seal, patience));
  return { key, isSealed: isOpen && isKept, isLost: plain === null && (sealed !== null || bytes !== null) };
}
