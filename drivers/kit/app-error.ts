/** Codes, grouped by room. Callers branch on these, never on message text. */
export type AppErrorCode =
  | 'LINE_OPEN_FAILED'
  | 'LINE_CLOSED'
  | 'LINE_NO_REPLY'
  | 'LINE_BAD_REPLY'
  | 'DEVICE_WRONG'
  | 'GUARD_REFUSED'
  | 'RECORD_FAILED'
  | 'RECORD_LOCKED'
  | 'RECORD_FULL'
  | 'RECORD_DAMAGED'
  | 'RECORD_HUNG'
  | 'CONFIG_INVALID'
  | 'HOST_GONE';

/** The one error class inside a process. Across a boundary an error becomes a plain tagged result. */
export class AppError extends Error {
  readonly code: AppErrorCode;

  constructor(code: AppErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
  }
}

export function hasCode(error: unknown, code: AppErrorCode): error is AppError {
  return error instanceof AppError && error.code === code;
}
