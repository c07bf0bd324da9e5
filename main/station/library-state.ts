import { libraryProblem, type LoadedLibrary } from '../library/signed-library.ts';
import type { PartState } from './self-test.ts';

/** What the drug library says of itself on this day, for the self-test. */
export function libraryState(loaded: LoadedLibrary, now: Date): PartState {
  const problem = libraryProblem(loaded, now);
  if (problem !== null) return { ok: false, detail: problem };
  const { version, entries, proposal } = loaded.library;
  const vouched = proposal ? 'a proposal that nobody has approved' : `signed by ${loaded.approvedBy.join(' and ')}`;
  return { ok: true, detail: `Drug library ${version}, ${entries.length} entries, ${vouched}.` };
}
