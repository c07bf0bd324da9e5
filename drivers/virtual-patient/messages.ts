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

/** One cable of a chair (`chair` counts from 0): the station's port at one end, a device at the other. */
export interface Cable {
  readonly chair: number;
  readonly device: 'pump' | 'monitor';
}

/** `elsewhere`: in another port than the configured one. */
export type PlugPosition = 'in' | 'out' | 'elsewhere';

/** Parent -> demonstration process (over the fork's channel). `chair` counts from 0. */
export type ToDemonstration =
  | { readonly kind: 'scenario'; readonly chair: number; readonly scenario: Scenario }
  | { readonly kind: 'fault'; readonly chair: number; readonly device: 'pump' | 'monitor'; readonly fault: Fault }
  /** Fixes the signs; null gives them back to the patient model. */
  | { readonly kind: 'signs'; readonly chair: number; readonly signs: PatientSigns | null }
  | { readonly kind: 'cable'; readonly cable: Cable; readonly position: PlugPosition }
  /** Both cables are pulled and put into each other's device; a second time undoes it. */
  | { readonly kind: 'exchange'; readonly one: Cable; readonly other: Cable }
  | { readonly kind: 'truth'; readonly chair: number; readonly request: number };

/** Demonstration process -> parent. Ports are in the configuration's form: `serial:PATH` or `tcp:HOST:PORT`. */
export type FromDemonstration =
  | { readonly kind: 'ready'; readonly chairs: readonly { readonly pump: string; readonly monitor: string }[] }
  | {
      readonly kind: 'truth';
      readonly request: number;
      /** Monotonic time of the machine, in milliseconds. */
      readonly at: number;
      /** The chair's own pump, whichever port its cable leads to. */
      readonly deliveredMicrolitres: number;
      readonly rateMicrolitresPerHour: number;
      readonly delivering: boolean;
      /** What the patient's signs are now; the monitor shows them a little later. */
      readonly signs: PatientSigns;
    };
