import type { z } from 'zod';
import { AppError } from '../../drivers/kit/app-error.ts';
import { contract } from '../../preload/contract/contract.ts';
import type { Leaf, Result, Right } from '../../preload/contract/leaf.ts';
import { handlers } from './handlers/all.ts';
import { Denial, Refusal, SECRET_FIRST } from './refusals.ts';
import { noteUse, whoActs } from './sitting.ts';
import type { Call } from './station-context.ts';

interface Route {
  readonly leaf: Leaf<z.ZodType, z.ZodType>;
  readonly handle: (input: unknown, call: Call) => unknown;
}

/** Leaves by "group.name". The cast joins what the mapped types of contract and handlers keep in step. */
const ROUTES: ReadonlyMap<string, Route> = new Map(
  Object.entries(contract).flatMap(([group, leaves]) =>
    Object.entries(leaves).map(([name, leaf]): [string, Route] => {
      const inGroup = handlers[group as keyof typeof handlers] as Readonly<Record<string, unknown>>;
      return [`${group}.${name}`, { leaf, handle: inGroup[name] as Route['handle'] }];
    }),
  ),
);

/** The one call that nothing may stand before (R-2.6). */
const STOP = 'chair.stop';
/** Calls that a slow or full disk must not hold up: stopping, silencing, and the page's sign of life. */
const AT_ONCE: ReadonlySet<string> = new Set([STOP, 'alarm.pauseAudio', 'sound.report']);

/** What is left to somebody whose secret another person chose: choosing their own, and going away. */
const WITHOUT_OWN_SECRET: ReadonlySet<string> = new Set([
  'people.changeOwnSecret',
  'access.signOut',
  'seat.lock',
  'seat.stillHere',
]);

/** Answers one call of one leaf. Never throws, and never lets an error's inside out. */
export async function dispatch(name: string, input: unknown, at: Omit<Call, 'person'>): Promise<Result<unknown>> {
  const call: Call = { ...at, person: whoActs(at) };
  const route = ROUTES.get(name);
  if (route === undefined) return refuse('UNKNOWN_LEAF', `The station has no call named "${name.slice(0, 80)}".`);
  if (at.station.isClosing() && name !== STOP) return refuse('STATION_CLOSING', 'The station is being closed.');
  const refused = checkRight(name, route.leaf.right, call);
  if (refused !== null) {
    if (route.leaf.kind === 'command') noteDenied({ leaf: name }, refused.code, call);
    return refused;
  }
  // What anyone may call needs no person, and a page calls some of it by itself: neither shows that somebody is here.
  if (route.leaf.kind === 'command' && route.leaf.right !== 'anyone') noteUse(call);
  const parsed = route.leaf.input.safeParse(input);
  if (!parsed.success) return refuse('INVALID_INPUT', inputProblem(parsed.error));
  try {
    const value = route.leaf.output.parse(await route.handle(parsed.data, call));
    // R-8.2: who was answered can rely on the record. A stop was sent before this and waits for nothing.
    if (route.leaf.kind === 'command' && !AT_ONCE.has(name)) await at.station.recorder.settled();
    return { ok: true, value };
  } catch (error) {
    if (error instanceof Denial) noteDenied({ ...error.facts, leaf: name }, error.code, call);
    if (error instanceof Refusal || error instanceof AppError) return refuse(error.code, error.message);
    return unexpected(name, error, call);
  }
}

/** Rights are checked here for every leaf and topic, whatever a screen shows or hides. */
export function checkRight(
  name: string,
  right: Right,
  { station, seat, person }: Call,
): (Result<never> & { ok: false }) | null {
  if (right === 'anyone') return null;
  if (person === null && seat.locked) return refuse('SEAT_LOCKED', 'The screen is locked. Sign in, then try again.');
  if (person === null) return refuse('NOT_SIGNED_IN', 'Sign in first.');
  if (station.book.owesSecret(person.id) && !WITHOUT_OWN_SECRET.has(name)) {
    return refuse(
      SECRET_FIRST,
      'Somebody else chose your PIN or password. Choose your own first. STOP works without it.',
    );
  }
  if (right === 'signed-in' || right.includes(person.role)) return null;
  return refuse('NOT_ALLOWED', `This is for: ${right.join(', ')}. Sign in as such a person.`);
}

export function refuse(code: string, message: string): { ok: false; code: string; message: string } {
  return { ok: false, code, message };
}

function inputProblem(error: z.ZodError): string {
  const issue = error.issues[0];
  const field = issue?.path.join('.') ?? '';
  return `Check ${field === '' ? 'the input' : `"${field}"`}: ${issue?.message ?? 'not as expected'}.`;
}

/** An attempt beyond one's rights is a row; `what` names the leaf or the topic. */
export function noteDenied(
  what: { readonly leaf: string; readonly [fact: string]: string },
  reason: string,
  { station, person }: Call,
): void {
  station.journal.note('access.denied', { by: person?.id ?? null, outcome: 'denied', reason, new: what });
}

/** A fault of this program: the record gets its message, the screen a sentence, nobody a stack. */
function unexpected(leaf: string, error: unknown, { station }: Call): Result<never> {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  station.journal.note('station.error', { outcome: 'failed', reason, new: { leaf } });
  return refuse('INTERNAL', 'The station failed to answer. Look at the chair before you try again.');
}
