import type { MonitorAlarm } from '../../core/monitor-alarms.ts';
import type { Outcome, PumpIdentity, PumpReading } from '../../core/pump.ts';
import type { LinkState } from '../../core/engine/state.ts';
import type { Microlitre, MicrolitrePerHour, Millisecond } from '../../core/units.ts';
import type { VitalSample } from '../../core/vitals.ts';

/** Where a device is and which driver speaks with it. */
export interface DevicePort {
  readonly driver: string;
  /** `serial:PATH`, `tcp:HOST:PORT`. */
  readonly port: string;
  readonly baudRate: number | null;
  /** New Era network address, 0 where there is none. */
  readonly address: number;
  /** Monitor data format where the driver has several; null: its default. */
  readonly format: string | null;
}

export interface ChairDevices {
  readonly chairId: string;
  readonly pump: DevicePort;
  readonly syringe: string;
  readonly monitor: DevicePort;
}

/** main -> device host. Structured-cloneable; the same in utilityProcess and child_process. */
export type ToDeviceHost =
  | { readonly kind: 'open'; readonly devices: ChairDevices }
  | {
      readonly kind: 'permit';
      readonly epoch: number;
      readonly ceilingRate: MicrolitrePerHour;
      readonly ceilingCounter: Microlitre;
      readonly lifetime: Millisecond;
    }
  | {
      readonly kind: 'stop';
      readonly reason: string;
      /** When it was decided, as it comes back with read-backs; null: for whatever was decided before. */
      readonly at: Millisecond | null;
    }
  | {
      readonly kind: 'program';
      readonly id: number;
      readonly epoch: number;
      readonly rate: MicrolitrePerHour;
      readonly volume: Microlitre;
    }
  | { readonly kind: 'start'; readonly id: number; readonly epoch: number }
  | { readonly kind: 'close' };

/** device host -> main. Every fact carries the monotonic time at which it was true. */
export type FromDeviceHost =
  | {
      readonly kind: 'link';
      readonly device: 'pump' | 'monitor';
      readonly state: LinkState;
      readonly detail: string;
      readonly at: Millisecond;
    }
  | { readonly kind: 'identity'; readonly identity: PumpIdentity; readonly at: Millisecond }
  | {
      readonly kind: 'pump';
      readonly reading: PumpReading;
      /** `at` of the newest stop that had gone to the pump when this was asked and that it settles; null: of none. */
      readonly afterStop: Millisecond | null;
    }
  | { readonly kind: 'vitals'; readonly samples: readonly VitalSample[]; readonly at: Millisecond }
  | { readonly kind: 'wave'; readonly samples: readonly number[]; readonly at: Millisecond }
  | { readonly kind: 'device-alarm'; readonly code: MonitorAlarm; readonly active: boolean; readonly at: Millisecond }
  | { readonly kind: 'outcome'; readonly id: number; readonly outcome: Outcome; readonly at: Millisecond }
  | { readonly kind: 'guard'; readonly reason: string; readonly at: Millisecond }
  | {
      readonly kind: 'discarded';
      readonly device: 'pump' | 'monitor';
      readonly reason: string;
      readonly bytes: number;
      readonly at: Millisecond;
    }
  /** Once a second, whatever the lines do: a host that is silent for longer hangs. */
  | { readonly kind: 'alive' }
  | { readonly kind: 'closed' };
