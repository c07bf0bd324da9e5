import { z } from 'zod';
import type { DrugBody } from './drug-rows.ts';

/** Acts by which somebody lets drug into the patient. */
const GIVING: ReadonlySet<string> = new Set(['session.start', 'session.resume']);
/** Acts by which somebody runs a session, beside those. */
const RUNNING: ReadonlySet<string> = new Set([
  'session.open',
  'session.check',
  'session.arm',
  'session.pause',
  'session.end',
  'limit.override',
  'limit.patient',
  'pump.stopped-by-hand',
]);
/** Acts of the account that move no drug: they judge it. */
const JUDGING: ReadonlySet<string> = new Set(['drug.discrepancy', 'drug.discrepancy.closed']);

const handled = (act: string): boolean => act.startsWith('drug.') && !JUDGING.has(act);
const gave = (act: string): boolean => GIVING.has(act) || (handled(act) && act !== 'drug.corrected');
const ran = (act: string): boolean =>
  gave(act) || RUNNING.has(act) || act === 'drug.corrected' || act === 'drug.discrepancy';

function actors(bodies: readonly DrugBody[], fits: (act: string) => boolean): ReadonlySet<string> {
  const done = bodies.filter(({ act, outcome }) => outcome === 'ok' && fits(act));
  return new Set(done.flatMap(({ actor }) => actor?.id ?? []));
}

/** Ids of all who gave drug of this session or had it in hand: none of them may witness where it went. */
export const givers = (bodies: readonly DrugBody[]): ReadonlySet<string> => actors(bodies, gave);

/** Ids of all who ran this session: none of them may sign it off. */
export const runners = (bodies: readonly DrugBody[]): ReadonlySet<string> => actors(bodies, ran);

const witnessSchema = z.object({ witness: z.string() });

/** Ids of all who took part, witnesses too: none of them may close a difference. */
export function participants(bodies: readonly DrugBody[]): ReadonlySet<string> {
  const witnesses = bodies.flatMap(({ outcome, new: figures }) =>
    outcome === 'ok' ? (witnessSchema.safeParse(figures).data?.witness ?? []) : [],
  );
  return new Set([...runners(bodies), ...witnesses]);
}
