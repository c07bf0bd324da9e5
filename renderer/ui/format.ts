/** What stands where there is no number. */
export const BLANK = '--';

const THOUSAND = 1000;

/** Thousandths as text with a fixed count of decimals, rounded up: what was given is never understated. */
function ceiled(thousandths: number, decimals: 1 | 2): string {
  const step = decimals === 1 ? 100 : 10;
  return ((Math.ceil(thousandths / step) * step) / THOUSAND).toFixed(decimals);
}

/** Thousandths as text, every digit kept: at least one decimal, never a rounded one. */
function exact(thousandths: number): string {
  const digits = thousandths % 100 === 0 ? 1 : thousandths % 10 === 0 ? 2 : 3;
  return (thousandths / THOUSAND).toFixed(digits);
}

/** Microlitres per hour as mL/h. Not rounded: 26.25 mL/h read back is not 26.2 and not 26.3. */
export const rate = (microlitresPerHour: number | null): string =>
  microlitresPerHour === null ? BLANK : exact(microlitresPerHour);

/** Microlitres as mL with two decimals. */
export const volume = (microlitres: number | null): string => (microlitres === null ? BLANK : ceiled(microlitres, 2));

/** Micrograms as mg with two decimals. */
export const mass = (micrograms: number | null): string => (micrograms === null ? BLANK : ceiled(micrograms, 2));

/** Micrograms per millilitre as mg/mL. */
export const concentration = (microgramsPerMillilitre: number | null): string =>
  microgramsPerMillilitre === null ? BLANK : exact(microgramsPerMillilitre);

/** Age of a value: tenths below ten seconds, whole seconds below two minutes, then minutes and seconds. Rounded up. */
export function age(milliseconds: number | null): string {
  if (milliseconds === null) return BLANK;
  if (milliseconds < 10_000) return `${(Math.ceil(milliseconds / 100) / 10).toFixed(1)} s`;
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 120) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** Length of time as minutes and seconds, for plans and estimates. */
export function duration(milliseconds: number | null): string {
  if (milliseconds === null) return BLANK;
  const seconds = Math.ceil(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${String(seconds % 60).padStart(2, '0')}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}

/** What the parts of such a length of time are. */
export const durationUnit = (milliseconds: number | null): string =>
  milliseconds !== null && milliseconds > 3_599_000 ? 'h:min:s' : 'min:s';

/** A figure of a limit or finding, without trailing zeros. */
export const figure = (value: number): string => String(Math.round(value * THOUSAND) / THOUSAND);

/** Parts of a wall-clock text with zone, taken as written: the browser's own zone never enters. */
export function clock(text: string): { readonly date: string; readonly time: string; readonly zone: string } {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?/.exec(text);
  if (parts === null) return { date: BLANK, time: BLANK, zone: '' };
  const [, date = BLANK, time = BLANK, zone = ''] = parts;
  return { date, time, zone: zone === 'Z' ? 'UTC' : zone };
}
