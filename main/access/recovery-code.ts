import { randomInt } from 'node:crypto';

/** Without letters and digits that are read for one another on paper. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const GROUPS = 5;
const GROUP_LENGTH = 4;

/** About 99 bits in five groups of four, to be written down once: `ABCD-EFGH-JKMN-PQRS-TUVW`. */
export function newRecoveryCode(): string {
  const group = (): string => Array.from({ length: GROUP_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

/** What was typed, as it was made: spaces, hyphens and case do not matter. */
export function plainRecoveryCode(typed: string): string {
  return typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
}
