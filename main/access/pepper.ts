import { join } from 'node:path';
import type { KeySeal } from '../../db/key-seal.ts';
import { openSecret, type Secret } from '../../db/secret.ts';

/**
 * The key of this device that goes into every PIN and badge, in `folder` under the key store of the system, or in pepper.bin where there is
 * none; made at the first start. Whoever loses it keeps the record, but everybody has to be enrolled again with the recovery code.
 */
export function devicePepper(folder: string, seal: KeySeal | null = null): Promise<Secret> {
  return openSecret({ folder, name: 'pepper', plain: join(folder, 'pepper.bin') }, seal);
}
