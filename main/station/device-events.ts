import type { EngineEvent } from '../../core/engine/events.ts';
import type { FromDeviceHost } from '../devices/messages.ts';

type WithoutTime<Event> = Event extends unknown ? Omit<Event, 'at'> : never;

/** An event before the supervisor stamps it: the engine's time is main's own and never goes back. */
export type Unstamped = WithoutTime<EngineEvent>;

/** What a message means to the engine; null: nothing it decides by. */
export function eventOf(message: FromDeviceHost): Unstamped | null {
  switch (message.kind) {
    case 'link':
      return { kind: 'link', device: message.device, state: message.state, detail: message.detail };
    case 'identity':
      return { kind: 'pump-identified', identity: message.identity };
    case 'pump':
      return { kind: 'pump-read', reading: message.reading, afterStop: message.afterStop };
    case 'vitals':
      return { kind: 'vitals', samples: message.samples };
    case 'outcome':
      return { kind: 'outcome', commandId: message.id, outcome: message.outcome };
    case 'guard':
      return { kind: 'guard', reason: message.reason };
    case 'device-alarm':
      return { kind: 'monitor-alarm', alarm: message.code, active: message.active };
    case 'wave':
    case 'discarded':
    case 'alive':
    case 'closed':
      return null;
  }
}
