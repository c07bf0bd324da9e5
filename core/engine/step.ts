import { condition, raise } from './alarm-book.ts';
import { endAudioPause } from './audio-pause.ts';
import { takeOutcome, takeWritten } from './commands.ts';
import type { Step } from './effects.ts';
import type { EngineEvent } from './events.ts';
import { isRunning } from './facts.ts';
import { takeMonitorAlarm, takeMonitorLink } from './monitor-conditions.ts';
import { operate } from './operator.ts';
import { renewPermit } from './permit.ts';
import { takePrediction } from './predictions.ts';
import { takeIdentity, takePumpLink, takeReading } from './pump-readings.ts';
import type { EngineState, LinkState } from './state.ts';
import { supervise } from './supervise.ts';
import { change, closeTurn, openTurn, type Turn } from './turn.ts';
import { takeSamples } from './vital-samples.ts';

/**
 * The whole of the station's decisions for one chair. Pure and total: the same state and event always give the same
 * step, nothing is thrown, nothing given is changed. First what time alone has changed, then the event, then what it changed.
 */
export function step(state: EngineState, event: EngineEvent): Step<EngineState> {
  const observed = supervise(openTurn(state, event));
  const decided = supervise(take(observed, event));
  // Last of all, so that a permission is renewed only in a step that found nothing wrong.
  return closeTurn(event.kind === 'tick' ? renewPermit(decided) : decided);
}

function take(turn: Turn, event: EngineEvent): Turn {
  switch (event.kind) {
    case 'tick':
      return change(turn, { lastTick: turn.at });
    case 'link':
      return takeLink(event.state === 'up' ? turn : endAudioPause(turn), event.device, event.state);
    case 'pump-identified':
      return takeIdentity(turn, event.identity);
    case 'pump-read':
      return takeReading(turn, event.reading, event.afterStop);
    case 'vitals':
      return takeSamples(turn, event.samples);
    case 'monitor-alarm':
      return takeMonitorAlarm(turn, event.alarm, event.active);
    case 'outcome':
      return takeOutcome(turn, event.commandId, event.outcome);
    case 'written':
      return takeWritten(turn, event.commandId);
    case 'guard':
      // With nothing of ours running there was nothing for the guard to take away.
      return isRunning(turn.state) ? raise(turn, condition('guard-tripped')) : turn;
    case 'fault':
      return change(turn, { faulty: true });
    case 'record':
      return change(turn, { recordHealthy: event.healthy });
    case 'sound':
      return change(turn, { soundProved: event.proved });
    case 'library':
      return change(turn, { libraryUsable: event.usable });
    case 'hold':
      return change(turn, { stationHeld: event.held });
    case 'earlier-pauses':
      return change(turn, { pauses: event.pauses, lockedBy: event.lockedBy });
    case 'prediction':
      return takePrediction(turn, event.maxNgPerMl);
    case 'plan':
    case 'check':
    case 'arm':
    case 'start':
    case 'pause':
    case 'stop':
    case 'resume':
    case 'stopped-by-hand':
    case 'end':
    case 'acknowledge':
    case 'audio-pause':
    case 'interrupted':
      return operate(turn, event);
  }
}

function takeLink(turn: Turn, device: 'pump' | 'monitor', state: LinkState): Turn {
  return device === 'pump' ? takePumpLink(turn, state) : takeMonitorLink(turn, state);
}
