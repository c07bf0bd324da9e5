import { topics } from '../../preload/contract/contract.ts';
import { checkRight, dispatch, refuse } from './dispatch.ts';
import { StampCheck } from './stamp-check.ts';
import type { SeatPerson, StationContext } from './station-context.ts';
import type { Seat } from './station-types.ts';
import type { StationTopics } from './station-topics.ts';

/** One window or socket: who is signed in there, and what it listens to. Closing it never touches an infusion. */
export function openSeat(station: StationContext, stationTopics: StationTopics): Seat {
  const seat: SeatPerson = { person: null };
  const subscriptions = new Set<() => void>();
  const stamps = new StampCheck();
  const noteRefused = (leaf: string, reason: string): void =>
    station.journal.note('access.denied', { by: seat.person?.id ?? null, outcome: 'denied', reason, new: { leaf } });
  return {
    call: async (leaf, input, stamp) => {
      const refused = stamp === undefined ? null : stamps.refusal(leaf, input, stamp, station);
      if (refused !== null) noteRefused(leaf, refused.code);
      return refused ?? dispatch(leaf, input, { station, seat });
    },

    subscribe: (name, listener) => {
      if (!Object.hasOwn(topics, name)) return refuse('UNKNOWN_TOPIC', `The station has no topic "${name}".`);
      const { right } = topics[name];
      const refused = checkRight(right, { seat });
      if (refused !== null) return refused;
      const end = stationTopics.subscribe(name, listener, () => checkRight(right, { seat }) === null);
      subscriptions.add(end);
      const unsubscribe = () => {
        end();
        subscriptions.delete(end);
      };
      return { ok: true, value: unsubscribe };
    },

    close: () => {
      for (const end of subscriptions) end();
      subscriptions.clear();
      if (seat.person !== null) station.journal.note('access.sign-out', { by: seat.person.id, reason: 'seat closed' });
      seat.person = null;
      station.soundWatch.leave(seat);
    },
  };
}
