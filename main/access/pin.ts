import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

interface Cost {
  /** log2 of N. */
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

/** A PIN is quick at the chair, a password guards rights. */
export type SecretKind = 'pin' | 'password';

/**
 * About 190 ms for a PIN and 370 ms for a password on the machine these were chosen on. scrypt, because argon2 exists
 * in Electron only to throw.
 */
const COSTS: Readonly<Record<SecretKind, Cost>> = { pin: { ln: 15, r: 8, p: 3 }, password: { ln: 17, r: 8, p: 1 } };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const MAX_MEMORY = 256 * 1024 * 1024;
/** Costs beyond these would not fit the memory limit; a configuration that names them is refused, not crashed on. */
const STORED = /^scrypt\$ln=(1[4-7]),r=(8),p=([1-9])(,k=1)?\$([A-Za-z0-9+/]{22,86})\$([A-Za-z0-9+/]{43,86})$/;

interface StoredSecret {
  readonly cost: Cost;
  /** Whether the device's pepper went into it (`k=1`). */
  readonly peppered: boolean;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** The shortest PIN that is taken: six digits, nothing but digits. */
export const PIN_PATTERN = /^\d{6,64}$/;

/** Keyed by the device before the slow part: six digits are a million guesses, so a stolen record alone gives none away. */
function keyed(secret: string, pepper: Buffer | null): string | Buffer {
  return pepper === null ? secret : createHmac('sha256', pepper).update(secret).digest();
}

function derive(secret: string | Buffer, salt: Buffer, length: number, { ln, r, p }: Cost): Promise<Buffer> {
  const options = { N: 2 ** ln, r, p, maxmem: MAX_MEMORY };
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, length, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

function parse(stored: string): StoredSecret | null {
  const [, ln, r, p, peppered, salt, hash] = STORED.exec(stored) ?? [];
  if (salt === undefined || hash === undefined) return null;
  return {
    cost: { ln: Number(ln), r: Number(r), p: Number(p) },
    peppered: peppered !== undefined,
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** Whether a configuration's `pin` has the form that `hashPin` makes. */
export function isStoredPin(stored: string): boolean {
  return parse(stored) !== null;
}

/** By its cost: a string with less than a password's was made from a PIN. */
export function kindOfStored(stored: string): SecretKind {
  return (parse(stored)?.cost.ln ?? 0) >= COSTS.password.ln ? 'password' : 'pin';
}

/** Whether the string should be made anew, from the secret just proven: cheaper than today's cost, or without the pepper. */
export function isOutdated(stored: string, pepper: Buffer | null): boolean {
  const known = parse(stored);
  if (known === null) return false;
  return known.cost.ln < COSTS.pin.ln || (pepper !== null && !known.peppered);
}

/**
 * Returns `scrypt$ln=..,r=..,p=..[,k=1]$salt$hash`, salt and hash in base64 without padding; the parameters may rise
 * later, and `k=1` says that the pepper went into it.
 */
export async function hashSecret(secret: string, kind: SecretKind, pepper: Buffer | null): Promise<string> {
  const cost = COSTS[kind];
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(keyed(secret, pepper), salt, HASH_BYTES, cost);
  const key = pepper === null ? '' : ',k=1';
  return `scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p}${key}$${unpadded(salt)}$${unpadded(hash)}`;
}

/** The string for a configuration file, which belongs to no device yet. */
export function hashPin(pin: string): Promise<string> {
  return hashSecret(pin, 'pin', null);
}

/** Compares in constant time. A string that `hashSecret` did not make matches nothing. */
export async function verifyPin(secret: string, stored: string, pepper: Buffer | null = null): Promise<boolean> {
  const known = parse(stored);
  if (known === null || (known.peppered && pepper === null)) return false;
  const key = known.peppered ? keyed(secret, pepper) : secret;
  return timingSafeEqual(await derive(key, known.salt, known.hash.length, known.cost), known.hash);
}
