import type { EngineEvent } from '../../core/engine/events.ts';
import type { EngineState } from '../../core/engine/state.ts';

/** What a read-back adds to the volume of the session, judged without the engine's own rules. */
export function counted({ session, pump, boundPump }: EngineState, event: EngineEvent): number {
  if (event.kind !== 'pump-read' || session === null) return 0;
  const { unseen } = pump;
  if (unseen?.accounting === 'awaited') {
    if (pump.identity === null || pump.identity.serial !== unseen.identity?.serial || unseen.counter === null) return 0;
    return event.reading.at < (pump.reading?.at ?? 0) ? 0 : event.reading.counter - unseen.counter;
  }
  if (boundPump !== null && pump.identity !== null && pump.identity.serial !== boundPump.serial) return 0;
  const { counter, at } = event.reading;
  if (pump.reading !== null && at < pump.reading.at) return 0;
  const from = pump.counterAt ?? counter;
  return counter < from ? counter : counter - from;
}
