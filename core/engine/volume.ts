import { mayDeliver, type PumpReading } from '../pump.ts';
import { HOUR, type Microlitre } from '../units.ts';
import { isForeignPump } from './facts.ts';
import { changePump, type Turn } from './turn.ts';

/**
 * adds what the pump's counter went up by. A counter below the last one was cleared or powered up in between:
 * all it shows is new. Another pump's counter says nothing about this patient.
 */
export function countDelivered(turn: Turn, { counter }: PumpReading): Turn {
  const { session, pump } = turn.state;
  if (session === null || isForeignPump(turn.state)) return turn;
  const from = pump.counterAt ?? counter;
  const increment = counter < from ? counter : counter - from;
  return changePump(turn, { delivered: (pump.delivered + increment) as Microlitre, counterAt: counter });
}

/** A run begins: the comparison of goes on from what was really given, so that stops add up no error. */
export function rebaseExpected(turn: Turn): Turn {
  return changePump(turn, { expectedRateTime: turn.state.pump.delivered * HOUR, deviationSince: null });
}

/** integrates the commanded rate between two delivering read-backs and compares it with the counter. */
export function compareVolume(turn: Turn, previous: PumpReading | null, reading: PumpReading): Turn {
  if (turn.state.phase !== 'infusing' || previous === null || !mayDeliver(reading.state)) return turn;
  const { pump, commandedRate, profile } = turn.state;
  const expectedRateTime = pump.expectedRateTime + commandedRate * (reading.at - previous.at);
  const expected = expectedRateTime / HOUR;
  const allowed = Math.max(expected * profile.deviationShare, profile.deviationMicrolitres);
  const deviates = Math.abs(pump.delivered - expected) > allowed;
  return changePump(turn, { expectedRateTime, deviationSince: deviates ? (pump.deviationSince ?? reading.at) : null });
}
