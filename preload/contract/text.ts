import { z } from 'zod';

/** Text as a person types it. Half a surrogate pair has no canonical JSON, so the record could not hold it. */
export const text = (least: number, most: number) =>
  z
    .string()
    .trim()
    .min(least)
    .max(most)
    .refine((value) => value.isWellFormed(), 'contains a damaged character');
