import type { GroupHandlers } from './handler.ts';

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
};
