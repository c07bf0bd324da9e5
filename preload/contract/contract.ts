import { z } from 'zod';
import { alarm, alarmLoad, sound } from './alarms.ts';
import {
  findingSchema,
  personSchema,
  planSchema,
  signatureSchema,
  stationFrameSchema,
  trailEventSchema,
  waveSchema,
} from './frames.ts';
import { drug } from './drug.ts';
import { exportsGroup } from './exports.ts';
import { command, nothing, query, type Role, topic } from './leaf.ts';
import { emergency, enrolment, people, seat } from './people.ts';
import { record } from './record.ts';
import { review } from './review.ts';
import { text } from './text.ts';
import { patientFactorsSchema, trendSignsSchema } from './vital-frames.ts';
import { vitals } from './vitals.ts';

const reason = text(3, 500);
/** What a scanner read may be longer than anything it should have read: then it is a mismatch and a row. */
const read = text(0, 200);
const chairId = text(1, 40);
const sessionId = text(1, 60);
const done = z.strictObject({});

/** Of who asks and of another clinician or a supervisor. */
const bothSignatures = z.strictObject({ signature: signatureSchema, second: signatureSchema });

const order = z.strictObject({
  entryId: text(1, 60),
  concentrationUgPerMl: z.number().int().positive().max(1_000_000),
  weightG: z.number().int().positive().max(1_000_000),
  doseUg: z.number().int().positive().max(10_000_000),
  durationMs: z.number().int().positive().max(86_400_000),
});

/**
 * The one object from which the Electron handlers, the preload API, the WebSocket host and the test doubles are
 * derived. Rights are checked in main for every leaf.
 */
