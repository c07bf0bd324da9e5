import type { AlarmKey } from '../alarm-keys.ts';
import type { AlarmId } from '../alarms.ts';
import type { MonitorAlarm } from '../monitor-alarms.ts';
import type { InfusionPlan } from '../order.ts';
import type { BoundedPatient } from '../patient-limits.ts';
import type { SafetyProfile } from '../profile.ts';
import type { PumpIdentity, PumpReading } from '../pump.ts';
import type { Microgram, Microlitre, MicrolitrePerHour, Millisecond } from '../units.ts';
import type { Parameter, VitalSample } from '../vitals.ts';

/**
 * `idle`: no session at the chair. `planned`: order inside its limits. `checked`: bedside checks done. `armed`: pump
 * bound, permission possible. `infusing`, `paused`: as the pump reads back. `ended`, `interrupted`: nothing may run.
 */
export type Phase = 'idle' | 'planned' | 'checked' | 'armed' | 'infusing' | 'paused' | 'ended' | 'interrupted';

export type LinkState = 'down' | 'up' | 'wrong-device';

/** A person as the engine knows one: who did it, for the record. */
export type PersonId = string;

/** What one session is bound to. Changed or missing: nothing goes out. */
export interface SessionBinding {
  readonly sessionId: string;
  /** Station-wide count of sessions; permits and commands of another epoch are void. */
  readonly epoch: number;
  readonly patientId: string;
  readonly plan: InfusionPlan;
  readonly drugLot: string;
  readonly libraryVersion: string;
  /** What gives this patient other limits than everybody, as far as the library lets it; null: the profile's hold. */
  readonly patient: BoundedPatient | null;
  /** Dose ceiling of the session: the smaller of order and hard limit. Reached: the pump is stopped. */
  readonly doseCeiling: Microgram;
  /** Highest plasma concentration, in ng/mL, that may be predicted. Null: no ceiling, or the drug is not modelled. */
  readonly predictionCeiling: number | null;
}

/**
 * What cut a run short: a vital sign, in whatever way; another alarm; a person; or a chair that was not well any more
 * when its start was due.
 */
export type PauseCause = Parameter | AlarmId | 'person' | 'supervision';

export interface Pause {
  readonly cause: PauseCause;
  readonly at: Millisecond;
}

export interface AlarmState {
  readonly raisedAt: Millisecond;
  /** The condition holds now; false with the alarm still present means latched. */
  readonly active: boolean;
  readonly acknowledgedBy: PersonId | null;
  /** A medium alarm that nobody acknowledged in time; it counts as high from then on. */
  readonly escalated: boolean;
  /** Part of the audio pause under way. An alarm raised or escalated after it began never is. */
  readonly silenced: boolean;
  /** Value and limit at the moment of raising, where there is one. */
  readonly value: number | null;
  readonly limit: number | null;
}

export interface GoodSample extends VitalSample {
  readonly value: number;
}

/** Watch of one vital. */
export interface VitalState {
  /** Newest sample of any quality. */
  readonly latest: VitalSample | null;
  /** Newest sample that carried a possible value (good or poor). */
  readonly latestValue: VitalSample | null;
  /** Newest good sample: freshness of supervision counts from here. */
  readonly latestGood: GoodSample | null;
  /** Since when no sample has been good but at least one was poor; null: the newest value is good, or there is none. */
  readonly poorSince: Millisecond | null;
  /** Since when each tier's condition has held, by tier order of the profile; null: does not hold. */
  readonly tierSince: readonly (Millisecond | null)[];
}

/** The one pump command under way. */
export interface PendingCommand {
  readonly id: number;
  readonly kind: 'program' | 'start';
  readonly since: Millisecond;
  /** Whether it went out; before that only its intent is being written. */
  readonly sent: boolean;
  /** When a start was confirmed; from then on a delivering read-back is awaited. Null: no outcome yet. */
  readonly confirmedAt: Millisecond | null;
}

/** A stop that has not been read back yet. */
export interface PendingStop {
  readonly since: Millisecond;
  readonly lastSent: Millisecond;
  readonly reason: string;
  /** The pump that owes the answer; null: none was known yet, the first that proves its identity will owe it. */
  readonly pump: PumpIdentity | null;
}

