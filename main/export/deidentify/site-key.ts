import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const BYTES = 32;

/**
 * The key by which the dates of a patient are shifted, the same for ever at this station; made at first use. Whoever
 * has it can undo the shift, so it lies beside the record, readable to its owner alone. Rejects with the file
 * system's error, or TypeError for a file that is no such key.
 */
export async function siteKey(folder: string): Promise<Buffer> {
  const path = join(folder, 'date-shift.key');
  try {
    await writeFile(path, randomBytes(BYTES), { mode: 0o600, flag: 'wx', flush: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const key = await readFile(path);
  if (key.length !== BYTES) throw new TypeError(`${path} is not a key of ${BYTES} bytes.`);
  return key;
}
