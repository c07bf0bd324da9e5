const two = (figure: number): string => String(figure).padStart(2, '0');

/** ISO 8601 in the machine's zone with its offset, e.g. `2026-11-22T09:30:00.000+01:00`. For display only. */
export function withZone(date: Date): string {
  const east = -date.getTimezoneOffset();
  const size = Math.abs(east);
  const local = new Date(date.getTime() + east * 60_000).toISOString().slice(0, -1);
  return `${local}${east < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
