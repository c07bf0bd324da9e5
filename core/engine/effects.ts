import type { AlarmKey } from '../alarm-keys.ts';
import type { Microlitre, MicrolitrePerHour, Millisecond } from '../units.ts';
import type { PersonId, Phase } from './state.ts';

/** Why an operator's request was not carried out. The screen has one sentence for each. */
export type RefusalCode =
  | 'wrong-phase'
  | 'no-pump'
  | 'no-monitor'
  | 'wrong-pump'
  | 'pump-not-stopped'
  | 'no-vitals'
  | 'vitals-not-steady'
  | 'alarm-not-acknowledged'
  | 'alarm-active'
  | 'command-pending'
  | 'outcome-unknown'
  | 'reason-missing'
  | 'rate-not-confirmed'
  | 'second-person-needed'
  | 'dose-reached'
  | 'sound-not-proved'
  | 'library-unusable'
  | 'station-held'
  | 'prediction-ceiling'
  | 'record-failed';

/** What the world has to do, in order. `stop` goes ahead of everything and waits for nothing. */
export type Effect =
  /** Sent before any command that needs it and renewed while all is well. Ceilings are absolute pump figures. */
  | {
      readonly kind: 'permit';
      readonly epoch: number;
      readonly ceilingRate: MicrolitrePerHour;
      /** Highest pump counter at which the pump may still run. */
      readonly ceilingCounter: Microlitre;
      readonly lifetime: Millisecond;
    }
  | { readonly kind: 'stop'; readonly reason: string }
  /** Rate and volume limit for the next start. The intent is durable before bytes leave. */
  | { readonly kind: 'program'; readonly id: number; readonly rate: MicrolitrePerHour; readonly volume: Microlitre }
  | { readonly kind: 'start'; readonly id: number }
  /** The command whose intent was written goes out, now. */
  | { readonly kind: 'send'; readonly id: number }
  /** The command under way is not sent, or leads to nothing: a requirement of a start is not met any more. */
  | { readonly kind: 'withdrawn'; readonly id: number; readonly code: RefusalCode; readonly detail: string }
  | {
      readonly kind: 'alarm';
      readonly key: AlarmKey;
      readonly change: 'raised' | 'escalated' | 'paused' | 'acknowledged' | 'cleared';
      readonly by: PersonId | null;
      readonly value: number | null;
      readonly limit: number | null;
    }
  | {
      readonly kind: 'phase';
      readonly from: Phase;
      readonly to: Phase;
      readonly reason: string;
      readonly by: PersonId | null;
    }
  | { readonly kind: 'answer'; readonly accepted: true }
  | { readonly kind: 'answer'; readonly accepted: false; readonly code: RefusalCode; readonly detail: string };

export interface Step<State> {
  readonly state: State;
  readonly effects: readonly Effect[];
}
