import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import type { StationApi } from '../../preload/contract/api.ts';
import type { StopControl } from '../features/stop/stop-control.ts';
import { type AppState, type AppStore, setMe } from './app-store.ts';
import { type ShownChair, shown } from './shown.ts';
import type { StationState, StationStore } from './station-store.ts';

export interface AppParts {
  readonly api: StationApi;
  readonly station: StationStore;
  readonly app: AppStore;
  readonly stop: StopControl;
}

const PartsContext = createContext<AppParts | null>(null);

export const AppProvider = ({ parts, children }: { parts: AppParts; children: ReactNode }) => (
  <PartsContext.Provider value={parts}>{children}</PartsContext.Provider>
);

export function useParts(): AppParts {
  const parts = useContext(PartsContext);
  if (parts === null) throw new Error('AppProvider is missing');
  return parts;
}

export const useApi = (): StationApi => useParts().api;

/** Selects from the station frames; the component renders again only when the selected value changes. */
export const useStation = <Value,>(select: (state: StationState) => Value): Value =>
  useStore(useParts().station, select);

export const useApp = <Value,>(select: (state: AppState) => Value): Value => useStore(useParts().app, select);

/** One chair as it may be drawn now, or null while the station has not named it. */
export function useShownChair(chairId: string): ShownChair | null {
  const live = useStation((state) => state.live);
  const chair = useStation((state) => state.frame?.chairs.find((candidate) => candidate.id === chairId));
  return useMemo(() => (chair ? shown(chair, live) : null), [chair, live]);
}

/** All chairs as they may be drawn now. */
export function useShownChairs(): readonly ShownChair[] {
  const live = useStation((state) => state.live);
  const chairs = useStation((state) => state.frame?.chairs);
  return useMemo(() => (chairs ?? []).map((chair) => shown(chair, live)), [chairs, live]);
}

/** Asks the station who is signed in: it may have signed the person out by itself. */
export async function refreshMe({ api, app }: AppParts): Promise<void> {
  const answer = await api.access.me({});
  if (answer.ok) setMe(app, answer.value);
}
