import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

interface Cost {
  /** log2 of N. */
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

/** About 190 ms on the machine this was chosen on. scrypt, because argon2 exists in Electron only to throw. */
const COST: Cost = { ln: 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const MAX_MEMORY = 256 * 1024 * 1024;
/** Costs beyond these would not fit the memory limit; a configuration that names them is refused, not crashed on. */
const STORED = /^scrypt\$ln=(1[4-7]),r=(8),p=([1-9])\$([A-Za-z0-9+/]{22,86})\$([A-Za-z0-9+/]{43,86})$/;

interface StoredPin {
  readonly cost: Cost;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** The shortest PIN that `npm run pin` accepts: six digits, nothing but digits. */
export const PIN_PATTERN = /^\d{6,64}$/;

function derive(pin: string, salt: Buffer, length: number, { ln, r, p }: Cost): Promise<Buffer> {
  const options = { N: 2 ** ln, r, p, maxmem: MAX_MEMORY };
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, length, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

function parse(stored: string): StoredPin | null {
  const [, ln, r, p, salt, hash] = STORED.exec(stored) ?? [];
  if (salt === undefined || hash === undefined) return null;
  return {
    cost: { ln: Number(ln), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** Whether a configuration's `pin` has the form that `hashPin` makes. */
export function isStoredPin(stored: string): boolean {
  return parse(stored) !== null;
}

/** Returns `scrypt$ln=15,r=8,p=3$salt$hash`, salt and hash in base64 without padding; the parameters may rise later. */
export async function hashPin(pin: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(pin, salt, HASH_BYTES, COST);
  return `scrypt$ln=${COST.ln},r=${COST.r},p=${COST.p}$${unpadded(salt)}$${unpadded(hash)}`;
}

/** Compares in constant time. A string that `hashPin` did not make matches nothing. */
export async function verifyPin(pin: string, stored: string): Promise<boolean> {
  const known = parse(stored);
  if (known === null) return false;
  return timingSafeEqual(await derive(pin, known.salt, known.hash.length, known.cost), known.hash);
}
