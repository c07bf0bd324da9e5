import type { HoldRow } from '../../db/hold-rows.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { acceptedIn, configurationHold } from './configuration-hold.ts';
import { StationHolds } from './holds.ts';
import { restoreHolds } from './restore-hold.ts';

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
  const changed = judged ? configurationHold(configuration, accepted) : null;
  return new StationHolds([...restoreHolds(rows), ...(changed === null ? [] : [changed])], awaitsFirst);
}
