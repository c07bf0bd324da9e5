import type { RefusalCode } from '../../core/engine/effects.ts';
import type { PersonId } from '../../core/engine/state.ts';
import type { JsonValue } from '../../db/trail.ts';
import type { RowDetails } from './journal.ts';

export type Answer =
  | { readonly accepted: true }
  | { readonly accepted: false; readonly code: RefusalCode; readonly detail: string };

/** How an operator's act is written down. */
export interface ActRow {
  readonly act: string;
  readonly by: PersonId | null;
  readonly reason?: string;
  readonly new?: { readonly [figure: string]: JsonValue };
}

/** Accepted or refused, an act is a row. */
export function actDetails({ by, reason, new: figures }: ActRow, answer: Answer): RowDetails {
  return {
    by,
    outcome: answer.accepted ? 'ok' : 'denied',
    ...(reason !== undefined && { reason }),
    new: { ...figures, ...(!answer.accepted && { refused: answer.code }) },
  };
}
