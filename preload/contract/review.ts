import { z } from 'zod';
import { personSchema, signatureSchema, trailEventSchema } from './frames.ts';
import { command, nothing, query } from './leaf.ts';
import { text } from './text.ts';

// The supervisor's room: find a session, look at it, write to it, sign it, check the record.

const whole = z.number().int();
const sessionId = text(1, 60);
const done = z.strictObject({});

const stateSchema = z.enum(['open', 'ended', 'interrupted']);
const balanceSchema = z.enum(['no-drug', 'open', 'balanced', 'declared', 'closed']);
const verificationSchema = z.enum(['verified', 'not-verified', 'damaged']);
const signedSchema = z.enum(['no', 'yes', 'changed']);
const sortSchema = z.enum([
  'openedAt',
  'patientName',
  'patientId',
  'chairId',
  'clinician',
  'drug',
  'lots',
  'state',
  'alarms',
  'balance',
  'verification',
  'signed',
  'closedAt',
  'pumps',
  'pauses',
  'overrides',
  'breakGlass',
  'notes',
  'givenUg',
  'ending',
  'signers',
  'needsReview',
]);
const cursorSchema = z.strictObject({ value: z.union([z.string().max(500), z.number()]), id: text(1, 60) });

const foundSchema = z.strictObject({
  id: z.string(),
  chairId: z.string(),
  patientId: z.string(),
  patientName: z.string(),
  clinician: z.string(),
  openedAt: z.string(),
  closedAt: z.string().nullable(),
  state: stateSchema,
  drug: z.string(),
  /** Lots of the order and of what was drawn up. */
  lots: z.string(),
  alarms: whole,
  balance: balanceSchema,
  /** `verified`: every row so far was in the newest check of the whole record, and that found no damage. */
  verification: verificationSchema,
  signed: signedSchema,
  breakGlass: z.boolean(),
  needsReview: z.boolean(),
  notes: whole,
  /** Model, serial number and firmware of each pump. */
  pumps: z.string(),
  pauses: whole,
  overrides: whole,
  givenUg: whole,
  /** Why it ended, in the words of whoever ended it. */
  ending: z.string(),
  /** Names under the signatures that hold. */
  signers: z.string(),
});

const signOffSchema = z.strictObject({
  seq: whole,
  time: z.string(),
  name: z.string(),
  meaning: z.enum(['review', 'approval', 'responsibility']),
  lastSeq: whole,
  lastHash: z.string(),
  size: whole,
  root: z.string(),
  /** First row that came after what was signed; null while the signature holds. */
  changedBy: whole.nullable(),
});

/** A check of the whole record that came to an end, from the first row on. */
const checkSchema = z.strictObject({
  at: z.string(),
  by: z.string(),
  /** It went from the first row to this one. */
  rows: whole,
  whole: z.boolean(),
  /** What was found, where it is not whole; else what of the file was not checked. */
  detail: z.string().nullable(),
  root: z.string().nullable(),
});

const logKindSchema = z.enum(['people', 'configuration', 'clock', 'export', 'record', 'devices']);
export type LogKind = z.infer<typeof logKindSchema>;

/** What is asked of the log of the station; null members ask for nothing. */
const logAsked = {
  /** Words that must all occur in what a person reads of a row. */
  search: z.string().max(200),
  kind: logKindSchema.nullable(),
  outcome: z.enum(['ok', 'denied', 'failed', 'unknown']).nullable(),
  /** Instants with zone; from inclusive, to exclusive. */
  from: z.iso.datetime({ offset: true }).nullable(),
  to: z.iso.datetime({ offset: true }).nullable(),
};

/** The newest table of the log since the station started. That it was made is itself a row. */
const logExportSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('never') }),
  /** Rows of the record that lie behind, of all; 0 of 0 before the first. */
  z.strictObject({ state: z.literal('running'), looked: whole, of: whole }),
  z.strictObject({
    state: z.literal('done'),
    path: z.string(),
    rows: whole,
    sha256: z.string(),
    /** Path of the sheet beside it, with the anchor of the record. */
    anchorSheet: z.string(),
  }),
  z.strictObject({ state: z.literal('cancelled') }),
  z.strictObject({ state: z.literal('failed'), message: z.string() }),
]);

