import { z } from 'zod';
import {
  type Account,
  type Balance,
  balance,
  countedVolume,
  concentrationFits,
  countersAgree,
  madeUp,
  PROPOSED_RECONCILIATION as RULES,
} from '../core/reconciliation.ts';
import { massIn, microgram, type MicrogramPerMillilitre, microgramPerMillilitre, microlitre } from '../core/units.ts';
import { type DrugBody, type DrugEntryRow, drugEntries } from './drug-rows.ts';

/**
 * `no-drug`: nothing drawn, nothing given. `open`: not reconciled yet. `balanced`: closes by itself after the session.
 * `declared`: somebody said with a reason that it stays open. `closed`: a supervisor closed the difference.
 */
export type BalanceState = 'no-drug' | 'open' | 'balanced' | 'declared' | 'closed';

export type BalanceFlag =
  | 'drawn-late'
  | 'not-drawn-up'
  | 'lot-differs'
  | 'concentration-differs'
  | 'counter-differs'
  | 'counter-unknown'
  | 'dose-unseen';

/** Flags that only a supervisor can put aside: with them no sum proves anything. */
const BLOCKING: ReadonlySet<BalanceFlag> = new Set([
  'not-drawn-up',
  'concentration-differs',
  'counter-differs',
  'dose-unseen',
]);

export interface DrugAccount {
  readonly state: BalanceState;
  readonly flags: readonly BalanceFlag[];
  readonly entries: readonly DrugEntryRow[];
  readonly syringe: Balance;
  readonly containers: Balance;
  /** By the pump, in uL, and the same by its own counter at its changes of state; null: no read-back names it. */
  readonly givenUl: number;
  readonly countedUl: number | null;
  readonly givenUg: number;
  /** What the pump gave while the station was down: in `givenUl` where it was counted, else what it may have been at most. */
  readonly unseen: UnseenVolume | null;
  /** Pushed into the patient by hand out of the line. */
  readonly flushedUg: number;
  /** Pushed into the line by hand and not flushed. */
  readonly inLineUg: number;
  readonly wastedUg: number;
  readonly returnedUg: number;
  readonly residualUg: number;
  /** Newest words on the difference. */
  readonly explanation: { readonly by: string | null; readonly reason: string } | null;
}

const deliveredSchema = z.object({ deliveredUl: z.int().nonnegative() });
const counterSchema = z.object({ counterUl: z.int().nonnegative() });
const unseenSchema = z.object({ accounting: z.enum(['awaited', 'counted', 'lost']), unseenUl: z.int().nonnegative() });

interface UnseenVolume {
  readonly accounting: 'awaited' | 'counted' | 'lost';
  readonly volumeUl: number;
}

/** How what was given over a restart is accounted for; the newest row knows best. Null: the session saw no restart. */
export function unseenIn(rows: readonly { readonly act: string; readonly new?: unknown }[]): UnseenVolume | null {
  const row = rows.findLast(({ act }) => act === 'session.gap');
  const figures = unseenSchema.safeParse(row?.new).data;
  return figures === undefined ? null : { accounting: figures.accounting, volumeUl: figures.unseenUl };
}

const openingSchema = z.object({ drugLot: z.string(), concentrationUgPerMl: z.int().positive() });

function given(bodies: readonly DrugBody[]): number {
  return bodies.reduce((most, row) => Math.max(most, deliveredSchema.safeParse(row.new).data?.deliveredUl ?? 0), 0);
}

/**
 * The pump's counter as the rows about its state name it, independent of the sum that the engine kept. After a restart
 * only where it is still the same counter.
 */
function counted(bodies: readonly DrugBody[], unseen: UnseenVolume | null): number | null {
  const restart = bodies.findIndex(({ act }) => act === 'session.gap');
  const same = unseen === null || unseen.accounting === 'counted' ? bodies : bodies.slice(0, restart);
  const counters = same.flatMap(({ act, new: figures }) => {
    const read = act === 'pump.state' ? counterSchema.safeParse(figures).data : undefined;
    return read === undefined ? [] : [microlitre(read.counterUl)];
  });
  return counters.length === 0 ? null : countedVolume(counters);
}

type Act = DrugEntryRow['act'];

function sum(entries: readonly DrugEntryRow[], act: Act, fits: (entry: DrugEntryRow) => boolean = () => true): number {
  return entries.reduce((total, entry) => total + (entry.act === act && fits(entry) ? entry.figures.massUg : 0), 0);
}

const from = (place: 'syringe' | 'container') => (entry: DrugEntryRow) =>
  (entry.act === 'drug.waste' || entry.act === 'drug.return') && entry.figures.from === place;

function account(taken: number, accounted: number): Account {
  return { taken: microgram(taken), accounted: microgram(accounted) };
}

