import type { SafetyProfile } from '../profile.ts';
import { counterIncrement, mayDeliver, type PumpReading } from '../pump.ts';
import { HOUR, type Microlitre, MINUTE, SECOND } from '../units.ts';
import { isActive, isForeignPump } from './facts.ts';
import type { Deviation, VolumeMark } from './state.ts';
import { changePump, type Turn } from './turn.ts';
import { settleUnseen } from './unseen.ts';

/**
 * How much running (ms) is compared besides the whole session. Of a whole session 5 % is much after an hour, so that a
 * fault that begins then would be found late; from the nearest mark it is found as soon as one that begins at once.
 */
const WINDOW = 10 * MINUTE;
const MARK_EVERY = 30 * SECOND;

type Stretch = Pick<Deviation, 'counted' | 'expected'>;

const NOTHING_COMPARED: VolumeMark = { counted: 0 as Microlitre, expectedRateTime: 0 };

export const NEW_COMPARISON = { compared: NOTHING_COMPARED, marks: [], deviation: null };

/**
 * adds what the pump's counter went up by. Another pump's counter says nothing about this patient.
 */
export function countDelivered(turn: Turn, reading: PumpReading): Turn {
  const { session, pump } = turn.state;
  if (session === null || isForeignPump(turn.state)) return turn;
  if (pump.unseen?.accounting === 'awaited') return settleUnseen(turn, pump.unseen, reading);
  const { counter } = reading;
  const increment = counterIncrement(pump.counterAt ?? counter, counter);
  return changePump(turn, { delivered: (pump.delivered + increment) as Microlitre, counterAt: counter });
}

/**
 * integrates the commanded rate between two delivering read-backs and compares it with what the counter went up
 * by. What flows while a run begins or ends is in neither, so that stops add up no error.
 */
export function compareVolume(turn: Turn, previous: PumpReading | null, reading: PumpReading, increment: number): Turn {
  if (turn.state.phase !== 'infusing' || previous === null || !mayDeliver(reading.state)) return turn;
  const { pump, commandedRate, profile } = turn.state;
  const compared: VolumeMark = {
    counted: (pump.compared.counted + increment) as Microlitre,
    expectedRateTime: pump.compared.expectedRateTime + commandedRate * (reading.at - previous.at),
  };
  const marks = marksOf(pump.marks, compared, commandedRate);
  const found = [NOTHING_COMPARED, ...marks]
    .map((mark) => ({
      counted: compared.counted - mark.counted,
      expected: (compared.expectedRateTime - mark.expectedRateTime) / HOUR,
    }))
    .find((stretch) => deviates(stretch, profile));
  const deviation = found && {
    since: pump.deviation?.since ?? reading.at,
    counted: found.counted,
    expected: Math.floor(found.expected),
  };
  return changePump(turn, { compared, marks, deviation: deviation ?? null });
}

/** A run is over. What was alarmed is for the person who lets the pump run again; from there the comparison begins anew. */
export function endComparison(turn: Turn): Turn {
  return changePump(turn, isActive(turn.state, 'volume-deviation') ? NEW_COMPARISON : { deviation: null });
}

/** Marks of the last minutes of running at `rate`, and one more where the newest is old enough. */
function marksOf(marks: readonly VolumeMark[], compared: VolumeMark, rate: number): readonly VolumeMark[] {
  const behind = (mark: VolumeMark): number => compared.expectedRateTime - mark.expectedRateTime;
  const young = marks.filter((mark) => behind(mark) < rate * WINDOW);
  const isDue = behind(marks.at(-1) ?? NOTHING_COMPARED) >= rate * MARK_EVERY;
  return isDue ? [...young, compared] : young;
}

/** Whether a stretch is off by more than 5 % of what was expected in it, and by more than 0.1 mL. */
function deviates({ counted, expected }: Stretch, { deviationShare, deviationMicrolitres }: SafetyProfile): boolean {
  return Math.abs(counted - expected) > Math.max(expected * deviationShare, deviationMicrolitres);
}
