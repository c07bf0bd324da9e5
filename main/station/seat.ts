import { topics } from '../../preload/contract/contract.ts';
import { checkRight, dispatch, noteDenied, refuse } from './dispatch.ts';
import { newSeat, standUp, whoActs } from './sitting.ts';
import { StampCheck } from './stamp-check.ts';
import type { Call, StationContext } from './station-context.ts';
import type { Seat } from './station-types.ts';
import type { StationTopics } from './station-topics.ts';
import { topicView } from './topic-view.ts';

/** One window or socket: who is signed in there, and what it listens to. Closing it never touches an infusion. */
export function openSeat(station: StationContext, stationTopics: StationTopics): Seat {
  const seat = newSeat();
  const at = { station, seat };
  const callNow = (): Call => ({ ...at, person: whoActs(at) });
  const subscriptions = new Set<() => void>();
  const stamps = new StampCheck();
  return {
    call: async (leaf, input, stamp) => {
      const refused = stamp === undefined ? null : stamps.refusal(leaf, input, stamp, station);
      if (refused !== null) noteDenied({ leaf }, refused.code, callNow());
      return refused ?? dispatch(leaf, input, at);
    },

    subscribe: (name, listener) => {
      if (!Object.hasOwn(topics, name)) return refuse('UNKNOWN_TOPIC', `The station has no topic "${name}".`);
      const { right } = topics[name];
      const call = callNow();
      const what = `subscribe ${name}`;
      const refused = checkRight(what, right, call);
      if (refused !== null) {
        noteDenied({ leaf: what }, refused.code, call);
        return refused;
      }
      const end = stationTopics.subscribe(name, listener, topicView(name, at));
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
      standUp(at, 'seat closed');
      station.soundWatch.leave(seat);
    },
  };
}
