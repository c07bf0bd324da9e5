import type { Microlitre, MicrolitrePerHour, Millisecond } from './units.ts';

/**
 * What the pump itself says it is doing. `waiting` covers timed-pause and trigger states in which a program still
 * runs and may deliver without another command, so it counts as delivering.
 */
export type PumpState = 'infusing' | 'waiting' | 'purging' | 'withdrawing' | 'paused' | 'stopped' | 'alarm';

/** A pump in an alarm state has stopped its motor; every other state but paused and stopped may move drug. */
export function mayDeliver(state: PumpState): boolean {
  return state !== 'paused' && state !== 'stopped' && state !== 'alarm';
}

/** What a pump reports of itself, in words. */
export const PUMP_ALARMS = {
  'power-interrupted': 'its power was interrupted',
  stalled: 'its motor is stalled',
  'host-timeout': 'it heard nothing from the station',
  'program-error': 'its program is wrong',
  'phase-out-of-range': 'its program is out of range',
} as const satisfies Readonly<Record<string, string>>;

export type PumpAlarm = keyof typeof PUMP_ALARMS;

/** One read-back. Everything the station shows of a pump comes from here, with its age. */
export interface PumpReading {
  readonly state: PumpState;
  /** Rate the pump reports for its program; it flows only while the state says so. */
  readonly rate: MicrolitrePerHour;
  /** The pump's own counter of infused volume. Goes back to zero when the pump is cleared or powered up. */
  readonly counter: Microlitre;
  readonly alarm: PumpAlarm | null;
  /** Monotonic time at which the reply was complete. */
  readonly at: Millisecond;
}

/** What the pump says it is. `serial` is null where the protocol has none (New Era); then model and address bind. */
export interface PumpIdentity {
  readonly model: string;
  readonly firmware: string;
  readonly serial: string | null;
}

/** What one pump with one syringe can do; values from the driver's manifest and the syringe size. */
export interface PumpCapability {
  readonly minRate: MicrolitrePerHour;
  readonly maxRate: MicrolitrePerHour;
  /** Commands are rounded down to multiples of this; finer steps may exist below 1 mL/h but are never needed. */
  readonly rateStep: MicrolitrePerHour;
  readonly volumeStep: Microlitre;
  readonly maxVolume: Microlitre;
}

/**
 * What became of a command. `unknown` means that the bytes may have arrived: it forbids every raise until a
 * read-back resolves it.
 */
export type Outcome =
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'unknown'; readonly detail: string };

/**
 * What a pump gave between two readings of its counter, in microlitres. A counter below the last one was cleared
 * or powered up in between: all it shows is new.
 */
export function counterIncrement(last: number, counter: number): number {
  return counter < last ? counter : counter - last;
}
