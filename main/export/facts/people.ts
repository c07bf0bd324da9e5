import type { SessionFacts } from './session-facts.ts';

/** Name of a person as the station knew it on the day of the export; the id where it knew none, empty for nobody. */
export function personIn({ context }: Pick<SessionFacts, 'context'>, id: string | null | undefined): string {
  if (id === null || id === undefined) return '';
  return context.people.find((person) => person.id === id)?.name ?? id;
}

/** Name and id, as a signature has them. */
export function fullName(facts: Pick<SessionFacts, 'context'>, id: string | null | undefined): string {
  const name = personIn(facts, id);
  return name === (id ?? '') ? name : `${name} (${String(id)})`;
}
