import { sha256 } from './hash.ts';
import { jcs } from './jcs.ts';
import type { SessionRecord } from './trail.ts';

/** Who and where: what is entered when a session is opened, and never changes. */
export type SessionPerson = Omit<SessionRecord, 'openedAt' | 'closedAt' | 'state'>;

/** Bytes of the nonce: as long as the hash, so that nobody can try out names. */
export const NONCE_BYTES = 32;

/**
 * Hex SHA-256 that stands in the opening row. It ties the name to the trail without putting the name there:
 * without the nonce, which lives beside the name, it tells nothing.
 */
export function sealOf({ id, chairId, patientId, patientName, clinician }: SessionPerson, nonce: Uint8Array): string {
  return sha256(nonce, jcs({ id, chairId, patientId, patientName, clinician })).toString('hex');
}
