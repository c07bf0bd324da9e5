import type { Role } from '../../preload/contract/leaf.ts';
import { PIN_PATTERN, type SecretKind } from './pin.ts';

/** Whoever reviews, exports or gives rights needs a password; at the chair a PIN has to be quick. */
export function secretKindOf(role: Role): SecretKind {
  return role === 'supervisor' || role === 'administrator' ? 'password' : 'pin';
}

const SHORTEST_PASSWORD = 12;
/** The PINs that people choose most and that the rules below do not find. */
const COMMON_PINS: ReadonlySet<string> = new Set(['159753', '147258', '258456', '789456', '520520', '142536']);
const COMMON_PASSWORDS = /^(password|passwort|chairside|welcome|administrator|supervisor|qwerty|letmein)[\d\W]*$/i;

/** `121212`, `123123`, `111111`: the same piece again and again. */
const isRepeated = (pin: string): boolean => /^(\d{1,3})\1+$/.test(pin);
/** `112233`: every digit twice. */
const isPairs = (pin: string): boolean => /^(?:(\d)\1)+$/.test(pin);

function isRun(pin: string): boolean {
  const digits = Array.from(pin, Number);
  const steps = new Set(digits.slice(1).map((digit, index) => digit - (digits[index] ?? 0)));
  return steps.size === 1 && [1, -1].includes([...steps][0] ?? 0);
}

const isDay = (day: string, month: string): boolean =>
  Number(day) >= 1 && Number(day) <= 31 && Number(month) >= 1 && Number(month) <= 12;

/** Six or eight digits that read as a day in one of the usual orders: a birth date is the first guess. */
function isDate(pin: string): boolean {
  const [a, b, c] = [pin.slice(0, 2), pin.slice(2, 4), pin.slice(4, 6)];
  if (pin.length === 6) return isDay(a, b) || isDay(b, a) || isDay(c, b);
  if (pin.length !== 8) return false;
  const isCentury = (digits: string): boolean => digits === '19' || digits === '20';
  return (isCentury(c) && (isDay(a, b) || isDay(b, a))) || (isCentury(a) && isDay(pin.slice(6), c));
}

function pinProblem(pin: string): string | null {
  if (!PIN_PATTERN.test(pin)) return 'A PIN is six digits or more and nothing but digits.';
  const isEasy = isRepeated(pin) || isPairs(pin) || isRun(pin) || isDate(pin) || COMMON_PINS.has(pin);
  return isEasy
    ? 'This PIN is among the first that anybody would guess (a row, a repetition, a date). Choose another.'
    : null;
}

function passwordProblem(password: string): string | null {
  if (password.length < SHORTEST_PASSWORD)
    return `This role needs a password of ${SHORTEST_PASSWORD} characters or more.`;
  const isEasy = new Set(password).size < 5 || COMMON_PASSWORDS.test(password);
  return isEasy ? 'This password is among the first that anybody would guess. Choose another.' : null;
}

/** Why a new secret is not taken for this role, as a sentence that says what to do; null when it is. */
export function secretProblem(role: Role, secret: string): string | null {
  return secretKindOf(role) === 'pin' ? pinProblem(secret) : passwordProblem(secret);
}
