import { readFileSync } from 'node:fs';
import type { Files } from './bag.ts';

const VERIFIER = 'verify.mjs';

/** The check for a stranger, who has Node and nothing of ours: goes into every bag, and says of one without evidence that nothing in it is proven. */
export function verifierFile(): Files {
  return new Map([[VERIFIER, readFileSync(new URL(VERIFIER, import.meta.url))]]);
}
