import { z } from 'zod';
import { signatureSchema } from './frames.ts';
import { command, query } from './leaf.ts';
import { text } from './text.ts';

// The controlled drug of a session, from the container to the patient and to what is left. Volumes in uL, masses in ug.

const whole = z.number().int();
const amount = whole.nonnegative();
const volumeUl = whole.positive().max(10_000_000);
const sessionId = text(1, 60);
const reason = text(3, 500);
const written = z.strictObject({ seq: whole });
/** Giver and witness prove who they are at this moment, for the account that `seenSeq` names (`seq` of the balance). */
const ofTwo = { sessionId, seenSeq: amount, giver: signatureSchema, witness: signatureSchema };
const place = z.enum(['syringe', 'container']);

const sideSchema = z.strictObject({
  kind: z.enum(['balanced', 'missing', 'excess']),
  takenUg: amount,
  accountedUg: amount,
  differenceUg: amount,
});

const entrySchema = z.strictObject({
  /** Row of the record; corrections name it. */
  seq: whole,
  time: z.string(),
  by: z.string(),
  act: z.enum(['drug.drawn', 'drug.waste', 'drug.return', 'drug.residual', 'drug.prime', 'drug.flush']),
  volumeUl: amount,
  massUg: amount,
  /** Container, witness, manner: what else the entry says. */
  detail: z.string(),
  /** The volume first written down, where a correction replaced it. */
  correctedFromUl: amount.nullable(),
});

const balanceSchema = z.strictObject({
  sessionId: z.string(),
  /** Newest row by which the account stands: what a signature asks for as seen. */
  seq: whole,
  drug: z.string(),
  concentrationUgPerMl: amount,
  state: z.enum(['no-drug', 'open', 'balanced', 'declared', 'closed']),
  /** What stands against a balance or has to be looked at, as sentences. */
  findings: z.array(z.string()),
  syringe: sideSchema,
  containers: sideSchema,
  givenUl: amount,
  givenUg: amount,
  /** By the pump's own counter; null where no read-back names it. */
  countedUl: amount.nullable(),
  flushedUg: amount,
  inLineUg: amount,
  wastedUg: amount,
  returnedUg: amount,
  residualUg: amount,
  explanation: z.strictObject({ by: z.string(), reason: z.string() }).nullable(),
  toleranceUg: amount,
  toleranceIsProposal: z.boolean(),
  entries: z.array(entrySchema),
});

export const drug = {
  /** What was taken out of containers and made up. Late where the infusion has begun; refused where it is expired. */
  drawUp: command(
    ['clinician'],
    z.strictObject({
      sessionId,
      /** National drug code as printed, 10 or 11 digits with hyphens. */
      ndc: text(10, 13).regex(/^\d{4,5}-\d{3,4}-\d{1,2}$/, 'must look like 12345-678-90'),
      lot: text(1, 60),
      /** Last day of use, year-month-day. */
      expiry: z.iso.date(),
      containerConcentrationUgPerMl: whole.positive().max(1_000_000),
      containerVolumeUl: whole.positive().max(1_000_000),
      containers: whole.positive().max(50),
      volumeUl,
      /** Whole volume of syringe or bag afterwards. */
      afterAdditionUl: whole.positive().max(10_000_000),
    }),
    written,
  ),
  /** Nobody both gives and witnesses, whoever gave in this session: here and wherever else drug leaves the account. */
  waste: command(
    ['clinician'],
    z.strictObject({ ...ofTwo, from: place, volumeUl, manner: text(3, 120), reason }),
    written,
  ),
  returnDrug: command(['clinician'], z.strictObject({ ...ofTwo, from: place, volumeUl, reason }), written),
  /** What cannot be got out of syringe and set, and was not wasted. */
  residual: command(['clinician'], z.strictObject({ ...ofTwo, volumeUl, reason }), written),
  /** Pushed by hand, so the pump's counter knows nothing of it: into the line, or out of the line into the patient. */
  byHand: command(['clinician'], z.strictObject({ ...ofTwo, kind: z.enum(['prime', 'flush']), volumeUl }), written),
  /** Replaces the volume of an entry; 0 for one made in error. Old and new stay. Both persons sign. */
  correct: command(
    ['clinician'],
    z.strictObject({ ...ofTwo, seq: whole.positive(), volumeUl: amount.max(10_000_000), reason }),
    written,
  ),
  /** Says that the balance stays open, and why. */
  declareOpen: command(['clinician'], z.strictObject({ sessionId, reason }), written),
  /** Only a supervisor who took no part in the session. */
  closeDiscrepancy: command(
    ['supervisor'],
    z.strictObject({ sessionId, seenSeq: amount, reason, signature: signatureSchema }),
    written,
  ),
  balance: query(['clinician', 'supervisor'], z.strictObject({ sessionId }), balanceSchema),
} as const;
