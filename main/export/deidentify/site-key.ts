import { join } from 'node:path';
import type { KeySeal } from '../../../db/key-seal.ts';
import { openSecret, type Secret } from '../../../db/secret.ts';

/**
 * The key by which the dates of a patient are shifted, the same for ever at this station; made at first use. Whoever has it can undo the
 * shift, so it lies under the key store of the system, or in date-shift.key where there is none. Where it is lost a new one is made:
 * dates of one patient then differ between exports from before and after.
 * @param folder of the record
 */
export function siteKey(folder: string, seal: KeySeal | null): Promise<Secret> {
  const place = { folder: join(folder, 'keys'), name: 'date-shift', plain: join(folder, 'date-shift.key') };
  return openSecret(place, seal);
}
