import { setTimeout as pause } from 'node:timers/promises';
import type { Millisecond } from '../../core/units.ts';
import type { DamageReport, Verification, VerifyScope } from '../../db/trail.ts';
import type { SelfTestView } from '../../preload/contract/alarms.ts';
import { withZone } from './local-time.ts';
import { type Replaced, replacedHold, RESTART } from './program-watch.ts';

/** the whole test has ended after 5 s, whatever hangs; each part has this long (ms). */
const PATIENCE = 4000;
/** Part of it in which the chain is walked; the rest is for the answer. */
const CHAIN_SHARE = 0.9;
const NEWEST_LATE =
  'The rows since the last check could not be walked in time. The station walks them at its start; try again in a minute.';
/** Over `DRIFT_OVER` ms the timer, the monotonic and the wall clock must agree to this (ms), on a busy machine too. */
const MOST_DRIFT = 500;
const DRIFT_OVER = 250;
/** A device process says something each second. */
const HOST_SILENT_AFTER = 3000;

export interface PartState {
  readonly ok: boolean;
  readonly detail: string;
}

type ChainFound = Pick<Verification, 'rows' | 'damage' | 'after'>;

/** What the test looks at; each probe is asked once. */
export interface SelfTestProbes {
  /** Writes a row and resolves when it is durable. */
  readonly write: () => Promise<unknown>;
  /** Only what came since the last check, or all; told how many rows it has walked. */
  readonly verify: (scope: VerifyScope, signal: AbortSignal, walked: (rows: number) => void) => Promise<ChainFound>;
  /** The drug library as its source vouches for it. */
  readonly library: () => PartState;
  readonly sound: () => { readonly proved: boolean; readonly heard: { readonly by: string } | null };
  readonly now: () => Millisecond;
  /** Since when the process that guards the pump has said nothing, in ms. */
  readonly hostSilence: () => number;
  /** Whether the files of the program are those it was started from. */
  readonly program: () => Promise<Replaced | null>;
}

type Part = SelfTestView['parts'][number];

const fine = (detail: string): PartState => ({ ok: true, detail });
const failed = (detail: string): PartState => ({ ok: false, detail });

/** record, chain, library, sound, clock, guard and program, all at once. Never rejects: what throws has failed. */
export async function runSelfTest(probes: SelfTestProbes, patience = PATIENCE): Promise<SelfTestView> {
  const within = async (part: Part['part'], test: () => Promise<PartState> | PartState, late: PartState) => {
    const ending = new AbortController();
    const state = await Promise.race([
      (async () => test())().catch((error: unknown) => failed(error instanceof Error ? error.message : String(error))),
      pause(patience, late, { signal: ending.signal }).catch(() => late),
    ]);
    ending.abort();
    return { part, ...state };
  };
  const parts = await Promise.all([
    within('record', () => write(probes), failed('No row could be written in time. Check the disk of this station.')),
    within('chain', () => chain(probes, patience), failed(NEWEST_LATE)),
    within('library', probes.library, failed('The drug library did not answer.')),
    within('sound', () => sound(probes), failed('The sound was not judged in time.')),
    within('clock', () => clock(probes), failed('Timers are late. Close other programs on this machine, try again.')),
    within('guard', () => guard(probes), failed('The device process did not answer.')),
    within('program', () => program(probes), failed('The files of the program could not be looked at in time.')),
  ]);
  return { at: withZone(new Date()), parts };
}

async function write(probes: SelfTestProbes): Promise<PartState> {
  await probes.write();
  return fine('A row was written and is durable.');
}

/**
 * What came since the last check first: that is where today's harm would be, and without it nothing passes. In the time
 * that is left the rows before it, which a check has walked already, as far as it goes.
 */
async function chain({ verify }: SelfTestProbes, patience: number): Promise<PartState> {
  const time = AbortSignal.timeout(patience * CHAIN_SHARE);
  let newest: ChainFound | null = null;
  let walked = 0;
  try {
    newest = await verify('newest', time, () => undefined);
    if (newest.damage === null && newest.after !== undefined) {
      const whole = await verify('whole', time, (rows) => {
        walked = rows;
      });
      return whole.damage === null ? fine(allFit(whole.rows)) : damaged(whole.damage);
    }
  } catch (error) {
    if (!time.aborted) throw error;
    return newest === null ? failed(NEWEST_LATE) : fine(partly(newest, walked));
  }
  return newest.damage === null ? fine(allFit(newest.rows)) : damaged(newest.damage);
}

const allFit = (rows: number): string => `All ${rows} rows fit each other and the signed head.`;

function partly({ rows, after = 0 }: ChainFound, walked: number): string {
  const newest = `Rows ${after + 1} to ${rows}, all since the last check, fit each other and the signed head.`;
  const again = walked === 0 ? 'none' : `the first ${Math.min(walked, after)}`;
  return `${newest} Of the ${after} before them ${again} could be walked again in the time of this test.`;
}

const damaged = ({ seq, what }: DamageReport): PartState =>
  failed(`Row ${seq} does not fit (${what}). Keep a copy of the record's folder and call support.`);

function sound(probes: SelfTestProbes): PartState {
  const { proved, heard } = probes.sound();
  if (!proved) return failed('No screen proves its sound. Touch the screen once, check the loudspeaker, try again.');
  if (heard === null)
    return failed('Nobody has confirmed the test tone. Press "Test sound" and confirm that you hear it.');
  return fine(`The screen proves its sound; ${heard.by} has heard the test tone.`);
}

async function clock({ now }: SelfTestProbes): Promise<PartState> {
  const [began, wallBegan] = [now(), Date.now()];
  await pause(DRIFT_OVER);
  const [gone, wallGone] = [now() - began, Date.now() - wallBegan];
  const drift = Math.max(Math.abs(gone - DRIFT_OVER), Math.abs(wallGone - gone));
  if (drift <= MOST_DRIFT) return fine(`Timers and clocks agree to ${drift} ms.`);
  return failed(`Timers and clocks differ by ${drift} ms. Close other programs on this machine, try again.`);
}

function guard(probes: SelfTestProbes): PartState {
  const silence = probes.hostSilence();
  if (silence <= HOST_SILENT_AFTER) return fine('The process that guards the pump answers.');
  return failed('The process that guards the pump is silent. It is started again by itself; try again in a moment.');
}

async function program(probes: SelfTestProbes): Promise<PartState> {
  const replaced = await probes.program();
  return replaced === null
    ? fine('It is the program that was started.')
    : failed(`${replacedHold(replaced).title} ${RESTART}`);
}