export const contract = {
  station: {
    info: query(
      'anyone',
      nothing,
      z.strictObject({
        version: z.string(),
        demonstration: z.boolean(),
        host: z.enum(['electron', 'browser']),
        libraryVersion: z.string(),
        libraryIsProposal: z.boolean(),
        profileVersion: z.string(),
        profileIsProposal: z.boolean(),
        timeZone: z.string(),
      }),
    ),
    /** Two persons sign for a hold of the frame, each by proving anew who they are; `holdId` names what they read. */
    liftHold: command(
      ['administrator'],
      z.strictObject({ holdId: text(1, 80), signature: signatureSchema, second: signatureSchema }),
      done,
    ),
  },
  access: {
    /** People for the sign-in tiles. In a demonstration each comes with its PIN or password as `hint`. */
    people: query(
      'anyone',
      nothing,
      z.array(personSchema.extend({ hint: z.string().nullable(), secretKind: z.enum(['pin', 'password']) })),
    ),
    /** At a seat where somebody is signed in already, this changes the person; at a locked one it unlocks. */
    signIn: command('anyone', signatureSchema, personSchema),
    signOut: command('signed-in', nothing, done),
    /** Who may act at this seat now; nobody while it is locked. Under break-glass the role is `clinician`. */
    me: query('anyone', nothing, personSchema.nullable()),
  },
  seat,
  people,
  enrolment,
  emergency,
  library: {
    entries: query(
      'signed-in',
      nothing,
      z.array(
        z.strictObject({
          id: z.string(),
          drug: z.string(),
          careArea: z.string(),
          concentrationsUgPerMl: z.array(z.number()),
          /** Sentences that name the limits of this entry with units. */
          limits: z.array(z.string()),
          proposal: z.boolean(),
        }),
      ),
    ),
    /** Says what an order would become, without any effect. */
    preview: query(
      'signed-in',
      z.strictObject({ chairId, order }),
      z.strictObject({ plan: planSchema.nullable(), findings: z.array(findingSchema) }),
    ),
  },
  session: {
    /** Opens a session with its order. Soft findings need `overrideReason`; hard ones are refused with LIMIT_HARD. */
    open: command(
      ['clinician'],
      z.strictObject({
        chairId,
        patientId: text(1, 60),
        patientName: text(1, 120),
        drugLot: text(1, 60),
        order,
        overrideReason: reason.nullable(),
        /** Comorbidities and values at rest, from which this patient's limits follow. Null: everybody's limits. */
        patientFactors: patientFactorsSchema.nullable().exactOptional(),
      }),
      z.strictObject({ sessionId: z.string() }),
    ),
    /** Bedside checks, each answered by the clinician: all must be true, and what was read must be as in the session. */
    check: command(
      ['clinician'],
      z.strictObject({
        chairId,
        /** As on the wristband or card. */
        patientIdRead: read,
        /** As on the label of the syringe, like the concentration, which is in mg/mL with decimal comma or point. */
        drugLotRead: read,
        concentrationRead: read,
        identityConfirmed: z.boolean(),
        drugAndConcentrationConfirmed: z.boolean(),
        otherDrugsAndDiseasesReviewed: z.boolean(),
        risksDisclosed: z.boolean(),
      }),
      done,
    ),
    arm: command(['clinician'], z.strictObject({ chairId }), done),
    /** A chair that was locked in this session or before it needs both signatures. */
    start: command(['clinician'], z.strictObject({ chairId, signatures: bothSignatures.optional() }), done),
    pause: command(['clinician'], z.strictObject({ chairId, reason }), done),
    /** `confirmedRateUlPerH` must equal the rate of the plan. A locked chair needs both signatures as well. */
    resume: command(
      ['clinician'],
      z.strictObject({
        chairId,
        reason,
        confirmedRateUlPerH: z.number().int().positive(),
        signatures: bothSignatures.optional(),
      }),
      done,
    ),
    end: command(['clinician'], z.strictObject({ chairId, reason }), done),
    list: query(
      ['clinician', 'supervisor'],
      nothing,
      z.array(
        z.strictObject({
          id: z.string(),
          chairId: z.string(),
          patientId: z.string(),
          patientName: z.string(),
          clinician: z.string(),
          openedAt: z.string(),
          closedAt: z.string().nullable(),
          state: z.enum(['open', 'ended', 'interrupted']),
        }),
      ),
    ),
    events: query(['clinician', 'supervisor'], z.strictObject({ sessionId }), z.array(trailEventSchema)),
    /** One-second trends; null is a gap and stays one. `startedAt` is wall-clock with zone. */
    trend: query(
      ['clinician', 'supervisor'],
      z.strictObject({ sessionId }),
      z.strictObject({
        startedAt: z.string(),
        seconds: z.array(z.number()),
        spo2: z.array(z.number().nullable()),
        pulse: z.array(z.number().nullable()),
        rateMlPerH: z.array(z.number().nullable()),
        /** Every other parameter that was measured, in its unit of core/vitals.ts. */
        signs: trendSignsSchema,
      }),
    ),
    alarmLoad,
    /** Writes the checkable folder and returns its path on this machine. Only for closed sessions. */
    export: command(
      ['supervisor'],
      z.strictObject({ sessionId }),
      z.strictObject({ folder: z.string(), rows: z.number().int(), verified: z.boolean(), root: z.string() }),
    ),
  },
  drug,
  record,
  review,
  exports: exportsGroup,
  chair: {
    /** One action, no sign-in, no confirmation. Safe to repeat. */
    stop: command('anyone', z.strictObject({ chairId }), done),
    /** For a pump that answers no more: this person has stopped it at the pump and answers for it. */
    stoppedByHand: command(['clinician'], z.strictObject({ chairId, reason }), done),
  },
  vitals,
  alarm,
  sound,
  demonstration: {
    /** Moves the virtual patient or breaks a simulated device. Refused outside a demonstration. */
    scenario: command(
      'signed-in',
      z.strictObject({
        chairId,
        scenario: z.enum([
          'recover',
          'desaturate',
          'apnoea',
          'bradycardia',
          'finger-off',
          'monitor-unplug',
          'pump-unplug',
          'pump-stall',
          'pump-silent',
          'garbage',
        ]),
      }),
      done,
    ),
  },
} as const;

/** Who may know whose session it is, and what was written about it. At a locked seat that is nobody. */
export const MAY_KNOW_PATIENTS: readonly Role[] = ['clinician', 'supervisor'];

export const topics = {
  /**
   * The whole station, ten times a second at most. Visible before sign-in: vitals and STOP are never hidden. Whose session
   * it is goes to those of MAY_KNOW_PATIENTS alone.
   */
  station: topic('anyone', stationFrameSchema),
  wave: topic('anyone', waveSchema),
  /** Rows of chairs and sessions; those of the station itself go to a supervisor alone. */
  trail: topic(MAY_KNOW_PATIENTS, trailEventSchema),
} as const;

export type Contract = typeof contract;
export type Topics = typeof topics;
export type TopicName = keyof Topics;
