import { kindOfStored } from '../../access/pin.ts';
import { secretKindOf } from '../../access/secret-policy.ts';
import { lockAfterMs, lockSeat, noteUse } from '../sitting.ts';
import type { Call } from '../station-context.ts';
import type { GroupHandlers } from './handler.ts';

export const seat: GroupHandlers<'seat'> = {
  state: (_input, call) => ({
    lockedBy: call.seat.locked ? call.seat.person : null,
    lockAfterMs: lockAfterMs(call),
    emergency: ownEmergency(call),
    needsPassword: needsPassword(call),
    mustChangeSecret: call.person !== null && call.station.book.owesSecret(call.person.id),
  }),

  lock: (_input, call) => {
    lockSeat(call, 'by hand');
    return {};
  },

  stillHere: (_input, call) => {
    noteUse(call);
    return {};
  },
};

function ownEmergency({ station, person }: Call) {
  const duty = person === null ? null : station.emergencies.ownDuty(person.id);
  if (person === null || duty === null) return null;
  const lasting = station.emergencies.of(person.id);
  const leftMs = lasting?.id === duty.id ? lasting.leftMs : 0;
  return { id: duty.id, leftMs, reasonGiven: duty.reason !== null };
}

function needsPassword({ station, person }: Call): boolean {
  const record = person === null ? null : station.book.find(person.id);
  return record !== null && secretKindOf(record.role) === 'password' && kindOfStored(record.secret) === 'pin';
}
