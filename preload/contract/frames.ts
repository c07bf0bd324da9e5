import { z } from 'zod';
import { accessFrameSchema } from './access-frame.ts';
import { alarmId, alarmKey, selfTestSchema, soundSchema } from './alarms.ts';
import { holdSchema } from './hold-frame.ts';
import { recordViewSchema } from './record-frames.ts';
import { ROLES } from './leaf.ts';
import {
  limitSchema,
  measurementSchema,
  patientFactorsSchema,
  type vitalSchema,
  vitalsSchema,
} from './vital-frames.ts';

/** Quantities cross as whole numbers in the smallest unit; the key names the unit. Ages are in milliseconds. */
const whole = z.number().int();
const ageMs = whole.nonnegative();

export const personSchema = z.strictObject({ id: z.string(), name: z.string(), role: z.enum(ROLES) });
export type Person = z.infer<typeof personSchema>;

/** A person proves at this moment who they are: to sign in, or as the second person of an act that takes two. */
export const signatureSchema = z.strictObject({ personId: z.string(), pin: z.string().min(1).max(64) });

export const planSchema = z.strictObject({
  entryId: z.string(),
  drug: z.string(),
  careArea: z.string(),
  concentrationUgPerMl: whole,
  weightG: whole,
  doseUg: whole,
  durationMs: whole,
  rateUlPerH: whole,
  volumeUl: whole,
  runningTimeMs: whole,
});
export type PlanView = z.infer<typeof planSchema>;

export const findingSchema = z.strictObject({
  level: z.enum(['soft', 'hard']),
  what: z.string(),
  side: z.enum(['below', 'above']),
  value: z.number(),
  limit: z.number(),
  unit: z.string(),
});
export type FindingView = z.infer<typeof findingSchema>;

export type VitalView = z.infer<typeof vitalSchema>;

export const alarmSchema = z.strictObject({
  /** Tells it from others of the same condition; an answer names it. */
  key: alarmKey,
  id: alarmId,
  priority: z.enum(['high', 'medium', 'low']),
  message: z.string(),
  active: z.boolean(),
  acknowledged: z.boolean(),
  /** Medium until nobody came for 2 min; `priority` is high since. */
  escalated: z.boolean(),
  /** Part of the audio pause under way. */
  silenced: z.boolean(),
  /** Monotonic time at which it was raised; an answer names it. */
  raisedAtMs: whole,
  ageMs,
  value: z.number().nullable(),
  limit: z.number().nullable(),
});
export type AlarmView = z.infer<typeof alarmSchema>;

/** Pump as read back, never as wished. */
export const pumpSchema = z.strictObject({
  link: z.enum(['down', 'up', 'wrong-device']),
  linkDetail: z.string(),
  model: z.string().nullable(),
  state: z.enum(['infusing', 'waiting', 'purging', 'withdrawing', 'paused', 'stopped', 'alarm', 'unknown']),
  rateUlPerH: whole.nullable(),
  commandedRateUlPerH: whole,
  ageMs: ageMs.nullable(),
  alarm: z.string().nullable(),
  stopPending: z.boolean(),
  commandPending: z.boolean(),
  onHostSilence: z.string(),
});
export type PumpView = z.infer<typeof pumpSchema>;

/**
 * Plasma concentration predicted from the volume that the pump reported in this session, in ng/mL with one decimal: the
 * span between published models. A prediction, never a measurement, and not a confidence interval.
 */
export const predictionSchema = z.strictObject({
  minNgPerMl: z.number().nonnegative(),
  maxNgPerMl: z.number().nonnegative(),
  models: z.array(z.strictObject({ name: z.string(), ngPerMl: z.number().nonnegative() })),
});
export type PredictionView = z.infer<typeof predictionSchema>;

