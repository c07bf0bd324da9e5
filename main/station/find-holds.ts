import type { HoldRow } from '../../db/hold-rows.ts';
import { hardPart } from '../configuration/hard-part.ts';
import { acceptedIn, configurationHold } from './configuration-hold.ts';
import { StationHolds } from './holds.ts';
import { restoreHolds } from './restore-hold.ts';
import { libraryOf } from './station-library.ts';
import type { StationOptions } from './station-types.ts';

/** What the record knows of itself before anybody of this start is in it. */
interface RecordFacts {
  readonly rows: readonly HoldRow[];
  /** Neither people nor a session: nothing that somebody could have taken an acceptance out of. */
  readonly isNew: boolean;
}

/**
 * What the record and the configuration give two persons to sign at this start. Only whoever founds a new record by
 * enrolling accepts the configuration with it: people whom the file itself brings vouch for nothing. The ports of a
 * demonstration are made anew at each start and lead to no patient, so its configuration is nobody's to accept.
 */
export function findHolds(
  options: Pick<StationOptions, 'configuration' | 'library'>,
  { rows, isNew }: RecordFacts,
): StationHolds {
  const { configuration } = options;
  const hard = hardPart(configuration, libraryOf(options));
  const accepted = acceptedIn(rows);
  const isFounded = isNew && accepted === null && configuration.people.length === 0;
  const isJudged = !configuration.demonstration && !isFounded;
  const changed = isJudged ? configurationHold(hard, accepted) : null;
  const awaitsFounding = isFounded && !configuration.demonstration ? hard : null;
  return new StationHolds([...restoreHolds(rows), ...(changed === null ? [] : [changed])], awaitsFounding);
}
