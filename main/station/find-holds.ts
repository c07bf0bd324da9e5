import type { HoldRow } from '../../db/hold-rows.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { acceptedIn, configurationHold } from './configuration-hold.ts';
import { type Hold, StationHolds } from './holds.ts';

/**
 * What the record and the configuration give two persons to sign at this start. The ports of a demonstration are made
 * anew at each start and lead to no patient, so its configuration is nobody's to accept.
 */
export function findHolds(
  configuration: Configuration,
  rows: readonly HoldRow[],
  needsEnrolment: boolean,
): StationHolds {
  const accepted = acceptedIn(rows);
  const awaitsFirst = accepted === null && needsEnrolment && !configuration.demonstration;
  const judged = !configuration.demonstration && !awaitsFirst;
  const found: readonly (Hold | null)[] = [judged ? configurationHold(configuration, accepted) : null];
  return new StationHolds(
    found.filter((hold) => hold !== null),
    awaitsFirst,
  );
}
