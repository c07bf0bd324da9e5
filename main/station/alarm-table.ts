import { ALARMS } from '../../core/alarms.ts';
import { canonicalValues } from '../../db/canonical.ts';
import { sha256 } from '../../db/hash.ts';

/** Hex SHA-256 over a table of alarms with all that it says of each, and their order. */
export function tableDigest(table: Readonly<Record<string, object>>): string {
  return sha256(canonicalValues(Object.entries(table))).toString('hex');
}

/** by which table of conditions and actions this station decides. */
export const ALARMS_DIGEST = tableDigest(ALARMS);
