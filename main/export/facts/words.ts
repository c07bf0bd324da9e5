import { z } from 'zod';

/** A whole number among the figures of a row; null where there is none of that name. */
export function figureOf(container: unknown, name: string): number | null {
  return z.object({ [name]: z.number() }).safeParse(container).data?.[name] ?? null;
}

/** A word among the figures of a row; empty where there is none of that name. */
export function wordOf(container: unknown, name: string): string {
  return z.object({ [name]: z.string() }).safeParse(container).data?.[name] ?? '';
}