/** Everything a screen shows of one chair, whole, at most ten times a second and at once on an alarm. */
export const chairSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Number of the session at this chair, counted over the whole station; 0: none yet. Commands name it. */
  epoch: whole.nonnegative(),
  phase: z.enum(['idle', 'planned', 'checked', 'armed', 'infusing', 'paused', 'ended', 'interrupted']),
  session: z
    .strictObject({
      id: z.string(),
      /** Null where the reader may not know whose session it is; what people typed is left out there, too. */
      patientId: z.string().nullable(),
      patientName: z.string().nullable(),
      drugLot: z.string(),
      clinician: z.string(),
      openedAt: z.string(),
      plan: planSchema,
      deliveredUl: whole,
      deliveredUg: whole,
      /** What a pump may have given that nobody read back, over a restart of the station; null: nothing. */
      doseNotKnown: z
        .strictObject({
          /** `awaited`: the pump of the session was not heard since. `lost`: no counter can tell any more. */
          accounting: z.enum(['awaited', 'lost']),
          /** Most that may have been given in this session. */
          mostUg: whole,
        })
        .nullable(),
      doseCeilingUg: whole,
      /** Above it the pump is stopped, in ng/mL. Null: the drug is not modelled, or its library entry sets none. */
      predictionCeilingNgPerMl: whole.nullable(),
      /** All zero before any drug. Null: not known, since the pump is silent or the session was interrupted. */
      prediction: predictionSchema.nullable(),
      overrides: z.array(z.strictObject({ finding: findingSchema, reason: z.string() })),
      pauseReason: z.string().nullable(),
      /** Why the last start or resume was withdrawn before the pump ran. Null: it was not, or another was asked for since. */
      withdrawnBecause: z.string().nullable(),
      /** Why a resume needs a second person: what paused the infusion again and again. Null: it needs none. */
      lockedBecause: z.string().nullable(),
      /** Why limits of this patient differ from everybody's; null: they do not, or the reader may not know. */
      patientFactors: patientFactorsSchema.nullable(),
    })
    .nullable(),
  pump: pumpSchema,
  monitor: z.strictObject({
    link: z.enum(['down', 'up', 'wrong-device']),
    linkDetail: z.string(),
    model: z.string().nullable(),
  }),
  vitals: vitalsSchema,
  /** What was measured now and then in this session, by parameter. */
  measured: measurementSchema,
  limits: z.array(limitSchema),
  alarms: z.array(alarmSchema),
  /** What is left of the audio pause under way; null: none. */
  audioPauseMs: ageMs.nullable(),
  /** The last self-test of this chair, null before any. */
  selfTest: selfTestSchema.nullable(),
  /** Time all required vitals have been steady, and how long is needed before a start or resume. */
  steadyMs: ageMs,
  steadyNeededMs: ageMs,
  recordHealthy: z.boolean(),
  /** Nobody worked at the set-up of this chair for 3 min: whoever goes on has to sign in again first. */
  setUpIdle: z.boolean(),
  /** Why nothing can be started by the drug library; null: it is signed, whole and of today. */
  libraryProblem: z.string().nullable(),
});
export type ChairFrame = z.infer<typeof chairSchema>;

export const stationFrameSchema = z.strictObject({
  /** Wall-clock time with zone, for display only. */
  now: z.string(),
  /** The station's monotonic clock, by which commands are stamped. */
  monoMs: whole,
  demonstration: z.boolean(),
  sound: soundSchema,
  record: recordViewSchema,
  /** While any is here nothing can be started at any chair. */
  holds: z.array(holdSchema),
  access: accessFrameSchema,
  chairs: z.array(chairSchema),
});
export type StationFrame = z.infer<typeof stationFrameSchema>;

export const waveSchema = z.strictObject({
  chairId: z.string(),
  /** 0..1, oldest first, evenly spaced at `samplesPerSecond`; the last one arrived `ageMs` ago. */
  samples: z.array(z.number()),
  samplesPerSecond: z.number(),
  atMs: whole,
});
export type WaveBatch = z.infer<typeof waveSchema>;

/** One line of the event list, derived from one audit row. */
export const trailEventSchema = z.strictObject({
  seq: whole,
  time: z.string(),
  chairId: z.string().nullable(),
  sessionId: z.string().nullable(),
  actor: z.string().nullable(),
  act: z.string(),
  outcome: z.string(),
  text: z.string(),
  priority: z.enum(['high', 'medium', 'low']).nullable(),
});
export type TrailEvent = z.infer<typeof trailEventSchema>;
