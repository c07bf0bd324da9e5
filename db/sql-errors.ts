import { AppError } from '../drivers/kit/app-error.ts';

interface Translation {
  readonly when: RegExp;
  readonly code: 'RECORD_LOCKED' | 'RECORD_FULL' | 'RECORD_DAMAGED';
  readonly say: string;
}

const TRANSLATIONS: readonly Translation[] = [
  {
    when: /^SQLITE_(BUSY|LOCKED)/,
    code: 'RECORD_LOCKED',
    say: 'Another Chairside or another program has the record open. Close it, then try again.',
  },
  {
    when: /^(SQLITE_FULL|ENOSPC|EDQUOT)/,
    code: 'RECORD_FULL',
    say: 'The disk with the record is full. Free space on it, then try again.',
  },
  {
    when: /^SQLITE_(CORRUPT|NOTADB)/,
    code: 'RECORD_DAMAGED',
    say: 'The record file is damaged. Keep a copy of its folder for examination, then restore the last backup.',
  },
];

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Whether this much of the file cannot be read; the rest may be readable. */
function isReadFailure(error: unknown): boolean {
  return /^SQLITE_(CORRUPT|IOERR)/.test(codeOf(error));
}

/** What a page holds that may be gone; `other` where it is. */
export function orIfUnreadable<Found>(read: () => Found, other: Found): Found {
  try {
    return read();
  } catch (error) {
    if (isReadFailure(error)) return other;
    throw error;
  }
}

/** What SQLite or the file system said, as an error of ours that says what to do. */
export function toRecordError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  const code = codeOf(error);
  const known = TRANSLATIONS.find(({ when }) => when.test(code));
  if (known !== undefined) return new AppError(known.code, `${known.say} (${detail})`, { cause: error });
  const say = 'The record could not be read or written. Check the disk and the rights of its folder, then try again.';
  return new AppError('RECORD_FAILED', `${say} (${detail})`, { cause: error });
}
