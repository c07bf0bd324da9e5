import { alarmKey } from '../alarm-keys.ts';
import type { MonitorAlarm } from '../monitor-alarms.ts';
import { type Condition, condition } from './alarm-book.ts';
import { isControlled } from './facts.ts';
import type { EngineState, LinkState } from './state.ts';
import { change, type Turn } from './turn.ts';

/** What the monitor says of itself stands until it says otherwise, or until its line does not carry its word any more. */
export function takeMonitorAlarm(turn: Turn, alarm: MonitorAlarm, active: boolean): Turn {
  const others = turn.state.monitorAlarms.filter((other) => other !== alarm);
  return change(turn, { monitorAlarms: active ? [...others, alarm] : others });
}

export function takeMonitorLink(turn: Turn, monitorLink: LinkState): Turn {
  return change(turn, monitorLink === 'up' ? { monitorLink } : { monitorLink, monitorAlarms: [] });
}

/** before the bedside checks nobody need be connected, and afterwards a patient may go. */
export function monitorConditions(state: EngineState): readonly Condition[] {
  const isWatched = state.phase === 'checked' || isControlled(state);
  return isWatched ? state.monitorAlarms.map((alarm) => condition(alarmKey('monitor-alarm', alarm))) : [];
}
