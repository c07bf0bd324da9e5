import { z } from 'zod';
import { command, query } from './leaf.ts';

const id = z.string().trim().min(1).max(60);

const exportId = z.strictObject({ exportId: id });

/** What is exported: closed sessions only. */
export const exportSubjectSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('session'), sessionId: id }),
  /** All sessions opened on this day, by the station's time zone. */
  z.strictObject({ kind: z.literal('day'), day: z.iso.date() }),
  z.strictObject({ kind: z.literal('person'), patientId: id }),
  /** All sessions with this drug, by its name in the drug library. */
  z.strictObject({ kind: z.literal('drug'), drug: id }),
]);
export type ExportSubject = z.infer<typeof exportSubjectSchema>;

const exportRequest = z.strictObject({
  subject: exportSubjectSchema,
  form: z.enum(['folder', 'zip']),
  content: z.enum(['identified', 'safe-harbor', 'date-shifted']),
});

/** How far an export has come. Only `done` has a path on this machine. */
export const exportStateSchema = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('running'),
    done: z.number().int(),
    sessions: z.number().int(),
    /** Rows of the record, which is checked once before the first session; null where it is not being checked. */
    checked: z.strictObject({ rows: z.number().int(), of: z.number().int() }).nullable(),
  }),
  z.strictObject({
    state: z.literal('done'),
    path: z.string(),
    sessions: z.number().int(),
    rows: z.number().int(),
    /** Whether it checked out when it was read back from the disk. */
    verified: z.boolean(),
    /** Hex SHA-256 of the last manifest: stands for every byte, and is in the record. */
    manifest: z.string(),
    /** Fingerprint of the station's root key. */
    root: z.string(),
    /** Path of the sheet that lies beside an export which must not carry its anchor itself; null where it carries it. */
    anchorSheet: z.string().nullable(),
  }),
  z.strictObject({ state: z.literal('cancelled') }),
  z.strictObject({ state: z.literal('failed'), message: z.string() }),
]);
export type ExportState = z.infer<typeof exportStateSchema>;

/** Exports, one at a time. Each, and each that failed or was cancelled, is a row of the record. */
export const exportsGroup = {
  start: command(['supervisor'], exportRequest, exportId),
  progress: query(['supervisor'], exportId, exportStateSchema),
  cancel: command(['supervisor'], exportId, z.strictObject({})),
} as const;
