import { sha256 } from './hash.ts';
import { isSignedBy, publicKeyOf, signBytes } from './ed25519.ts';

/** What a checkpoint states: the trail `origin` had `size` rows with this Merkle root. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

interface NoteSignature {
  readonly name: string;
  readonly keyId: Buffer;
  readonly signature: Buffer;
}

// C2SP signed-note: algorithm byte of Ed25519.
const ED25519 = 0x01;
const SIGNATURE_LINE = /^\u2014 (\S+) ([A-Za-z0-9+/]+={0,2})$/u;

/** Origin line of a station. C2SP forbids white space and plus signs in key names, hence the percent encoding. */
export function originOf(station: string): string {
  return `chairside/${encodeURIComponent(station)}`;
}

/** By key and name: a station signs every row with the same ones. A key leaves together with its seed. */
const keyIds = new WeakMap<Uint8Array, { readonly name: string; readonly id: Buffer }>();

function signerIdOf(name: string, seed: Uint8Array): Buffer {
  const known = keyIds.get(seed);
  if (known?.name === name) return known.id;
  const id = keyIdOf(name, publicKeyOf(seed));
  keyIds.set(seed, { name, id });
  return id;
}

/** C2SP signed-note: the first four bytes of SHA-256(name, newline, algorithm, public key). */
function keyIdOf(name: string, pub: Uint8Array): Buffer {
  return sha256(`${name}\n`, Uint8Array.of(ED25519), pub).subarray(0, 4);
}

/** C2SP tlog-checkpoint as a signed note. */
export function signCheckpoint({ origin, size, root }: Checkpoint, seed: Uint8Array): string {
  const text = `${origin}\n${size}\n${root.toString('base64')}\n`;
  const signature = Buffer.concat([signerIdOf(origin, seed), signBytes(seed, Buffer.from(text))]);
  return `${text}\n\u2014 ${origin} ${signature.toString('base64')}\n`;
}

function signaturesOf(block: string): NoteSignature[] {
  return block.split('\n').flatMap((line) => {
    const [, name, encoded] = SIGNATURE_LINE.exec(line) ?? [];
    if (name === undefined || encoded === undefined) return [];
    const bytes = Buffer.from(encoded, 'base64');
    return [{ name, keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) }];
  });
}

function checkpointIn(text: string): Checkpoint | null {
  const [origin, size, root, end, ...more] = text.split('\n');
  if (origin === undefined || size === undefined || root === undefined || end !== '' || more.length > 0) return null;
  const bytes = Buffer.from(root, 'base64');
  if (!/^(0|[1-9]\d{0,15})$/.test(size) || bytes.length !== 32 || bytes.toString('base64') !== root) return null;
  return { origin, size: Number(size), root: bytes };
}

/** Reads a note without judging its signatures; null where it is not a checkpoint. */
export function readCheckpoint(note: string): Checkpoint | null {
  const gap = note.indexOf('\n\n');
  return gap < 0 ? null : checkpointIn(note.slice(0, gap + 1));
}

/** The checkpoint, if the note is well formed and `pub` signed it under the origin's name; null otherwise. */
export function openCheckpoint(note: string, origin: string, pub: Uint8Array): Checkpoint | null {
  const checkpoint = readCheckpoint(note);
  if (checkpoint === null || checkpoint.origin !== origin) return null;
  const gap = note.indexOf('\n\n');
  const text = Buffer.from(note.slice(0, gap + 1));
  const id = keyIdOf(origin, pub);
  const isSigned = signaturesOf(note.slice(gap + 2)).some(
    ({ name, keyId, signature }) => name === origin && keyId.equals(id) && isSignedBy(pub, text, signature),
  );
  return isSigned ? checkpoint : null;
}
