import canonicalize from 'canonicalize';
import { AppError } from '../drivers/kit/app-error.ts';

type NumberRule = 'whole' | 'finite';

function refuse(path: string, why: string): never {
  throw new AppError('RECORD_FAILED', `This event cannot be recorded: ${path} ${why}.`);
}

function checkNumber(value: number, path: string, rule: NumberRule): void {
  if (!Number.isFinite(value)) refuse(path, `is ${value}`);
  if (rule === 'whole' && !Number.isSafeInteger(value)) refuse(path, `is not a whole number (${value})`);
}

function checkText(value: string, path: string): void {
  if (!value.isWellFormed()) refuse(path, 'holds half a character (a lone surrogate)');
}

/** `canonicalize` drops undefined members and calls toJSON; a record must hold what it was given, so both are refused. */
function check(value: unknown, path: string, rule: NumberRule): void {
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'number') return checkNumber(value, path, rule);
  if (typeof value === 'string') return checkText(value, path);
  if (typeof value !== 'object') refuse(path, `is ${typeof value}`);
  if (Array.isArray(value)) return value.forEach((item, index) => check(item, `${path}[${index}]`, rule));
  for (const [name, member] of Object.entries(value)) {
    checkText(name, path);
    check(member, `${path}.${name}`, rule);
  }
}

function toCanonical(value: object, rule: NumberRule): string {
  check(value, 'body', rule);
  const text = canonicalize(value);
  if (text === undefined) throw new AppError('RECORD_FAILED', 'This event cannot be recorded: it has no JSON form.');
  return text;
}

/**
 * Canonical JSON (RFC 8785) of a row. Numbers are whole: quantities are counted in the smallest unit, so that
 * a checker in any language reads the same digits. Throws RECORD_FAILED naming the member that does not fit.
 */
export function canonicalBody(value: object): string {
  return toCanonical(value, 'whole');
}

/** Canonical JSON of measured values; any finite number. Throws RECORD_FAILED otherwise. */
export function canonicalValues(value: object): string {
  return toCanonical(value, 'finite');
}
