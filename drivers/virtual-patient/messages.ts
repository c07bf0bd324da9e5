import type { Fault, PatientSigns } from '../kit/simulator.ts';

/** What the demonstration can do to a chair; the same names as in the contract. */
export type Scenario =
  | 'recover'
  | 'desaturate'
  | 'apnoea'
  | 'bradycardia'
  | 'finger-off'
  | 'monitor-unplug'
  | 'pump-unplug'
  | 'pump-stall'
  | 'pump-silent'
  | 'garbage';

/** Parent -> demonstration process (over the fork's channel). `chair` counts from 0. */
export type ToDemonstration =
  | { readonly kind: 'scenario'; readonly chair: number; readonly scenario: Scenario }
  | { readonly kind: 'fault'; readonly chair: number; readonly device: 'pump' | 'monitor'; readonly fault: Fault }
  /** Fixes the signs; null gives them back to the patient model. */
  | { readonly kind: 'signs'; readonly chair: number; readonly signs: PatientSigns | null }
  | { readonly kind: 'truth'; readonly chair: number; readonly request: number };

/** Demonstration process -> parent. Ports are in the configuration's form: `serial:PATH` or `tcp:HOST:PORT`. */
export type FromDemonstration =
  | { readonly kind: 'ready'; readonly chairs: readonly { readonly pump: string; readonly monitor: string }[] }
  | {
      readonly kind: 'truth';
      readonly request: number;
      readonly deliveredMicrolitres: number;
      readonly rateMicrolitresPerHour: number;
      readonly delivering: boolean;
    };
