import { type LoadedLibrary, SHIPPED } from '../library/signed-library.ts';
import type { StationOptions } from './station-types.ts';

/** The drug library that this station decides by: the one of its configuration, else the shipped proposal. */
export const libraryOf = ({ library }: Pick<StationOptions, 'library'>): LoadedLibrary => library ?? SHIPPED;
