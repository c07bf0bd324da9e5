import type { BalanceState } from './drug-account.ts';
import type { SessionRecord } from './trail.ts';

/** Each column that a list can be sorted by, as SQL over the columns of a found session. */
export const SORT_COLUMNS = {
  openedAt: 'openedAt',
  patientName: 'lower(patientName)',
  patientId: 'lower(patientId)',
  chairId: 'chairId',
  clinician: 'lower(clinician)',
  drug: 'drug',
  lots: 'lots',
  state: 'state',
  alarms: 'alarms',
  balance: 'balance',
  verification: 'verification',
  signed: 'signed',
  closedAt: "coalesce(closedAt, '')",
  pumps: 'lower(pumps)',
  pauses: 'pauses',
  overrides: 'overrides',
  breakGlass: 'breakGlass',
  notes: 'notes',
  givenUg: 'givenUg',
  ending: 'lower(ending)',
  signers: 'lower(signers)',
  needsReview: 'needsReview',
} as const;

export type SortColumn = keyof typeof SORT_COLUMNS;
export type VerificationState = 'verified' | 'not-verified' | 'damaged';
export type SignedState = 'no' | 'yes' | 'changed';

/** Null members ask for nothing. */
export interface SessionSearch {
  /** Words that must all occur in one of the texts of a session: patient to pump, ending and signatures. */
  readonly words: readonly string[];
  /** For words that are names: ids of those persons, any of whom may have acted instead. */
  readonly peopleByWord: ReadonlyMap<string, readonly string[]>;
  readonly chairId: string | null;
  /** Id of somebody who acted in the session. */
  readonly person: string | null;
  /** ISO 8601 instants with Z; from inclusive, to exclusive. */
  readonly from: string | null;
  readonly to: string | null;
  readonly state: SessionRecord['state'] | null;
  readonly balance: BalanceState | null;
  readonly verification: VerificationState | null;
  readonly signed: SignedState | null;
  readonly withAlarms: boolean | null;
  readonly withPauses: boolean | null;
  readonly withOverrides: boolean | null;
  readonly withNotes: boolean | null;
  readonly breakGlass: boolean | null;
  /** Interrupted or break-glass, and without a signature that holds. */
  readonly needsReview: boolean | null;
  readonly sort: SortColumn;
  readonly descending: boolean;
  readonly limit: number;
  /** Where the page before ended; null: the first page. */
  readonly after: SearchCursor | null;
}

export interface SearchCursor {
  readonly value: string | number;
  readonly id: string;
}

export interface FoundSession extends SessionRecord {
  readonly drug: string;
  readonly lots: string;
  readonly alarms: number;
  readonly balance: BalanceState;
  readonly verification: VerificationState;
  readonly signed: SignedState;
  readonly breakGlass: boolean;
  readonly needsReview: boolean;
  readonly notes: number;
  /** Model, serial number and firmware of each pump. */
  readonly pumps: string;
  readonly pauses: number;
  readonly overrides: number;
  readonly givenUg: number;
  /** Why it ended. */
  readonly ending: string;
  /** Names under the signatures that hold. */
  readonly signers: string;
}

export interface SessionPage {
  readonly rows: readonly FoundSession[];
  /** How many sessions fit, on all pages. */
  readonly total: number;
  readonly next: SearchCursor | null;
}
