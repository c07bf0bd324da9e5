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

/** Letters of what a key store says that are kept. */
const MOST_SAID = 200;

/** Collects why something failed; the first of all is the cause of the others. */
class Reasons {
  #first: string | null = null;

  get first(): string | null {
    return this.#first;
  }

  /** @param secret what must not stand in the reason, as a careless key store would repeat what it was given */
  add(what: string, why: string | null = null, secret = ''): void {
    const said = why === null ? '' : `: ${why}`;
    const clean = secret === '' ? said : said.replaceAll(secret, '[secret]');
    this.#first ??= `${what}${clean}`.slice(0, MOST_SAID);
  }
}

/** Null: none there. `unusable`: there is something that cannot be read, such as a folder or a file of somebody else. */
function read(path: string, reasons: Reasons): Buffer | null | 'unusable' {
  try {
    return readIfThere(path);
  } catch (error) {
    reasons.add('its file cannot be read', codeOf(error));
    return 'unusable';
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

const keyIn = (bytes: Buffer | null | 'unusable'): Buffer | null =>
  bytes !== null && bytes !== 'unusable' && bytes.length === ENVELOPE_KEY_BYTES ? bytes : null;

/** Kept, because the key store may come back: whoever repairs it can put the file in its place again. */
function setAside(path: string, reasons: Reasons): void {
  try {
    renameSync(path, `${path}.lost-${Date.now()}`);
  } catch (error) {
    // What cannot be moved cannot be replaced either; the new secret then lives as long as this run.
    reasons.add('its file cannot be set aside', codeOf(error));
  }
}

/** The key store as it is asked here: each failure has a reason, and none is thrown. */
class PatientSeal {
  readonly #seal: KeySeal;
  readonly #patience: number;
  readonly #reasons: Reasons;

  constructor(seal: KeySeal, patience: number, reasons: Reasons) {
    this.#seal = seal;
    this.#patience = patience;
    this.#reasons = reasons;
  }

  async opened(sealed: Buffer): Promise<Buffer | null> {
    try {
      const key = keyIn(Buffer.from(await within(this.#seal.open(sealed), this.#patience), 'base64'));
      if (key === null) this.#reasons.add('what the key store opened is not the secret');
      return key;
    } catch (error) {
      this.#reasons.add('the key store does not open it', messageOf(error));
      return null;
    }
  }

  async sealed(key: Buffer): Promise<Uint8Array | null> {
    const text = key.toString('base64');
    try {
      return await within(this.#seal.seal(text), this.#patience);
    } catch (error) {
      this.#reasons.add('the key store does not seal it', messageOf(error), text);
      return null;
    }
  }

  async isSecret(): Promise<boolean> {
    try {
      return await within(this.#seal.isSealed(), this.#patience);
    } catch (error) {
      this.#reasons.add('the key store does not answer for itself', messageOf(error));
      return false;
    }
  }
}

/** Returns whether it lies under the key store. A disk that takes nothing is no reason not to start: the secret then lives as long as this run. */
async function keep(key: Buffer, { folder, name, plain }: SecretPlace, seal: PatientSeal | null, reasons: Reasons) {
  const sealed = seal === null ? null : await seal.sealed(key);
  try {
    if (sealed === null) writeDurably(plain, key);
    else {
      writeDurably(join(folder, `${name}.sealed`), sealed);
      // Only now: until the sealed file is on the disk, the plain one is the only one there is.
      rmSync(plain, { force: true });
    }
  } catch (error) {
    reasons.add('it cannot be written', codeOf(error));
    return false;
  }
  return sealed !== null;
}

/**
 * The secret at a place, made at the first time; sealed where there is a key store, also one that was not before. Never rejects: a key
 * store that refuses, hangs or has lost its content costs the secret and never the start; what it said is in `reason`.
 */
export async function openSecret(place: SecretPlace, keySeal: KeySeal | null, patience = PATIENCE): Promise<Secret> {
  const reasons = new Reasons();
  const seal = keySeal === null ? null : new PatientSeal(keySeal, patience, reasons);
  const sealedPath = join(place.folder, `${place.name}.sealed`);
  const sealed = read(sealedPath, reasons);
  const isOpen = seal !== null && (await seal.isSecret());
  if (seal !== null && sealed !== null && sealed !== 'unusable') {
    const key = await seal.opened(sealed);
    if (key !== null) return { key, isSealed: isOpen, isLost: false, reason: reasons.first };
  }
  if (seal === null && sealed !== null) reasons.add('it is sealed, and there is no key store');
  if (sealed !== null) setAside(sealedPath, reasons);
  const bytes = read(place.plain, reasons);
  const plain = keyIn(bytes);
  if (plain === null && bytes !== null) {
    reasons.add('its file is garbled');
    setAside(place.plain, reasons);
  }
  const key = plain ?? randomBytes(ENVELOPE_KEY_BYTES);
  const isKept = (plain !== null && seal === null) || (await keep(key, place, seal, reasons));
  const isLost = plain === null && (sealed !== null || bytes !== null);
  return { key, isSealed: isOpen && isKept, isLost, reason: reasons.first };
}
