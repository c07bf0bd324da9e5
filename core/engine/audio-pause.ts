import { SECOND } from '../units.ts';
import { isDrawn, put } from './alarm-book.ts';
import type { OperatorEvent } from './events.ts';
import { presentAlarms } from './facts.ts';
import { isCalling } from './sounding.ts';
import { change, emit, type Turn } from './turn.ts';

/** no alarm is kept quiet for longer at a stretch. */
const LONGEST = 120 * SECOND;

/**
 * Quiets the alarms that were drawn where the person pressed. During a pause it quiets what came since, but does not lengthen it, so that
 * presses cannot keep an alarm quiet for ever.
 */
export function pauseAudio(
  turn: Turn,
  { alarms, by, duration }: Extract<OperatorEvent, { kind: 'audio-pause' }>,
): Turn {
  const quieted = presentAlarms(turn.state).filter(([key, alarm]) => isCalling(alarm) && isDrawn(alarms, key, alarm));
  // Stryker disable next-line ConditionalExpression: a pause that quiets nothing is over at the end of its own step.
  if (quieted.length === 0) return turn;
  const until = turn.state.audioPausedUntil ?? turn.at + Math.min(duration, LONGEST);
  return quieted.reduce(
    (next, [key, alarm]) => {
      const { value, limit } = alarm;
      const told = emit(next, { kind: 'alarm', key, change: 'paused', by, value, limit });
      return put(told, key, { ...alarm, silenced: true });
    },
    change(turn, { audioPausedUntil: until as Turn['at'] }),
  );
}

/** Over when its time is, or when none of the alarms it quieted is left. */
export function expireAudioPause(turn: Turn): Turn {
  const { audioPausedUntil } = turn.state;
  // Stryker disable next-line ConditionalExpression: without a pause nothing is silenced, and ending none changes nothing.
  if (audioPausedUntil === null) return turn;
  const isNeeded = presentAlarms(turn.state).some(([, { silenced }]) => silenced);
  return isNeeded && turn.at < audioPausedUntil ? turn : endAudioPause(turn);
}

/** Every alarm that nobody has acknowledged sounds again. */
export function endAudioPause(turn: Turn): Turn {
  return presentAlarms(turn.state).reduce(
    (next, [key, alarm]) => (alarm.silenced ? put(next, key, { ...alarm, silenced: false }) : next),
    change(turn, { audioPausedUntil: null }),
  );
}
