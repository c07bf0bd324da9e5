import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { AppError } from '../drivers/kit/app-error.ts';

/** Bytes of a raw public key and of a private seed (RFC 8032 section 5.1). */
export const KEY_BYTES = 32;

// RFC 8410: the fixed DER in front of a raw Ed25519 key.
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

function privateKey(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, seed]), format: 'der', type: 'pkcs8' });
}

interface ReadyKey {
  readonly key: KeyObject;
  readonly pub: Buffer;
}

/** Making a key ready costs more than signing with it; it is forgotten together with its seed. */
const ready = new WeakMap<Uint8Array, ReadyKey>();

function readyKey(seed: Uint8Array): ReadyKey {
  const known = ready.get(seed);
  if (known !== undefined) return known;
  const key = privateKey(seed);
  const pub = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES);
  ready.set(seed, { key, pub });
  return { key, pub };
}

export function publicKeyOf(seed: Uint8Array): Buffer {
  return readyKey(seed).pub;
}

export function signBytes(seed: Uint8Array, message: Uint8Array): Buffer {
  return sign(null, message, readyKey(seed).key);
}

export function isSignedBy(pub: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, pub]), format: 'der', type: 'spki' });
  return verify(null, message, key, signature);
}

// RFC 8032 section 7.1, test 1: an empty message.
const VECTOR = {
  seed: Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex'),
  pub: Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex'),
  signature: Buffer.from(
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    'hex',
  ),
};

/** Run before the first signature: a crypto library that signs wrongly must not write a record. */
export function selfTest(): void {
  const message = Buffer.alloc(0);
  const isGood =
    publicKeyOf(VECTOR.seed).equals(VECTOR.pub) &&
    signBytes(VECTOR.seed, message).equals(VECTOR.signature) &&
    isSignedBy(VECTOR.pub, message, VECTOR.signature) &&
    !isSignedBy(VECTOR.pub, Buffer.from([0]), VECTOR.signature);
  if (!isGood) {
    throw new AppError('RECORD_FAILED', 'The signature self-test failed on this computer. Reinstall Chairside.');
  }
}
