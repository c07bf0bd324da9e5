import { z } from 'zod';

const end = z.object({ rows: z.int(), root: z.string(), lastRowAt: z.string() });

/** The member `new` of a row `record.restored`, and what `npm run restore` reports; see db/restored.ts. */
export const restoredSchema = end.extend({
  at: z.string(),
  copy: z.string(),
  replaced: end.nullable(),
  movedTo: z.string().nullable(),
  anchoredRows: z.int().nullable(),
});
type Restored = z.infer<typeof restoredSchema>;

/** An instant as people read it, with its zone. */
const readable = (instant: string): string => instant.replace('T', ' ').replace(/(:\d\d)(?:\.\d+)?Z$/, '$1 UTC');

const rows = (first: number, last: number): string =>
  first === last ? `Row ${last} is` : `Rows ${first} to ${last} are`;

/** What is not in the record any more, as far as anything still knows. */
export function lost({ rows: kept, lastRowAt: last, replaced, anchoredRows }: Restored): readonly string[] {
  const lastRowAt = readable(last);
  const known = Math.max(replaced?.rows ?? 0, anchoredRows ?? 0);
  if (replaced === null && anchoredRows === null) {
    return [
      `What was recorded after row ${kept} of ${lastRowAt} is lost. How much that is nobody can say: the old record could not be read, and no anchor.`,
    ];
  }
  const until = replaced?.rows === known ? `written until ${readable(replaced.lastRowAt)}` : 'as an anchor proves';
  return [
    known > kept
      ? `${rows(kept + 1, known)} lost, ${until}; the last row kept is of ${lastRowAt}.`
      : `No row after row ${kept} of ${lastRowAt} is known of.`,
    ...(replaced === null ? ['Rows after the newest anchor, of a minute at most, may be lost beside them.'] : []),
  ];
}

/** What the two persons read who sign for it. */
export function restoredSentences(restored: Restored): readonly string[] {
  const { at, copy, movedTo } = restored;
  return [
    `On ${readable(at)} the copy ${copy} was put in the place of the record.`,
    ...lost(restored),
    ...(movedTo === null ? [] : [`What was there before lies in the folder ${movedTo} beside it. Keep it.`]),
    'Doses that were given after the copy was made count no more: ask for every patient what was given in the last 24 h.',
    'People, PINs and the accepted configuration are those of the copy again: look through the list of people.',
  ];
}
