import type { Role } from '../../../preload/contract/leaf.ts';
import type { Hold } from '../holds.ts';
import { Refusal } from '../refusals.ts';
import type { Call } from '../station-context.ts';
import type { GroupHandlers } from './handler.ts';
import { signTogether } from './sign-together.ts';

/** Who may sign beside an administrator for the station as a whole. */
const SECOND_ROLES: readonly Role[] = ['supervisor', 'administrator'];

export const station: GroupHandlers<'station'> = {
  info: (_input, { station: { options, library, profile } }) => ({
    version: options.version,
    demonstration: options.configuration.demonstration,
    host: options.host,
    libraryVersion: library.version,
    libraryIsProposal: library.proposal,
    profileVersion: profile.version,
    profileIsProposal: profile.proposal,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  }),

  liftHold: async ({ holdId, ...signatures }, call) => {
    const { holds, journal } = call.station;
    openHold(holdId, call);
    const { by, second } = await signTogether(signatures, SECOND_ROLES, call);
    await holds.lift(openHold(holdId, call), by, second, journal);
    return {};
  },
};

function openHold(holdId: string, { station }: Call): Hold {
  const hold = station.holds.find(holdId);
  if (hold === null) throw new Refusal('NOT_HELD', 'Nothing of this kind waits for signatures. Read the screen again.');
  return hold;
}
