import { type LoadedLibrary, NO_LIBRARY, SHIPPED } from '../library/signed-library.ts';
import type { StationOptions } from './station-types.ts';

/** The drug library that this station decides by. Nobody has signed the shipped proposal: it meets no patient. */
export function libraryOf({
  library,
  configuration,
}: Pick<StationOptions, 'library' | 'configuration'>): LoadedLibrary {
  return library ?? (configuration.demonstration ? SHIPPED : NO_LIBRARY);
}
