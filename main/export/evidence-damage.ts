import { type SessionVerdict, verifySession } from '../../db/verify-session.ts';
import type { Files } from './bag.ts';
import { readPayload } from './read-payload.ts';

/** Stands beside the payload of a session whose evidence does not hold. */
export const DAMAGE_FILE = 'damage.txt';
/** Ends the name of an export that holds such a session. */
export const NOT_WHOLE = '-NOT-WHOLE';

/** Where the evidence of a session first contradicts itself, as a sentence; null where it holds. */
export function firstDamage({ damage }: Pick<SessionVerdict, 'damage'>): string | null {
  return damage === null ? null : `First damage at row ${damage.seq} (${damage.what}): ${damage.detail}.`;
}

/** The same of what is about to be written. @param payload of one session */
export function evidenceDamage(payload: Files): string | null {
  try {
    return firstDamage(verifySession(readPayload(payload).evidence));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return `It cannot be read: ${error.message}`;
  }
}

/** What somebody has to know who opens the folder. */
export function damageText(damage: string): string {
  return `THE EVIDENCE OF THIS SESSION IS DAMAGED

${damage}

What is here was taken from the record of the station as it lies there, to the byte: it is evidence of the damage, too. Nothing after
this place is proven, and nothing before it is called into question by it. There is no report and no exchange file, because they would
tell damaged figures as if they were recorded ones; data/events.csv shows the rows as they are.

Keep this folder, keep a copy of the whole data folder of the station, and compare with older exports and prints.
`;
}
