import { isSounding } from '../../../core/engine/sounding.ts';
import type { AlarmView } from '../../../preload/contract/frames.ts';
import { byUrgency } from './alarm-order.ts';

/**
 * What of the alarms of a chair is drawn: the most urgent, and beside it `beside` others, first those that still want an
 * answer. A press answers only these, so that each press uncovers the next.
 */
export function drawnAlarms(alarms: readonly AlarmView[], beside: number): readonly AlarmView[] {
  const [top, ...others] = byUrgency(alarms);
  if (top === undefined) return [];
  const next = others.toSorted(
    (one, other) =>
      Number(isSounding(other)) - Number(isSounding(one)) || Number(one.acknowledged) - Number(other.acknowledged),
  );
  return [top, ...next.slice(0, beside)];
}

/** How a press names an alarm that was drawn: raised anew since then it is another. */
export const asDrawn = ({ key, raisedAtMs }: AlarmView) => ({ key, raisedAtMs });

/** Quieting names the priority, too: one that has escalated since then goes on sounding. */
export const asHeard = ({ key, raisedAtMs, priority }: AlarmView) => ({ key, raisedAtMs, priority });
