import { z } from 'zod';
import { signatureSchema } from './frames.ts';
import { command, nothing } from './leaf.ts';
import { text } from './text.ts';

/** What persons do for the record itself. */
export const record = {
  /** Two persons compared the root fingerprint with the paper: `fingerprint` is what is written there. */
  enrolKey: command(
    ['administrator'],
    z.strictObject({ fingerprint: text(8, 80), signature: signatureSchema, second: signatureSchema }),
    z.strictObject({}),
  ),
  /** A checked copy of the record now, into the folder of the configuration. Answers when the copy was checked. */
  backup: command(
    ['supervisor', 'administrator'],
    nothing,
    z.strictObject({ path: z.string(), rows: z.number().int() }),
  ),
};
