import type { MonitorAlarm } from '../../core/monitor-alarms.ts';
import type { Outcome, PumpCapability, PumpIdentity, PumpReading } from '../../core/pump.ts';
import type { Microlitre, MicrolitrePerHour, Millisecond } from '../../core/units.ts';
import type { VitalSample } from '../../core/vitals.ts';
import type { Clock } from './clock.ts';
import type { Duplex, LineSettings } from './transport.ts';

/** What a pump does by itself when its host goes silent. */
export type OnHostSilence = { readonly kind: 'stops'; readonly after: Millisecond } | { readonly kind: 'continues' };

/** Strength of the evidence a driver is built on; shown to the technician. */
export type Evidence = 'manual' | 'capture' | 'implementations';

interface ManifestBase {
  readonly id: string;
  readonly name: string;
  readonly line: LineSettings;
  readonly evidence: Evidence;
  /** Nothing here was run on hardware until this says so. */
  readonly testedOnHardware: boolean;
}

export interface PumpManifest extends ManifestBase {
  readonly role: 'pump';
  /** `monitor-only` protocols have no control button anywhere. */
  readonly direction: 'control' | 'monitor-only';
  readonly onHostSilence: OnHostSilence;
  /** What tells two pumps of one model apart: a serial number it reports, or only its address on the line. */
  readonly toldApartBy: 'serial' | 'address';
  /** Syringes by the name shown, with what the pump can do with each. */
  readonly syringes: Readonly<Record<string, { readonly diameterMm: string; readonly capability: PumpCapability }>>;
}

export interface MonitorManifest extends ManifestBase {
  readonly role: 'monitor';
  readonly waveform: { readonly label: string; readonly samplesPerSecond: number } | null;
}

/** What a driver tells its host besides answers: nothing a device sends may throw. */
export interface DriverEvents {
  /** Bytes or a frame the parser rejected; counted and shown, never fatal. */
  discarded(reason: string, bytes: number): void;
  /** The device spoke, but is not what the driver expects; the host treats the line as `wrong-device`. */
  wrongDevice(detail: string): void;
}

export interface DriverContext {
  readonly line: Duplex;
  readonly clock: Clock;
  readonly events: DriverEvents;
}

/** What a pump is given for the next run. Figures are within the capability; the driver floors to what it can send. */
export interface PumpProgram {
  readonly syringe: string;
  readonly rate: MicrolitrePerHour;
  /** Volume after which the pump stops by itself. Never zero: on New Era, zero means endless. */
  readonly volume: Microlitre;
}

/**
 * One pump on one line. At most one exchange is on the wire; `stop` cancels whatever waits behind it and is
 * safe to repeat. Methods resolve, they do not reject, except `identify` (AppError DEVICE_WRONG, LINE_*).
 */
export interface PumpDriver {
  /** Establishes communication and says what answered. Never changes what the pump is doing. */
  identify(): Promise<PumpIdentity>;
  /** Programs rate and volume limit and reads both back; `confirmed` only when the read-back equals the request. */
  configure(program: PumpProgram): Promise<Outcome>;
  start(): Promise<Outcome>;
  /** Resolves `confirmed` when the bytes were answered; the guard still reads back that nothing is delivered. */
  stop(): Promise<Outcome>;
  /** One read-back, or null when the pump did not answer in time. Polled by the host; feeds the pump's watchdog. */
  status(): Promise<PumpReading | null>;
  /** Leaves the pump in a quiet state if it is not delivering (for New Era: watchdog off), then lets go of the line. */
  release(): Promise<void>;
}

export interface MonitorSink {
  samples(samples: readonly VitalSample[]): void;
  /** Evenly spaced waveform samples, each 0..1, the last of which arrived at `at`. */
  wave(samples: readonly number[], at: Millisecond): void;
  /** A condition the device itself reports (sensor off, low battery). `active` false: gone. */
  deviceAlarm(code: MonitorAlarm, active: boolean): void;
}

export interface MonitorDriver {
  /** Starts the stream (sends what the protocol needs) and resolves when the first good frame proved the device. */
  open(): Promise<void>;
  close(): Promise<void>;
}

export interface PumpDriverOptions {
  readonly address: number;
  /**
   * Asked as the bytes of `configure` and `start` leave: false holds them back, and what is left of the command is
   * not sent. A permission that was there when the command was given can have ended or shrunk while it waited.
   */
  readonly mayRaise: () => boolean;
}

export interface PumpDriverModule {
  readonly manifest: PumpManifest;
  create(context: DriverContext, options: PumpDriverOptions): PumpDriver;
}

export interface MonitorDriverModule {
  readonly manifest: MonitorManifest;
  create(context: DriverContext, sink: MonitorSink, options: { readonly format: string | null }): MonitorDriver;
}
