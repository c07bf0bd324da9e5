import type { Duplex } from './transport.ts';

/** Faults any simulator takes, on the wire or in the device. */
export type Fault =
  /** Ignore everything and say nothing. */
  | { readonly kind: 'silence'; readonly on: boolean }
  /** Flip a bit in every n-th byte sent. */
  | { readonly kind: 'garble'; readonly everyBytes: number }
  /** Drop every n-th reply or frame. */
  | { readonly kind: 'drop'; readonly every: number }
  /** Hold back every reply or frame for this long. */
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** Send every reply or frame in two halves, this far apart. */
  | { readonly kind: 'split'; readonly milliseconds: number }
  /** Hold replies or frames back until there are so many, and send them as one. */
  | { readonly kind: 'merge'; readonly frames: number }
  /** Send every n-th reply or frame twice. */
  | { readonly kind: 'duplicate'; readonly every: number }
  /** Send each byte by itself, this long after the one before. */
  | { readonly kind: 'slow'; readonly millisecondsPerByte: number }
  /** Send back whatever is received, ahead of the reply to it. */
  | { readonly kind: 'echo'; readonly on: boolean }
  /** Noise on the line between the frames, as much as fits. */
  | { readonly kind: 'flood'; readonly on: boolean }
  /** Spoil the checksum of every n-th reply or frame, where the protocol has one. */
  | { readonly kind: 'checksum'; readonly every: number }
  /** Answer every command with a refusal. */
  | { readonly kind: 'refuse'; readonly on: boolean }
  | { readonly kind: 'power-cycle' }
  /** Pump only: motor blocked, or the operator pressed start/stop at the panel. */
  | { readonly kind: 'stall' }
  | { readonly kind: 'panel'; readonly action: 'start' | 'stop' }
  /** Pump only: the operator typed another figure at the panel, in the unit that the pump shows. */
  | { readonly kind: 'panel-set'; readonly setting: 'rate' | 'volume'; readonly figure: number }
  /** Pump only: name itself as another model, as after somebody put another pump in its place. */
  | { readonly kind: 'other-model'; readonly on: boolean }
  /** Monitor only: no finger in the sensor. */
  | { readonly kind: 'finger-off'; readonly on: boolean }
  | { readonly kind: 'none' };

/**
 * A device model that speaks its wire protocol on any line. Product code: the demonstration, technicians and every
 * safety test use it, and its delivered volume, not the station's record, judges.
 */
export interface Simulator {
  /** Serve one line; called again after a line closed (cable back in). */
  attach(line: Duplex): void;
  fault(fault: Fault): void;
  /** Switches the device off and releases its timers. */
  dispose(): void;
}

export interface PumpSimulator extends Simulator {
  /** Exact volume the motor has pushed since power-up, in microlitres with fraction, and what it does now. */
  truth(): {
    readonly deliveredMicrolitres: number;
    readonly rateMicrolitresPerHour: number;
    readonly delivering: boolean;
  };
}

/** Signs a simulated monitor shows; the virtual patient sets them. */
export interface PatientSigns {
  readonly spo2: number;
  readonly pulse: number;
  /** Perfusion as the oximeter sees it; drives quality bits and pleth height. */
  readonly perfusion: 'good' | 'marginal' | 'low';
}

export interface MonitorSimulator extends Simulator {
  show(signs: PatientSigns): void;
}