export const review = {
  /** Null members ask for nothing. Pages: give `next` of the page before as `after`. */
  find: query(
    ['clinician', 'supervisor'],
    z.strictObject({
      /** Words that must all occur. */
      search: z.string().max(200),
      /** Instants with zone; from inclusive, to exclusive. */
      from: z.iso.datetime({ offset: true }).nullable(),
      to: z.iso.datetime({ offset: true }).nullable(),
      state: stateSchema.nullable(),
      balance: balanceSchema.nullable(),
      verification: verificationSchema.nullable(),
      signed: signedSchema.nullable(),
      withAlarms: z.boolean().nullable(),
      withPauses: z.boolean().nullable(),
      withOverrides: z.boolean().nullable(),
      withNotes: z.boolean().nullable(),
      breakGlass: z.boolean().nullable(),
      chairId: text(1, 40).nullable(),
      /** Id of somebody who acted in the session. */
      person: text(1, 60).nullable(),
      needsReview: z.boolean().nullable(),
      sort: sortSchema,
      descending: z.boolean(),
      limit: whole.min(1).max(200),
      after: cursorSchema.nullable(),
    }),
    z.strictObject({ rows: z.array(foundSchema), total: whole, next: cursorSchema.nullable() }),
  ),
  /** Writes down that this person looked at the session, and gives what is kept beside its events. */
  open: command(
    ['clinician', 'supervisor'],
    z.strictObject({ sessionId }),
    z.strictObject({
      /** Newest row that is no signature: what `sign` asks for as seen. */
      lastSeq: whole,
      signatures: z.array(signOffSchema),
      /** Who asks worked in it as a clinician, and so may not sign it. */
      own: z.boolean(),
      /** Newest row of the session, of whatever kind. */
      rowsUpTo: whole,
      checked: checkSchema.nullable(),
      notes: z.array(
        z.strictObject({
          seq: whole,
          time: z.string(),
          by: z.string(),
          text: z.string(),
          /** Row that this note corrects, or null. */
          corrects: whole.nullable(),
          /** What it said before. */
          old: z.string().nullable(),
        }),
      ),
    }),
  ),
  /** Adds a note, or corrects one: the old text stays in the row beside the new. */
  note: command(
    ['clinician', 'supervisor'],
    z.strictObject({ sessionId, text: text(3, 2000), corrects: whole.positive().nullable() }),
    z.strictObject({ seq: whole }),
  ),
  /** Signs everything up to the session's last row, by proving anew who signs (21 CFR 11.50, 11.70). */
  sign: command(
    ['supervisor'],
    z.strictObject({
      sessionId,
      meaning: z.enum(['review', 'approval', 'responsibility']),
      /** The last row that the signer has seen; refused where there is a newer one. */
      seenSeq: whole.positive(),
      signature: signatureSchema,
    }),
    signOffSchema,
  ),
  /** Rows that belong to no session, the newest first. Pages: give `next` of the page before as `before`. */
  log: query(
    ['supervisor'],
    z.strictObject({ ...logAsked, before: whole.positive().nullable(), limit: whole.min(1).max(200) }),
    z.strictObject({ rows: z.array(trailEventSchema), next: whole.nullable() }),
  ),
  /** Begins a table for spreadsheets of the same rows, all of them, on this machine; `logExport` says how far it is. */
  exportLog: command(['supervisor'], z.strictObject(logAsked), done),
  cancelLogExport: command(['supervisor'], nothing, done),
  logExport: query(['supervisor'], nothing, logExportSchema),
  /** People who may sign or witness. */
  signers: query('signed-in', nothing, z.array(personSchema)),
  /** Begins a check of the whole record; `verification` says how far it is. */
  verify: command(['supervisor'], nothing, done),
  cancelVerify: command(['supervisor'], nothing, done),
  verification: query(
    ['supervisor'],
    nothing,
    z.strictObject({
      state: z.enum(['never', 'running', 'whole', 'damaged', 'cancelled', 'failed']),
      rowsDone: whole,
      rowsTotal: whole,
      /** The pages of the file, after its rows: first a copy is made, then that is checked. Null but meanwhile. */
      pages: z.strictObject({ part: z.enum(['copy', 'pages']), done: whole, total: whole }).nullable(),
      root: z.string().nullable(),
      /** What was found, why the check failed, or what of a whole record was not checked. */
      detail: z.string().nullable(),
      at: z.string().nullable(),
      /** The newest one that came to an end, also before this start of the station. */
      last: checkSchema.nullable(),
      rowsNow: whole,
      /** What lies outside the database and how many of the first rows it proves. */
      anchors: z.array(z.strictObject({ place: z.string(), rows: whole, failure: z.string().nullable() })),
    }),
  ),
} as const;
