/** How the moments of a session are told. */
export interface FactClock {
  /** e.g. `09:30:05`; in full where the day or the offset is not that of the opening. */
  time(utc: string): string;
  /** e.g. `2026-11-22 09:30:05 +01:00`. */
  moment(utc: string): string;
  /** e.g. `09:30`, with the offset where it is not that of the opening. @param at milliseconds since the epoch */
  tick(at: number): string;
  /** From here on, in milliseconds since the epoch, every whole minute and hour is told by a round figure. */
  readonly zero: number;
  /** What the times are, for headings and axes. */
  readonly label: string;
}

/** Local times of one zone, each moment with its offset. @param timeZone IANA name @param openedAt of the session */
export function zoneClock(timeZone: string, openedAt: string): FactClock {
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
  const told = (at: number) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }): [string, string] => [type, value]));
    const join = (names: readonly string[], separator: string): string =>
      names.map((name) => parts.get(name) ?? '').join(separator);
    const offset = parts.get('timeZoneName')?.replace('GMT', '') ?? '';
    return {
      day: join(['year', 'month', 'day'], '-'),
      minute: join(['hour', 'minute'], ':'),
      time: join(['hour', 'minute', 'second'], ':'),
      offset: offset === '' ? '+00:00' : offset,
    };
  };
  const opened = told(Date.parse(openedAt));
  const full = ({ day, time, offset }: ReturnType<typeof told>): string => `${day} ${time} ${offset}`;
  return {
    zero: -offsetMs(opened.offset),
    label: `${timeZone}, ${opened.offset} where nothing else is said`,
    time: (utc) => {
      const moment = told(Date.parse(utc));
      return moment.day === opened.day && moment.offset === opened.offset ? moment.time : full(moment);
    },
    tick: (at) => {
      const { minute, offset } = told(at);
      return offset === opened.offset ? minute : `${minute} ${offset}`;
    },
    moment: (utc) => full(told(Date.parse(utc))),
  };
}

/** @param offset as in `+01:00` */
function offsetMs(offset: string): number {
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
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
    zero: start,
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
