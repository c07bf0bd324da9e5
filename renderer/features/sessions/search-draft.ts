import type { SessionSearch } from '../../app/types.ts';
import { beginOfDay, dayAfter } from '../../ui/local-day.ts';

export type Column = SessionSearch['sort'];

export const COLUMNS = {
  openedAt: 'Opened',
  patientName: 'Patient',
  patientId: 'Patient id',
  state: 'State',
  alarms: 'Alarms',
  balance: 'Drug balance',
  signed: 'Signed off',
  verification: 'Record',
  chairId: 'Chair',
  clinician: 'Clinician',
  drug: 'Drug',
  lots: 'Lots',
} as const satisfies Record<Column, string>;

/** What a person has set to search by, as set; an empty text asks for nothing. */
export interface SearchDraft {
  readonly search: string;
  readonly fromDay: string;
  readonly toDay: string;
  readonly state: SessionSearch['state'] | '';
  readonly balance: SessionSearch['balance'] | '';
  readonly verification: SessionSearch['verification'] | '';
  readonly signed: SessionSearch['signed'] | '';
  readonly alarms: '' | 'with' | 'without';
  readonly review: '' | 'needed';
  readonly sort: Column;
  readonly descending: boolean;
}

export const EMPTY_SEARCH: SearchDraft = {
  search: '',
  fromDay: '',
  toDay: '',
  state: '',
  balance: '',
  verification: '',
  signed: '',
  alarms: '',
  review: '',
  sort: 'openedAt',
  descending: true,
};

export const PAGE = 50;

/** The question for the station. The last day counts as a whole. */
export function toSearch(draft: SearchDraft, timeZone: string, after: SessionSearch['after']): SessionSearch {
  const { search, sort, descending, state, balance, verification, signed } = draft;
  return {
    search,
    sort,
    descending,
    after,
    limit: PAGE,
    from: beginOfDay(draft.fromDay.trim(), timeZone),
    to: beginOfDay(dayAfter(draft.toDay.trim()), timeZone),
    state: state === '' ? null : state,
    balance: balance === '' ? null : balance,
    verification: verification === '' ? null : verification,
    signed: signed === '' ? null : signed,
    withAlarms: draft.alarms === '' ? null : draft.alarms === 'with',
    needsReview: draft.review === '' ? null : true,
  };
}
