/** What nobody sees on a screen or on paper: joiners, marks of direction, soft hyphens, fillers, control characters. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/gu;

/** A name as it is read: two that look the same, in whatever case, width or spacing, have one key. */
export function nameKey(name: string): string {
  const read = name.normalize('NFKC').replaceAll(/\s+/gu, ' ').replaceAll(INVISIBLE, '');
  // Up and down again folds what has no single small letter (a sharp s, a final sigma).
  return read.toUpperCase().toLowerCase().normalize('NFKC').replaceAll(/ +/g, ' ').trim();
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** One person, also under two ids: somebody who was enrolled twice must not be two persons in an act that takes two. */
export function isSamePerson(one: Named, other: Named): boolean {
  return one.id === other.id || nameKey(one.name) === nameKey(other.name);
}
