import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const PEPPER_BYTES = 32;

/** Binds bytes to this machine and account, where the host has a key store for it. */
export interface PepperSeal {
  seal(bytes: Buffer): Promise<Buffer>;
  open(sealed: Buffer): Promise<Buffer>;
}

/** No key store: the rights of the file are all that guards it. */
const unsealed: PepperSeal = {
  seal: async (bytes) => bytes,
  open: async (bytes) => bytes,
};

/**
 * The key of this device that goes into every PIN and badge, from `folder`/pepper.bin (its owner's alone), made at the
 * first start. Whoever loses it keeps the record, but everybody has to be enrolled again with the recovery code.
 */
export async function devicePepper(folder: string, seal: PepperSeal = unsealed): Promise<Buffer> {
  const path = join(folder, 'pepper.bin');
  try {
    return await seal.open(await readFile(path));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  const pepper = randomBytes(PEPPER_BYTES);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(await seal.seal(pepper));
    await file.sync();
  } finally {
    await file.close();
  }
  return pepper;
}
