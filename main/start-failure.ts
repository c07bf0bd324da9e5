import { AppError } from '../drivers/kit/app-error.ts';

/** What a person reads when the station cannot start: what is wrong and what to do, without a stack. */
export function startFailure(error: unknown): string {
  if (error instanceof AppError) return error.code === 'CONFIG_INVALID' ? error.message : `chairside: ${error.message}`;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') return 'chairside: this port is taken; choose another with --port';
  return `chairside: cannot start: ${error instanceof Error ? error.message : String(error)}`;
}
