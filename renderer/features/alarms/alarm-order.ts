import type { AlarmView } from '../../../preload/contract/frames.ts';

const RANK = { high: 0, medium: 1, low: 2 } as const satisfies Record<AlarmView['priority'], number>;

/** Most urgent first: priority, then what nobody has acknowledged, then what is active, then the newest. */
export const byUrgency = (alarms: readonly AlarmView[]): readonly AlarmView[] =>
  alarms.toSorted(
    (a, b) =>
      RANK[a.priority] - RANK[b.priority] ||
      Number(a.acknowledged) - Number(b.acknowledged) ||
      Number(b.active) - Number(a.active) ||
      a.ageMs - b.ageMs,
  );

/** How an alarm shows that it still wants an answer: unacknowledged ones flash or stand out, the others stand still. */
export const alarmLook = (alarm: AlarmView): 'calling' | 'acknowledged' =>
  alarm.acknowledged ? 'acknowledged' : 'calling';
