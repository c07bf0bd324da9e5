import { z } from 'zod';
import { personSchema, signatureSchema } from './frames.ts';
import { command, nothing, query, ROLES } from './leaf.ts';
import { text } from './text.ts';

const done = z.strictObject({});
const personId = text(1, 40);
const name = text(2, 60);
/** A PIN or a password, by role. Not trimmed: a space may belong to it. */
const secret = z.string().min(1).max(64);
const badge = text(4, 64);
const role = z.enum(ROLES);
/** Who asks and a second person, each proven at this moment. */
const signatures = { signature: signatureSchema, second: signatureSchema };
const newPerson = z.strictObject({ name, password: secret });

const ownEmergency = z.strictObject({
  id: z.string(),
  /** Milliseconds left; 0 once it is over and only the reason is missing. */
  leftMs: z.number().int().nonnegative(),
  reasonGiven: z.boolean(),
});

/** What happens at one seat, whoever sits there. None of it sends anything to a pump. */
export const seat = {
  /** Who locked the seat, so that they or somebody else can sign in over it. */
  state: query(
    'anyone',
    nothing,
    z.strictObject({
      lockedBy: personSchema.nullable(),
      /** Idle time after which the seat is locked. */
      lockAfterMs: z.number().int().positive(),
      emergency: ownEmergency.nullable(),
      /** The person's role needs a password and they still have a PIN. */
      needsPassword: z.boolean(),
      /** Somebody else chose their PIN or password: nothing else is open to them before they changed it. */
      mustChangeSecret: z.boolean(),
    }),
  ),
  /** Locks at once. Vital signs, alarms, STOP and what needs nobody stay; signing in unlocks or changes the person. */
  lock: command('signed-in', nothing, done),
  /** Somebody is at work here though no command is sent: puts off the lock. */
  stillHere: query('signed-in', nothing, done),
};

export const people = {
  list: query(
    ['supervisor', 'administrator'],
    nothing,
    z.array(personSchema.extend({ active: z.boolean(), locked: z.boolean(), hasBadge: z.boolean() })),
  ),
  /** Says who a badge belongs to. It identifies, it does not prove: the PIN or password still has to follow. */
  byBadge: query('anyone', z.strictObject({ badge }), z.strictObject({ personId: z.string() })),
  /** The administrator and a second person sign, each with their own PIN or password. */
  add: command(
    ['administrator'],
    z.strictObject({ name, role, secret, badge: badge.nullable(), ...signatures }),
    z.strictObject({ personId: z.string() }),
  ),
  /** The whole person as they shall be, and as they were `seen`: refused where they are another by now. `secret` null: it stays. `badge` "keep" or "remove", or the number of a new one. */
  change: command(
    ['administrator'],
    z.strictObject({
      personId,
      seen: z.strictObject({ name, role, active: z.boolean() }),
      name,
      role,
      active: z.boolean(),
      secret: secret.nullable(),
      badge: z.union([z.strictObject({ number: badge }), z.enum(['keep', 'remove'])]),
      ...signatures,
    }),
    done,
  ),
  /** After ten wrong secrets: a supervisor and a second person. */
  unlock: command(['supervisor'], z.strictObject({ personId, ...signatures }), done),
  changeOwnSecret: command('signed-in', z.strictObject({ secret, newSecret: secret }), done),
};

const enrolled = z.strictObject({
  /** Shown this once and kept nowhere; it enrols two new persons when nobody else can. */
  recoveryCode: z.string(),
  administrator: personSchema,
  supervisor: personSchema,
});

export const enrolment = {
  state: query(
    'anyone',
    nothing,
    z.strictObject({
      needed: z.boolean(),
      /** Of the root key of the record: to be written down, so that exports can be checked against it. */
      rootFingerprint: z.string(),
      /** Whether the signing key is sealed by the system's key store. */
      sealed: z.boolean(),
    }),
  ),
  /** The first two persons of a station without any. */
  begin: command('anyone', z.strictObject({ administrator: newPerson, supervisor: newPerson }), enrolled),
  /** A new recovery code by two persons; the one before counts no more. By a supervisor only where no administrator is left. */
  newCode: command(
    ['supervisor', 'administrator'],
    z.strictObject(signatures),
    z.strictObject({ recoveryCode: z.string() }),
  ),
  /** Two new persons by the recovery code, which is used up; the answer has the next one. */
  recover: command(
    'anyone',
    z.strictObject({ code: text(8, 64), administrator: newPerson, supervisor: newPerson }),
    enrolled,
  ),
};

export const emergency = {
  /** Break-glass: for the next hour this person works as a clinician and as nothing else. */
  begin: command('signed-in', nothing, ownEmergency),
  end: command('signed-in', nothing, done),
  /** Why; due within the hour. */
  reason: command('signed-in', z.strictObject({ emergencyId: text(1, 60), reason: text(3, 500) }), done),
  list: query(
    ['supervisor'],
    nothing,
    z.array(
      z.strictObject({
        id: z.string(),
        person: z.string(),
        startedAt: z.string(),
        endedAt: z.string().nullable(),
        reason: z.string().nullable(),
        /** Not given, or later than the hour. */
        reasonLate: z.boolean(),
        review: z
          .strictObject({ by: z.string(), at: z.string(), justified: z.boolean(), finding: z.string() })
          .nullable(),
      }),
    ),
  ),
  /** Every emergency is reviewed by a supervisor who is another person. */
  review: command(
    ['supervisor'],
    z.strictObject({ emergencyId: text(1, 60), justified: z.boolean(), finding: text(3, 500) }),
    done,
  ),
};
