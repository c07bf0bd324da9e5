import { existsSync, statfsSync } from 'node:fs';
import { temporaryFolder } from '../../db/test-kit.ts';

/** Memory as a disk, and how much of it a recording and what is made of it need at most. */
const MEMORY = { folder: '/dev/shm', bytes: 512 * 1024 * 1024 };

/** The disk is simulated, so the time should not depend on how busy the real one is. */
export function scratchFolder() {
  const { folder, bytes } = MEMORY;
  if (!existsSync(folder)) return temporaryFolder();
  const { bavail, bsize } = statfsSync(folder);
  return temporaryFolder(bavail * bsize > bytes ? folder : undefined);
}
