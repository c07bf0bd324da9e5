import { z } from 'zod';
import { contract } from './contract.ts';

/**
 * Goes with every command of `session.*`: which session the person saw, the how-manieth command of this
 * connection it is, and when it was issued, in milliseconds of the station's monotonic clock.
 */
export const stampSchema = z.strictObject({
  /** `epoch` of the chair in the newest frame; 0 for a command that names no chair. */
  epoch: z.number().int().nonnegative(),
  sequence: z.number().int().positive(),
  issuedAtMs: z.number(),
});
export type Stamp = z.infer<typeof stampSchema>;

const STAMPED: ReadonlySet<string> = new Set(
  Object.entries(contract.session).flatMap(([name, { kind }]) => (kind === 'command' ? [`session.${name}`] : [])),
);

export const isStamped = (leaf: string): boolean => STAMPED.has(leaf);
