import type { EmergencyRecord } from '../../access/access-record.ts';
import { Emergencies, EMERGENCY_MS } from '../../access/emergencies.ts';
import { isSamePerson } from '../../access/same-person.ts';
import { Denial, Refusal } from '../refusals.ts';
import { type Call, personOf } from '../station-context.ts';
import { changeAccess } from './change-access.ts';
import type { GroupHandlers } from './handler.ts';

/**
 * Break-glass. It is for people of this station who have proven who they are: whoever has not, needs no right for what
 * an emergency asks first (STOP, silencing, the signs), and must not start a drug.
 */
export const emergency: GroupHandlers<'emergency'> = {
  begin: async (_input, call) => {
    const { id, role } = personOf(call);
    const { emergencies, journal } = call.station;
    requireNone(call);
    if (role === 'clinician') throw new Refusal('NOT_NEEDED', 'You are a clinician. You have these rights already.');
    const record = Emergencies.newRecord(id);
    await changeAccess(call, () => {
      requireNone(call);
      const facts = { what: 'emergency access begun', emergency: record.id };
      return { facts, update: { emergencies: [record] }, after: () => emergencies.begin(record) };
    });
    // For the record alone; the right itself ends by the clock.
    setTimeout(() => {
      if (emergencies.of(id) !== null) return;
      const reasonMissing = recordOf(record.id, call).reason === null;
      journal.note('emergency.over', { by: id, new: { emergency: record.id, reasonMissing } });
    }, EMERGENCY_MS + 1000).unref();
    return { id: record.id, leftMs: EMERGENCY_MS, reasonGiven: false };
  },

  end: async (_input, call) => {
    const { id } = personOf(call);
    const { emergencies } = call.station;
    const lasting = emergencies.of(id);
    if (lasting === null) throw new Refusal('NO_EMERGENCY', 'You have no emergency access now.');
    emergencies.end(id);
    await changeAccess(call, () => {
      const record = { ...recordOf(lasting.id, call), endedAt: new Date().toISOString() };
      const facts = { what: 'emergency access ended', emergency: record.id };
      return { facts, update: { emergencies: [record] } };
    });
    return {};
  },

  reason: async ({ emergencyId, reason }, call) => {
    await changeAccess(call, () => {
      const before = recordOf(emergencyId, call);
      if (before.personId !== personOf(call).id) {
        throw new Denial('NOT_ALLOWED', 'The reason is given by the person who had the emergency access.');
      }
      if (before.reason !== null) throw new Refusal('REASON_GIVEN', 'The reason has been given and stays as it is.');
      const late = call.station.emergencies.isReasonLate(before);
      const record = { ...before, reason, reasonGivenAt: new Date().toISOString(), reasonLate: late };
      const facts = { what: 'reason of the emergency access', emergency: emergencyId, late };
      return { facts, update: { emergencies: [record] }, reason };
    });
    return {};
  },

  list: (_input, { station: { book, emergencies } }) =>
    book.emergencies.toReversed().map((record) => ({
      id: record.id,
      person: book.find(record.personId)?.name ?? record.personId,
      startedAt: record.startedAt,
      endedAt: emergencies.endOf(record),
      reason: record.reason,
      reasonLate: emergencies.isReasonLate(record),
      review: record.review && { ...record.review, by: book.find(record.review.by)?.name ?? record.review.by },
    })),

  review: async ({ emergencyId, justified, finding }, call) => {
    await changeAccess(call, () => {
      const before = recordOf(emergencyId, call);
      if (isOwn(before, call)) throw new Denial('SECOND_PERSON_NEEDED', 'Another supervisor has to review this.');
      if (before.review !== null) throw new Refusal('REVIEWED', 'This has been reviewed, and the review stays.');
      if (call.station.emergencies.of(before.personId)?.id === emergencyId) {
        throw new Refusal('EMERGENCY_LASTS', 'This emergency access still lasts. Review it when it is over.');
      }
      if (before.reason === null && !call.station.emergencies.isReasonLate(before)) {
        throw new Refusal('REASON_PENDING', 'The reason is still due. Review it with the reason, or after the hour.');
      }
      const review = { by: personOf(call).id, at: new Date().toISOString(), justified, finding };
      const facts = { what: 'emergency access reviewed', emergency: emergencyId, justified };
      return { facts, update: { emergencies: [{ ...before, review }] }, reason: finding };
    });
    return {};
  },
};

function requireNone(call: Call): void {
  if (call.station.emergencies.of(personOf(call).id) === null) return;
  throw new Refusal('EMERGENCY_LASTS', 'Your emergency access lasts already.');
}

/** Also where the person has come back under another id. */
function isOwn({ personId }: EmergencyRecord, call: Call): boolean {
  const person = call.station.book.find(personId);
  return person !== null && isSamePerson(person, personOf(call));
}

function recordOf(id: string, { station }: Call): EmergencyRecord {
  const record = station.book.emergencies.find((emergency) => emergency.id === id);
  if (record === undefined) throw new Refusal('UNKNOWN_EMERGENCY', 'The record has no such emergency access.');
  return record;
}
