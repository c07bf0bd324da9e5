import type { AlarmKey } from '../alarm-keys.ts';
import type { AlarmPriority } from '../alarms.ts';
import type { MonitorAlarm } from '../monitor-alarms.ts';
import type { Outcome, PumpIdentity, PumpReading } from '../pump.ts';
import type { Millisecond } from '../units.ts';
import type { VitalSample } from '../vitals.ts';
import type { LinkState, Pause, PauseCause, PersonId, SessionBinding } from './state.ts';
import type { LeftBehind } from './unseen.ts';

/** Everything that can happen at a chair. `at` is monotonic and never goes back. */
export type EngineEvent = { readonly at: Millisecond } & (
  | { readonly kind: 'tick' }
  | { readonly kind: 'link'; readonly device: 'pump' | 'monitor'; readonly state: LinkState; readonly detail: string }
  | { readonly kind: 'pump-identified'; readonly identity: PumpIdentity }
  | {
      readonly kind: 'pump-read';
      readonly reading: PumpReading;
      /** When the newest stop was decided that had gone to the pump before this question did; null: none had. */
      readonly afterStop: Millisecond | null;
    }
  | { readonly kind: 'vitals'; readonly samples: readonly VitalSample[] }
  /** The monitor reports a condition of itself, or that it has gone. */
  | { readonly kind: 'monitor-alarm'; readonly alarm: MonitorAlarm; readonly active: boolean }
  | { readonly kind: 'outcome'; readonly commandId: number; readonly outcome: Outcome }
  /** The intent of a command is durable; nothing of the command has been sent. */
  | { readonly kind: 'written'; readonly commandId: number }
  /** The device process stopped the pump by its own decision, or died (`host-died`). */
  | { readonly kind: 'guard'; readonly reason: string }
  /** Main met an exception or rejection that nobody caught; it is not well again before it is started anew. */
  | { readonly kind: 'fault' }
  | { readonly kind: 'record'; readonly healthy: boolean }
  /** Whether a screen proves at present that its alarm sound leaves the machine. */
  | { readonly kind: 'sound'; readonly proved: boolean }
  /** Whether the drug library is signed, whole and of today. */
  | { readonly kind: 'library'; readonly usable: boolean }
  /** Whether two persons still have to sign for how this station was set up or its record put back. */
  | { readonly kind: 'hold'; readonly held: boolean }
  /** At start-up: what the record knows of runs cut short at this chair, and whether they locked it. */
  | { readonly kind: 'earlier-pauses'; readonly pauses: readonly Pause[]; readonly lockedBy: PauseCause | null }
  /** Highest plasma concentration, in ng/mL, that the models predict from what the pump has reported by now. */
  | { readonly kind: 'prediction'; readonly maxNgPerMl: number }
  | OperatorEvent
);

/**
 * An alarm as a person saw it drawn. One of the same key that was raised anew since then is another, so that it is not
 * answered with it. A null instant stands in recordings of before answers named it: whichever alarm of that key there is.
 */
export interface DrawnAlarm {
  readonly key: AlarmKey;
  readonly raisedAt: Millisecond | null;
  /** What it was drawn with: one that has escalated since then is not answered. Absent: whatever its priority is. */
  readonly priority?: AlarmPriority;
}

/** What a person asks for. Answered by exactly one `answer` effect. */
export type OperatorEvent =
  | { readonly kind: 'plan'; readonly by: PersonId; readonly binding: SessionBinding }
  | { readonly kind: 'check'; readonly by: PersonId }
  | { readonly kind: 'arm'; readonly by: PersonId }
  | {
      readonly kind: 'start';
      readonly by: PersonId;
      /** Who signed beside `by`; a chair that the same pause has locked needs one. */
      readonly second?: PersonId;
    }
  | { readonly kind: 'pause'; readonly by: PersonId; readonly reason: string }
  /** Needs no sign-in: whoever stands at the chair may stop. */
  | { readonly kind: 'stop'; readonly by: PersonId | null; readonly reason: string }
  | {
      readonly kind: 'resume';
      readonly by: PersonId;
      readonly reason: string;
      readonly confirmedRate: number;
      /** Who signed beside `by`; a chair that the same pause has locked needs one. */
      readonly second?: PersonId;
    }
  /** A pump that answers no more was stopped at the pump itself; this person answers for it. */
  | { readonly kind: 'stopped-by-hand'; readonly by: PersonId; readonly reason: string }
  | { readonly kind: 'end'; readonly by: PersonId; readonly reason: string }
  /** Only alarms that were drawn where the person pressed: one raised meanwhile is not answered with the others. */
  | { readonly kind: 'acknowledge'; readonly by: PersonId; readonly alarms: readonly DrawnAlarm[] }
  /** Needs no sign-in, as a stop. Only alarms that were drawn; what comes later sounds through it. */
  | {
      readonly kind: 'audio-pause';
      readonly by: PersonId | null;
      readonly alarms: readonly DrawnAlarm[];
      readonly duration: Millisecond;
    }
  /** At start-up, for a session that was open when the station died. */
  | {
      readonly kind: 'interrupted';
      readonly binding: SessionBinding;
      readonly delivered: number;
      /** Absent where the session never had a pump, and in recordings of before it was kept. */
      readonly left?: LeftBehind;
    };
