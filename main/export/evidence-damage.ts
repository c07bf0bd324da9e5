import { verifySession } from '../../db/verify-session.ts';
import { rangesText } from '../../db/lost-rows.ts';
import type { DamageReport, SessionBundle } from '../../db/trail.ts';
import type { Files } from './bag.ts';
import { courseDamage } from './course.ts';
import { readPayload } from './read-payload.ts';

/** Stands beside the payload of a session whose evidence does not hold. */
export const DAMAGE_FILE = 'damage.txt';
/** Ends the name of an export that holds such a session. */
export const NOT_WHOLE = '-NOT-WHOLE';

const UNREADABLE = 'form';

/** The first damage of one session. */
export interface SessionDamage {
  readonly seq: number;
  readonly what: DamageReport['what'] | typeof UNREADABLE;
  readonly detail: string;
}

/** Where the evidence of a session first contradicts itself, as a sentence; null where it holds. */
export function firstDamage({ damage }: { readonly damage: SessionDamage | null }): string | null {
  return damage === null ? null : `First damage at row ${damage.seq} (${damage.what}): ${damage.detail}.`;
}

/** The same of what is about to be written. @param payload of one session */
export function evidenceDamage(payload: Files): string | null {
  const damage = sessionDamage(payload);
  return damage?.what === UNREADABLE ? `It cannot be read: ${damage.detail}` : firstDamage({ damage });
}

/** The same, taken apart; row 0 where a file of it cannot be read as a whole. */
export function sessionDamage(payload: Files): SessionDamage | null {
  try {
    const read = readPayload(payload);
    return verifySession(read.evidence).damage ?? courseDamage(read);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { seq: 0, what: UNREADABLE, detail: error.message };
  }
}

/** Of the whole record and of its rows that are gone, as lines; none where only this session is damaged. */
export function recordDamage({ missing, begun, verification: { damage } }: LostRows): readonly string[] {
  return [
    ...(begun === null ? ['The record could not take the row that states what this export holds.'] : []),
    ...(missing.length === 0 ? [] : [`Missing in the record: ${rangesText(missing)}.`]),
    ...(damage === null
      ? []
      : [`First damage of the whole record at row ${damage.seq} (${damage.what}): ${damage.detail}.`]),
  ];
}

type LostRows = Pick<SessionBundle, 'missing' | 'begun'> & {
  readonly verification: Pick<SessionBundle['verification'], 'damage'>;
};

/** What somebody has to know who opens the folder. */
export function damageText(damage: string, bundle: LostRows): string {
  return `THE EVIDENCE OF THIS SESSION IS DAMAGED

${[damage, ...recordDamage(bundle)].join('\n')}

What is here was taken from the record of the station as it lies there, to the byte (bytes that are no text as U+FFFD): it is evidence
of the damage, too. Nothing after this place is proven, and nothing before it is called into question by it; without the hash of a row that
is gone no row can be proven, and the proofs are empty. There is no report and no exchange file, because they would tell damaged
figures as if they were recorded ones; data/events.csv shows the rows as they are.

Keep this folder, keep a copy of the whole data folder of the station, and compare with older exports and prints.
`;
}

/**
 * For an export that speaks of nobody: a number in the trail of the station would be a unique code, so the place is told by the number that
 * the event has here. @param told the rows that are here
 */
export function unnamedDamageText({ seq, what }: SessionDamage, { rows, missing }: SessionBundle): string {
  const place = rows.findIndex((row) => row.seq === seq) + 1;
  const where = place === 0 ? 'beside the events that are here' : `at event ${place} of those that are here`;
  const lost = missing.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  return `THE EVIDENCE OF THIS SESSION IS DAMAGED

The station's own check of this session found the first damage (${what}) ${where}.
${lost === 0 ? '' : `The record of the station has lost ${lost} rows that this session may have had a part in.\n`}
So events here may have been changed, and others be missing. Figures of a damaged record are not shown in a report; the tables hold what can
still be read, and no trend values. Do not use them without asking the station, which can name the rows.
`;
}
