import type { SessionSearch } from '../../app/types.ts';
import { beginOfDay, dayAfter } from '../../ui/local-day.ts';

export type Column = SessionSearch['sort'];

export const COLUMNS = {
  openedAt: 'Opened',
  closedAt: 'Closed',
  patientName: 'Patient',
  patientId: 'Patient id',
  state: 'State',
  needsReview: 'Review',
  alarms: 'Alarms',
  pauses: 'Pauses',
  balance: 'Drug balance',
  signed: 'Signed off',
  signers: 'Signed by',
  verification: 'Record',
  chairId: 'Chair',
  clinician: 'Clinician',
  drug: 'Drug',
  lots: 'Lots',
  givenUg: 'Given, mg',
  pumps: 'Pump',
  ending: 'Ended because',
  overrides: 'Overrides',
  breakGlass: 'Break-glass',
  notes: 'Notes',
} as const satisfies Record<Column, string>;

/** With, without, or either. */
export type YesNo = '' | 'with' | 'without';

/** What a person has set to search by, as set; an empty text asks for nothing. */
export interface SearchDraft {
  readonly search: string;
  readonly fromDay: string;
  readonly toDay: string;
  readonly state: SessionSearch['state'] | '';
  readonly balance: SessionSearch['balance'] | '';
  readonly verification: SessionSearch['verification'] | '';
  readonly signed: SessionSearch['signed'] | '';
  readonly alarms: YesNo;
  readonly pauses: YesNo;
  readonly overrides: YesNo;
  readonly notes: YesNo;
  readonly breakGlass: YesNo;
  /** Id of a chair, and of a person who acted. */
  readonly chair: string;
  readonly person: string;
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
  pauses: '',
  overrides: '',
  notes: '',
  breakGlass: '',
  chair: '',
  person: '',
  review: '',
  sort: 'openedAt',
  descending: true,
};

export const PAGE = 50;

const asked = (set: YesNo): boolean | null => (set === '' ? null : set === 'with');

/** The same order, and nothing asked for. */
export const cleared = ({ sort, descending }: SearchDraft): SearchDraft => ({ ...EMPTY_SEARCH, sort, descending });

/** How many filters beside the search text are set. */
export function filtersSet({ search: _search, sort: _sort, descending: _descending, ...filters }: SearchDraft): number {
  return Object.values(filters).filter((value) => value !== '' && value !== null).length;
}

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
    withAlarms: asked(draft.alarms),
    withPauses: asked(draft.pauses),
    withOverrides: asked(draft.overrides),
    withNotes: asked(draft.notes),
    breakGlass: asked(draft.breakGlass),
    chairId: draft.chair === '' ? null : draft.chair,
    person: draft.person === '' ? null : draft.person,
    needsReview: draft.review === '' ? null : true,
  };
}
