/** How the moments of a session are told. */
export interface FactClock {
  /** e.g. `09:30:05`. */
  time(utc: string): string;
  /** e.g. `2026-11-22 09:30:05 +01:00`. */
  moment(utc: string): string;
  /** e.g. `09:30`. @param at milliseconds since the epoch */
  tick(at: number): string;
  /** What the times are, for headings and axes. */
  readonly label: string;
}

/** Local times of one zone, each moment with its offset. @param timeZone IANA name */
export function zoneClock(timeZone: string): FactClock {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
  });
  const parts = (at: number) =>
    new Map(format.formatToParts(at).map(({ type, value }): [string, string] => [type, value]));
  const join = (from: ReadonlyMap<string, string>, names: readonly string[], separator: string): string =>
    names.map((name) => from.get(name) ?? '').join(separator);
  return {
    label: timeZone,
    time: (utc) => join(parts(Date.parse(utc)), ['hour', 'minute', 'second'], ':'),
    tick: (at) => join(parts(at), ['hour', 'minute'], ':'),
    moment: (utc) => {
      const all = parts(Date.parse(utc));
      const offset = all.get('timeZoneName')?.replace('GMT', '') ?? '';
      const day = join(all, ['year', 'month', 'day'], '-');
      return `${day} ${join(all, ['hour', 'minute', 'second'], ':')} ${offset === '' ? '+00:00' : offset}`;
    },
  };
}

const two = (figure: number): string => String(figure).padStart(2, '0');

/**
 * Times as they have gone by since the session began; of the date no more than the year (45 CFR 164.514(b)(2)): that of
 * the opening, also after New Year, or the change of year would tell the day and the hour.
 */
export function relativeClock(openedAt: string): FactClock {
  const start = Date.parse(openedAt);
  const since = (at: number): string => {
    const seconds = Math.floor(Math.abs(at - start) / 1000);
    // No plus: a spreadsheet would take it for a formula.
    const sign = at < start ? '-' : '';
    return `${sign}${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  };
  return {
    label: 'time since the session was opened',
    time: (utc) => since(Date.parse(utc)),
    tick: (at) => since(at).slice(0, -3),
    moment: (utc) => `${openedAt.slice(0, 4)}, t = ${since(Date.parse(utc))}`,
  };
}

/** Said wherever times are told that the wall clock did not show; empty where it never was put back. */
export function putBackSentence(row: number | null): string {
  if (row === null) return '';
  return (
    `The wall clock of the station was put back at row ${row}: from there on these times are told by its monotonic clock, so ` +
    'that they stay in order. The record holds both clocks as they were.'
  );
}
