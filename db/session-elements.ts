import { z } from 'zod';
import { drugAccount } from './drug-account.ts';
import { type DrugBody, readBody } from './drug-rows.ts';
import type { SignedState } from './session-search.ts';
import { type SignOff, signOffs } from './sign-off.ts';
import type { SqlDatabase } from './sql.ts';

const openingSchema = z.object({ drug: z.string(), drugLot: z.string() });
const phaseSchema = z.object({ phase: z.string() });
const givenSchema = z.object({ deliveredUg: z.int() });
const pumpSchema = z.object({ model: z.string(), firmware: z.string(), serial: z.string().nullable() });

/** The elements of one session as columns of `session_facts`, in the order in which they are written. */
export const ELEMENTS = [
  'drug',
  'lots',
  'alarms',
  'balance',
  'signed',
  'break_glass',
  'notes',
  'pumps',
  'pauses',
  'overrides',
  'given_ug',
  'ending',
  'signers',
  'people',
] as const;

export function elementsOf(bodies: readonly DrugBody[], pumpBefore: DrugBody | null): readonly (string | number)[] {
  const opening = openingSchema.safeParse(bodies.find(({ act }) => act === 'session.open')?.new).data;
  const { state, entries } = drugAccount(bodies);
  const drawn = entries.flatMap((entry) => (entry.act === 'drug.drawn' ? [entry.figures.lot] : []));
  const lots = new Set([...(opening === undefined ? [] : [opening.drugLot]), ...drawn]);
  const signatures = signOffs(bodies);
  const count = (counted: string): number => bodies.filter(({ act }) => act === counted).length;
  const phases = bodies.flatMap((body) =>
    body.act === 'session.phase' ? [{ ...phaseSchema.safeParse(body.new).data, reason: body.reason ?? '' }] : [],
  );
  return [
    opening?.drug ?? '',
    [...lots].join(', '),
    count('alarm.raised'),
    state,
    signedState(signatures),
    bodies.some(({ actor }) => actor?.auth.includes('break-glass')) ? 1 : 0,
    count('session.note'),
    pumpsIn(bodies, pumpBefore),
    phases.filter(({ phase }) => phase === 'paused').length,
    count('limit.override'),
    Math.max(0, ...bodies.map(({ new: figures }) => givenSchema.safeParse(figures).data?.deliveredUg ?? 0)),
    phases.findLast(({ phase }) => phase === 'ended' || phase === 'interrupted')?.reason ?? '',
    holding(signatures).join(', '),
    `|${[...new Set(bodies.flatMap(({ actor }) => (actor === null ? [] : [actor.id])))].join('|')}|`,
  ];
}

const holding = (signatures: readonly SignOff[]): readonly string[] => [
  ...new Set(signatures.flatMap(({ name, changedBy }) => (changedBy === null ? [name] : []))),
];

function signedState(signatures: readonly SignOff[]): SignedState {
  if (signatures.length === 0) return 'no';
  return signatures.some(({ changedBy }) => changedBy === null) ? 'yes' : 'changed';
}

/** Model, serial number where the pump tells one, and firmware, of every pump that answered at the chair meanwhile. */
function pumpsIn(bodies: readonly DrugBody[], before: DrugBody | null): string {
  const told = [...(before === null ? [] : [before]), ...bodies.filter(({ act }) => act === 'pump.identity')];
  const pumps = told.flatMap(({ new: figures }) => {
    const pump = pumpSchema.safeParse(figures).data;
    if (pump === undefined) return [];
    return [[pump.model, pump.serial ?? 'no serial told', pump.firmware].join(' ')];
  });
  return [...new Set(pumps)].join(', ');
}

/** What the pump of the chair said last before the session. */
export function pumpBefore(db: SqlDatabase, chair: string, seq: number): DrugBody | null {
  const query = db.prepare(
    "SELECT body FROM audit WHERE act = 'pump.identity' AND chair = ? AND seq < ? ORDER BY seq DESC LIMIT 1",
  );
  const row = query.get(chair, seq) as { readonly body: string } | undefined;
  return row === undefined ? null : readBody(row.body);
}
