import { sha256 } from '../../db/hash.ts';
import { jcs } from '../../db/jcs.ts';
import type { LoadedLibrary } from '../library/signed-library.ts';
import type { Configuration } from './configuration.ts';

/**
 * What of a configuration decides which device is commanded at which chair, by which limits of whom, and where evidence
 * lies: text by its place in the file. What is left out has no member.
 */
export type HardPart = { readonly [place: string]: string };

type Facts = { readonly [name: string]: string | number | null | undefined };

function under(place: string, facts: Facts): HardPart {
  const given = Object.entries(facts).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [`${place}${name}`, String(value)]));
}

/**
 * A chair's name belongs to it: two names exchanged send a person to the wrong pump. Not in it are people, who count
 * only in a record that has nobody, and the idle time that locks a screen, which the schema keeps to 2 to 5 min.
 * @param inForce the drug library that was loaded: exchanged under the same name it is another one
 */
export function hardPart(
  { stationName, chairs, library, record }: Configuration,
  inForce: Pick<LoadedLibrary, 'library' | 'digest'>,
): HardPart {
  const inChairs = chairs.map(({ name, devices: { chairId, pump, monitor, syringe } }) => {
    const place = `chairs.${chairId}.`;
    return {
      ...under(place, { name }),
      ...under(`${place}pump.`, { ...pump, syringe }),
      ...under(`${place}monitor.`, { ...monitor }),
    };
  });
  return {
    ...under('', { station: stationName }),
    ...Object.assign({}, ...inChairs),
    ...under('library.', { file: library?.file, trustedKeys: library?.trustedKeys.toSorted().join(' ') }),
    // Of a file that cannot be read nothing is known but that.
    ...under('library.', { version: inForce.library.version, digest: inForce.digest || null }),
    ...under('record.', { anchor: record?.anchor, backup: record?.backup }),
  };
}

/** SHA-256, in hex, of the canonical form. */
export const digestOf = (part: HardPart): string => sha256(jcs(part)).toString('hex');

const shown = (value: string | undefined): string => value ?? 'nothing';

/** One line for each place that says something else: its place, what was there and what is there now. */
export function differences(before: HardPart, now: HardPart): readonly string[] {
  const places = [...new Set([...Object.keys(before), ...Object.keys(now)])].toSorted();
  return places
    .filter((place) => before[place] !== now[place])
    .map((place) => `${place}: ${shown(before[place])} -> ${shown(now[place])}`);
}
