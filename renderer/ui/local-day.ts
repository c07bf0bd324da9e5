const DAY_MS = 86_400_000;

/** Noon of the day in UTC, or NaN for a text that is no day (`2026-11-01`). */
function noonOf(day: string): number {
  const noon = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T12:00:00Z`) : Number.NaN;
  return !Number.isNaN(noon) && new Date(noon).toISOString().startsWith(day) ? noon : Number.NaN;
}

export const isDay = (day: string): boolean => !Number.isNaN(noonOf(day));

/** The day after; empty for what is no day. */
export function dayAfter(day: string): string {
  return isDay(day) ? new Date(noonOf(day) + DAY_MS).toISOString().slice(0, 10) : '';
}

/** Offset of the zone at that instant, e.g. `+01:00`. */
function offsetAt(instant: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' }).formatToParts(instant);
  return parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', '') || '+00:00';
}

const dateAt = (instant: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone }).format(instant);

/**
 * The instant at which a day begins at the station, as text with the offset that holds then. Where the clocks change at
 * midnight itself, the first moment that has the day's date. Null for what is no day.
 * @param timeZone IANA zone of the station, whatever the zone of this browser is
 */
export function beginOfDay(day: string, timeZone: string): string | null {
  if (!isDay(day)) return null;
  const noon = noonOf(day);
  const begins = [-DAY_MS, DAY_MS]
    .map((aside) => `${day}T00:00:00${offsetAt(noon + aside, timeZone)}`)
    .toSorted((one, other) => Date.parse(one) - Date.parse(other));
  // Before and after a change of the clocks the offsets differ, and only one of both is that of the day's begin.
  return begins.find((text) => dateAt(Date.parse(text), timeZone) >= day) ?? null;
}
