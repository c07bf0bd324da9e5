import { ALARMS } from '../../../core/alarms.ts';

/** Figures of rows that tell of the infusion and of nobody. Every other figure is left out. */
const NUMBERS: ReadonlySet<string> = new Set([
  'rateUlPerH',
  'volumeUl',
  'deliveredUl',
  'deliveredUg',
  'doseUg',
  'doseCeilingUg',
  'concentrationUgPerMl',
  'weightG',
  'durationMs',
  'runningTimeMs',
  'value',
  'limit',
  'sent',
  'events',
  'bytes',
]);

/** Words that can be said, and by which member. A word that is not listed could be anything, so it is left out. */
const WORDS: Readonly<Record<string, ReadonlySet<string>>> = {
  id: new Set(Object.keys(ALARMS)),
  phase: new Set(['idle', 'planned', 'checked', 'armed', 'infusing', 'paused', 'ended', 'interrupted']),
  state: new Set(
    'infusing waiting purging withdrawing paused stopped alarm unknown up down wrong-device ended interrupted'.split(
      ' ',
    ),
  ),
  device: new Set(['pump', 'monitor']),
};

/** The figures of a row without anything that could lead to a person, a device or another row. */
export function harmless(figures: unknown): Readonly<Record<string, unknown>> {
  if (typeof figures !== 'object' || figures === null) return {};
  return Object.fromEntries(
    Object.entries(figures).filter(
      ([name, value]) =>
        (typeof value === 'number' && NUMBERS.has(name)) ||
        (typeof value === 'string' && WORDS[name]?.has(value) === true),
    ),
  );
}
