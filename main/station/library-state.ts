import type { DrugLibrary } from '../../core/library.ts';
import type { PartState } from './self-test.ts';

/** What the source of the drug library says of it, for the self-test. */
export function libraryState({ version, entries }: DrugLibrary): PartState {
  if (entries.length > 0) return { ok: true, detail: `Drug library ${version}, ${entries.length} entries.` };
  return { ok: false, detail: 'The drug library is empty. Install the program again.' };
}