/** Where counted and expected volume stood, both only while the pump read back as delivering by its program. */
export interface VolumeMark {
  readonly counted: Microlitre;
  /** Own integral of the commanded rate, in uL/h x ms. */
  readonly expectedRateTime: number;
}

/** Counted and expected volume have been too far apart since then, over the session or over its last minutes. */
export interface Deviation {
  readonly since: Millisecond;
  /** Figures of the stretch in which they are, in microlitres, as of the newest read-back. */
  readonly counted: number;
  readonly expected: number;
}

/** What the pump may have given between the last reading in the record and the first one after a restart. */
export interface UnseenDose {
  /** `awaited`: the pump was not heard since. `counted`: its counter told. `lost`: no counter can tell any more. */
  readonly accounting: 'awaited' | 'counted' | 'lost';
  /** The pump that the session was armed with, and its counter at the volume that the record knows; null: not recorded. */
  readonly identity: PumpIdentity | null;
  readonly counter: Microlitre | null;
  /** Most that it may have given by the program it held. */
  readonly most: Microlitre;
}

export interface PumpWatch {
  readonly link: LinkState;
  readonly identity: PumpIdentity | null;
  readonly reading: PumpReading | null;
  /** Volume given in this session: the sum of the counter's increments, which survives a cleared counter. */
  readonly delivered: Microlitre;
  /** Counter at the last read-back, from which the next increment counts; null before the session's first. */
  readonly counterAt: Microlitre | null;
  /** as far as the volumes of this session have been compared; both begin at 0. */
  readonly compared: VolumeMark;
  /** Where the comparison stood at points of the last minutes of running, oldest first; few, and none at the beginning. */
  readonly marks: readonly VolumeMark[];
  readonly deviation: Deviation | null;
  /** Absent where no pump was left behind: sessions of this run, and states recorded before this was kept. */
  readonly unseen?: UnseenDose;
}

/** Everything the engine knows of one chair. Plain data: hashed, replayed and explored as it is. */
export interface EngineState {
  readonly profile: SafetyProfile;
  /** What has come of every parameter; what is required of them is in the profile. */
  readonly vitals: Readonly<Record<Parameter, VitalState>>;
  readonly phase: Phase;
  /** Since when the session has been paused; null: it is not. */
  readonly pausedSince: Millisecond | null;
  readonly session: SessionBinding | null;
  /** Identity the session was armed with. */
  readonly boundPump: PumpIdentity | null;
  readonly pump: PumpWatch;
  readonly monitorLink: LinkState;
  /** What the monitor reports of itself now, oldest first. */
  readonly monitorAlarms: readonly MonitorAlarm[];
  /** Rate of the running or next run; 0 when nothing may run. */
  readonly commandedRate: MicrolitrePerHour;
  readonly pending: PendingCommand | null;
  readonly stopping: PendingStop | null;
  /** One of each key: two signs that have one condition in common are two alarms. */
  readonly alarms: Readonly<Partial<Record<AlarmKey, AlarmState>>>;
  /** When the audio pause under way ends; null: none. */
  readonly audioPausedUntil: Millisecond | null;
  /** A screen proves, second by second, that alarms can be heard; false forbids starting. */
  readonly soundProved: boolean;
  /** Since when every required vital has been fresh, good and inside its pause limits; null: not now. */
  readonly steadySince: Millisecond | null;
  /** When the permission was last renewed; null: none in force. */
  readonly permitAt: Millisecond | null;
  /** Runs cut short at this chair that still count towards the lock, oldest first, whoever sat in it. */
  readonly pauses: readonly Pause[];
  /** Cause that came too often: the next start or resume needs a second person. Null: not locked. */
  readonly lockedBy: PauseCause | null;
  /** Main has a fault that nobody caught: nothing runs any more. Absent while it has none. */
  readonly faulty?: true;
  /** Whether the record accepts rows; false forbids starting, never stopping. */
  readonly recordHealthy: boolean;
  /** Whether the drug library may be used; false forbids starting, never stopping. */
  readonly libraryUsable: boolean;
  /** Whether the station waits for two signatures about itself; true forbids starting, never stopping. */
  readonly stationHeld: boolean;
  /** Highest predicted plasma concentration of the session, in ng/mL; 0 before any drug and where nothing is modelled. */
  readonly predicted: number;
  readonly nextCommandId: number;
  /** Time of the last tick, for the supervision gap; the engine's clock never goes back behind it. */
  readonly lastTick: Millisecond | null;
}
