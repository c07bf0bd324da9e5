import type { FoundSession, ReviewFile, Verification } from '../../app/types.ts';
import { clock } from '../../ui/format.ts';

const when = (at: string): string => `${clock(at).date} ${clock(at).time} ${clock(at).zone}`;

type Progress = Pick<Verification, 'rowsDone' | 'rowsTotal' | 'pages'>;

/** Of the step that is under way. */
export const progressOf = ({
  rowsDone,
  rowsTotal,
  pages,
}: Progress): { readonly value: number; readonly max: number } => ({
  value: pages?.done ?? rowsDone,
  max: Math.max(1, pages?.total ?? rowsTotal),
});

/** The last step over the pages is one that cannot be counted, so it is told that it may take long. */
export function progressWords({ rowsDone, rowsTotal, pages }: Progress): string {
  if (pages === null) return `Checking: ${rowsDone} of ${rowsTotal} rows`;
  const { part, done, total } = pages;
  return part === 'copy'
    ? `All rows fit. Copying the file to check its pages: ${done} of ${total} pages`
    : `All rows fit. Checking the pages of a copy: ${done} of ${total} pages; the largest table is one step`;
}

/** The newest check of the whole record that came to an end: when, by whom, how far, and what it found. */
export function lastCheckWords({ last, rowsNow }: Pick<Verification, 'last' | 'rowsNow'>): string {
  if (last === null) return 'The whole record was never checked by anybody here.';
  const found = `${last.whole ? '✓ whole' : '✗ DAMAGED'}. ${last.detail ?? ''}`.trim();
  const since = Math.max(0, rowsNow - last.rows);
  return `Last full check ${when(last.at)} by ${last.by}, rows 1 to ${last.rows}: ${found} ${since} rows came since.`;
}

/** What is proven outside the database, and what is not: the rows after the last anchor. */
export function anchorWords({ anchors, rowsNow }: Pick<Verification, 'anchors' | 'rowsNow'>): readonly string[] {
  const held = anchors.map(({ place, rows, failure }) =>
    failure === null ? `${place} proves rows 1 to ${rows}.` : `${place} is not kept: ${failure}`,
  );
  const proven = Math.max(0, ...anchors.filter(({ failure }) => failure === null).map(({ rows }) => rows));
  const open = Math.max(0, rowsNow - proven);
  return [
    ...held,
    open === 0
      ? 'Every row has an anchor.'
      : `NOT proven: the newest ${open} rows came after the last anchor. Whoever holds the key of the record could have changed them unseen.`,
  ];
}

interface SessionCheck {
  readonly tone: 'info' | 'soft' | 'hard';
  readonly text: string;
}

/**
 * Whether all rows of a session were in the newest full check, and what that found. A check from before this start of
 * the station proves nothing of what happened to the file while it was off.
 */
export function sessionCheckWords(
  { checked, rowsUpTo }: Pick<ReviewFile, 'checked' | 'rowsUpTo'>,
  now: FoundSession['verification'],
): SessionCheck {
  if (checked === null) return { tone: 'soft', text: 'Not verified: the whole record was never checked.' };
  const check = `full check of ${when(checked.at)} by ${checked.by}`;
  if (!checked.whole)
    return { tone: 'hard', text: `✗ DAMAGED RECORD: the ${check} found: ${checked.detail ?? 'no detail'}` };
  if (now === 'not-verified' && rowsUpTo <= checked.rows) {
    return { tone: 'soft', text: `Not verified since the station was started. The ${check} had every row of it.` };
  }
  return rowsUpTo <= checked.rows
    ? { tone: 'info', text: `✓ Verified: every row of this session was in the ${check}.` }
    : {
        tone: 'soft',
        text: `Not verified: the ${check} went to row ${checked.rows}, this session goes on to row ${rowsUpTo}.`,
      };
}
