import { SUBJECT_NAMES } from '../../../core/alarm-keys.ts';
import { ALARMS } from '../../../core/alarms.ts';
import { SEDATION_LEVELS } from '../../../core/sedation.ts';
import { SHIPPED_LIBRARY } from '../../../core/shipped-library.ts';

/** Stands where something was that is not told. */
export const WITHHELD = 'withheld';

/** Figures of rows that tell of the infusion and of nobody. Every other figure is left out. */
const NUMBERS: ReadonlySet<string> = new Set([
  'rateUlPerH',
  'volumeUl',
  'deliveredUl',
  'deliveredUg',
  'countedUg',
  'counterUl',
  'lastCounterUl',
  'unseenUl',
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
  'massUg',
  'openedUg',
  'afterAdditionUl',
  'containers',
  'containerVolumeUl',
  'containerConcentrationUgPerMl',
  'confirmedRateUlPerH',
  'seconds',
  'takenAgoMs',
  'stepMs',
]);

/** Words that can be said, and by which member. A word that is not listed could be anything, so it is left out. */
const WORDS: Readonly<Record<string, ReadonlySet<string>>> = {
  id: new Set(Object.keys(ALARMS)),
  subject: new Set(SUBJECT_NAMES),
  phase: new Set(['idle', 'planned', 'checked', 'armed', 'infusing', 'paused', 'ended', 'interrupted']),
  state: new Set(
    'infusing waiting purging withdrawing paused stopped alarm unknown up down wrong-device ended interrupted'.split(
      ' ',
    ),
  ),
  accounting: new Set(['awaited', 'counted', 'lost']),
  device: new Set(['pump', 'monitor']),
  meaning: new Set(['review', 'approval', 'responsibility']),
  from: new Set(['syringe', 'container']),
  scale: new Set([SEDATION_LEVELS.id]),
  drug: new Set(SHIPPED_LIBRARY.entries.map(({ drug }) => drug)),
};

/** A reading in words, as the station makes it from figures. */
const READING = /^(?:NIBP \d{1,3}\/\d{1,3} mmHg|MOAA\/S \(0 to 5\) [0-5])$/;

/** Members of which readers should see that something stood there. */
const TOLD: ReadonlySet<string> = new Set(
  'text lot ndc expiry manner witness witnessName name model firmware drug what'.split(' '),
);

function harmlessWord(name: string, value: string): string | null {
  if (WORDS[name]?.has(value) === true || (name === 'what' && READING.test(value))) return value;
  return TOLD.has(name) ? WITHHELD : null;
}

/** The figures of a row without anything that could lead to a person, a device or another row. */
export function harmless(figures: unknown): Readonly<Record<string, number | string>> {
  if (typeof figures !== 'object' || figures === null) return {};
  return Object.fromEntries(
    Object.entries(figures).flatMap(([name, value]): [string, number | string][] => {
      if (typeof value === 'number' && NUMBERS.has(name)) return [[name, value]];
      const word = typeof value === 'string' ? harmlessWord(name, value) : null;
      return word === null ? [] : [[name, word]];
    }),
  );
}
