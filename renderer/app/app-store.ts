import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Person } from '../../preload/contract/frames.ts';
import { type FactorsDraft, NO_FACTORS } from '../features/order/factors-draft.ts';
import type { StationInfo } from './types.ts';

export type Screen =
  | { readonly at: 'overview' }
  | { readonly at: 'chair'; readonly chairId: string }
  | { readonly at: 'sessions' }
  | { readonly at: 'people' };

/** What a clinician has typed of an order, as typed. Kept outside the form so that nothing is lost (design: refused submit, sign-in again). */
export interface OrderDraft {
  readonly patientId: string;
  readonly patientName: string;
  readonly drugLot: string;
  readonly entryId: string;
  readonly concentrationUgPerMl: number | null;
  readonly weightKg: string;
  readonly doseMg: string;
  readonly durationMin: string;
  readonly overrideReason: string;
  readonly factors: FactorsDraft;
}

export const EMPTY_DRAFT: OrderDraft = {
  patientId: '',
  patientName: '',
  drugLot: '',
  entryId: '',
  concentrationUgPerMl: null,
  weightKg: '',
  doseMg: '',
  durationMin: '',
  overrideReason: '',
  factors: NO_FACTORS,
};

export interface AppState {
  readonly info: StationInfo | null;
  /** Undefined until the station has said who is signed in. */
  readonly me: Person | null | undefined;
  readonly screen: Screen;
  readonly drafts: Readonly<Record<string, OrderDraft>>;
  /** Whose drafts these are: another person never sees them. */
  readonly draftsOf: string | null;
}

export type AppStore = StoreApi<AppState>;

export const createAppStore = (): AppStore =>
  createStore<AppState>(() => ({
    info: null,
    me: undefined,
    screen: { at: 'overview' },
    drafts: {},
    draftsOf: null,
  }));

export const goTo = (store: AppStore, screen: Screen): void => store.setState({ screen });

/** Sets who is signed in. A person who signs in finds their own drafts, and nobody else's. */
export function setMe(store: AppStore, me: Person | null): void {
  const before = store.getState();
  const unchanged = before.me?.id === me?.id && before.me?.role === me?.role;
  if (unchanged && before.me !== undefined) return;
  if (me === null) {
    store.setState({ me });
    return;
  }
  const same = before.draftsOf === me.id;
  store.setState({
    me,
    draftsOf: me.id,
    drafts: same ? before.drafts : {},
    screen: same ? before.screen : me.role === 'supervisor' ? { at: 'sessions' } : { at: 'overview' },
  });
}

export function setDraft(store: AppStore, chairId: string, draft: OrderDraft | null): void {
  const { [chairId]: _old, ...others } = store.getState().drafts;
  store.setState({ drafts: draft === null ? others : { ...others, [chairId]: draft } });
}
