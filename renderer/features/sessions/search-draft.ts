import type { SessionSearch } from '../../app/types.ts';

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

const DAY_MS = 86_400_000;

/** Midnight of a day at the station; its offset is that of the zone on that day, whatever this machine's zone is. */
export function midnight(day: string, timeZone: string): string | null {
  const noon = new Date(`${day}T12:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(noon.getTime())) return null;
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' }).formatToParts(noon);
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', '') ?? '';
  return `${day}T00:00:00${offset === '' ? 'Z' : offset}`;
}

function dayAfter(day: string): string {
  const noon = Date.parse(`${day}T12:00:00Z`);
  return Number.isNaN(noon) ? '' : new Date(noon + DAY_MS).toISOString().slice(0, 10);
}

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
    from: midnight(draft.fromDay, timeZone),
    to: midnight(dayAfter(draft.toDay), timeZone),
    state: state === '' ? null : state,
    balance: balance === '' ? null : balance,
    verification: verification === '' ? null : verification,
    signed: signed === '' ? null : signed,
    withAlarms: draft.alarms === '' ? null : draft.alarms === 'with',
    needsReview: draft.review === '' ? null : true,
  };
}