/** What the rows of one session say about its controlled drug. Pure: the trail is the only source. */
export function drugAccount(bodies: readonly DrugBody[]): DrugAccount {
  const entries = drugEntries(bodies);
  const opening = openingSchema.safeParse(bodies.find(({ act }) => act === 'session.open')?.new).data;
  const givenUl = given(bodies);
  const unseen = unseenIn(bodies);
  const countedUl = counted(bodies, unseen);
  const ordered = microgramPerMillilitre(opening?.concentrationUgPerMl ?? 0);
  const givenUg = massIn(microlitre(givenUl), ordered);
  // What was corrected to nothing was never opened.
  const drawn = entries.filter((entry) => entry.act === 'drug.drawn').filter(({ figures }) => figures.volumeUl > 0);
  const drawnUg = sum(drawn, 'drug.drawn');
  const opened = drawn.reduce((total, { figures }) => total + figures.openedUg, 0);
  const out = (place: 'syringe' | 'container') =>
    sum(entries, 'drug.waste', from(place)) + sum(entries, 'drug.return', from(place));
  const primed = sum(entries, 'drug.prime');
  const flushedUg = sum(entries, 'drug.flush');
  const residualUg = sum(entries, 'drug.residual');
  const syringe = balance(account(drawnUg, givenUg + primed + out('syringe') + residualUg), RULES);
  const containers = balance(account(opened, drawnUg + out('container')), RULES);
  const flags = flagsOf({ drawn, lot: opening?.drugLot ?? null, ordered, givenUl, countedUl, unseen });
  const closedByItself =
    syringe.kind === 'balanced' && containers.kind === 'balanced' && !flags.some((flag) => BLOCKING.has(flag));
  return {
    ...stateOf(bodies, entries.length === 0 && givenUl === 0, closedByItself),
    flags,
    entries,
    syringe,
    containers,
    givenUl,
    countedUl,
    givenUg,
    unseen,
    flushedUg,
    inLineUg: Math.max(0, primed - flushedUg),
    wastedUg: sum(entries, 'drug.waste'),
    returnedUg: sum(entries, 'drug.return'),
    residualUg,
  };
}

type DrawnRow = Extract<DrugEntryRow, { act: 'drug.drawn' }>;

/** Concentration that was made up, as the figures say that hold now. */
export function madeUpIn({ figures }: DrawnRow): MicrogramPerMillilitre {
  return madeUp(microgram(figures.massUg), microlitre(figures.afterAdditionUl));
}

interface FlagFacts {
  readonly drawn: readonly DrawnRow[];
  readonly lot: string | null;
  readonly ordered: MicrogramPerMillilitre;
  readonly givenUl: number;
  readonly countedUl: number | null;
  readonly unseen: UnseenVolume | null;
}

function flagsOf({ drawn, lot, ordered, givenUl, countedUl, unseen }: FlagFacts): BalanceFlag[] {
  const flags: BalanceFlag[] = [];
  if (drawn.length === 0 && givenUl > 0) flags.push('not-drawn-up');
  if (drawn.some(({ figures }) => figures.late)) flags.push('drawn-late');
  if (drawn.some(({ figures }) => figures.lot !== lot)) flags.push('lot-differs');
  if (drawn.some((entry) => !concentrationFits(madeUpIn(entry), ordered, RULES))) flags.push('concentration-differs');
  if (givenUl > 0 && countedUl === null) flags.push('counter-unknown');
  else if (countedUl !== null && !countersAgree(microlitre(givenUl), microlitre(countedUl), RULES)) {
    flags.push('counter-differs');
  }
  if (unseen !== null && unseen.accounting !== 'counted' && unseen.volumeUl > 0) flags.push('dose-unseen');
  return flags;
}

/** Words on a difference hold until the account moves again. */
function stateOf(
  bodies: readonly DrugBody[],
  isEmpty: boolean,
  closes: boolean,
): Pick<DrugAccount, 'state' | 'explanation'> {
  const said = bodies.findLast(({ act, outcome }) => outcome === 'ok' && moves(act));
  if (said?.reason !== undefined && (said.act === 'drug.discrepancy' || said.act === 'drug.discrepancy.closed')) {
    const explanation = { by: said.actor?.id ?? null, reason: said.reason };
    return { state: said.act === 'drug.discrepancy' ? 'declared' : 'closed', explanation };
  }
  if (isEmpty) return { state: 'no-drug', explanation: null };
  const isOver = bodies.some(({ act }) => act === 'session.close');
  return { state: isOver && closes ? 'balanced' : 'open', explanation: null };
}

const DELIVERY: ReadonlySet<string> = new Set(['session.phase', 'session.gap', 'session.close', 'pump.progress']);
const moves = (act: string): boolean => act.startsWith('drug.') || DELIVERY.has(act);
