import { canonicalValues } from './canonical.ts';
import { sha256 } from './hash.ts';

/**
 * Hex SHA-256 over the canonical JSON (RFC 8785) of a state, by which a replay is compared. Null for a state that has
 * no canonical form, such as half a character in somebody's reason: writing that down must never fail a step.
 */
export function stateHash(state: object): string | null {
  try {
    return sha256(canonicalValues(state)).toString('hex');
  } catch {
    return null;
  }
}
