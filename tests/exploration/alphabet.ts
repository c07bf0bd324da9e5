import { isForeignPump } from '../../core/engine/facts.ts';
import type { LeftBehind } from '../../core/engine/unseen.ts';
import { IDENTITY, drawnIn, justBefore } from '../../core/engine/testing.ts';
import { mayDeliver, type Outcome, type PumpState } from '../../core/pump.ts';
import type { Microlitre, MicrolitrePerHour, Millisecond } from '../../core/units.ts';
import type { Quality } from '../../core/vitals.ts';
import type { Node } from './node.ts';
import { type Happening, LOW_CEILING, PLAN_RATE, PORTION, WHOLE_PLAN } from './small-world.ts';

/** One thing that can happen at any chair at any time, `after` milliseconds later. */
export interface Letter {
  readonly name: string;
  readonly after: number;
  readonly make: (node: Node, at: Millisecond) => Happening;
}

const by = 'anna';
const SECOND = 1000;

function fixed(name: string, what: Happening): Letter {
  return { name, after: 0, make: () => what };
}

const tick = (after: number): Letter => ({ name: `tick ${after}`, after, make: () => ({ kind: 'tick' }) });

interface Read {
  readonly state: PumpState;
  readonly rate?: number;
  readonly alarm?: 'stalled';
  /** Counter from what it was; as far as the plan's rate would move it where none is given. */
  readonly counter?: (node: Node) => number;
  /** How old the read-back is on arrival, and how long before it nothing else came. */
  readonly late?: number;
  readonly after?: number;
  /** The question left before any stop of this pump did, however late its answer came. */
  readonly askedBefore?: true;
}

function read(name: string, what: Read): Letter {
  const { state, rate = PLAN_RATE, alarm, counter, late = 0, after = 0, askedBefore = false } = what;
  return {
    name,
    after,
    make: (node, at) => ({
      kind: 'pump-read',
      reading: {
        state,
        rate: rate as MicrolitrePerHour,
        counter: (counter ? counter(node) : advanced(node, at)) as Microlitre,
        alarm: alarm ?? null,
        at: (at - late) as Millisecond,
      },
      afterStop: askedBefore ? null : justBefore((at - late) as Millisecond),
    }),
  };
}

/** Where the pump's counter stands as far as is known; a pump that was not read back goes on from where it was counted. */
const counterOf = ({ state: { pump } }: Node): number => pump.reading?.counter ?? pump.counterAt ?? 0;

/** A pump read back as delivering went on at the plan's rate, for two seconds at most. */
function advanced(node: Node, at: Millisecond): number {
  const { reading } = node.state.pump;
  const ran = reading !== null && mayDeliver(reading.state);
  return counterOf(node) + (ran ? Math.min(2, Math.floor((at - reading.at) / SECOND)) * PORTION : 0);
}

const same = counterOf;
const plus =
  (portions: number) =>
  (node: Node): number =>
    counterOf(node) + portions * PORTION;
/** Powered up or cleared in between. Of a foreign pump no counter counts, so that its own is left alone. */
const cleared =
  (portions: number) =>
  (node: Node): number =>
    isForeignPump(node.state) ? counterOf(node) : portions * PORTION;

const READINGS: readonly Letter[] = [
  read('read stopped', { state: 'stopped', counter: same }),
  read('read infusing', { state: 'infusing' }),
  read('read infusing, counter stuck', { state: 'infusing', counter: same }),
  read('read infusing, counter jumps', { state: 'infusing', counter: plus(2) }),
  read('read infusing at twice the rate', { state: 'infusing', rate: 2 * PLAN_RATE, counter: plus(2) }),
  read('read waiting', { state: 'waiting', counter: same }),
  read('read paused', { state: 'paused', counter: same }),
  read('read purging', { state: 'purging', counter: plus(1) }),
  read('read alarm', { state: 'alarm', alarm: 'stalled', counter: same }),
  read('read stopped, one portion later', { state: 'stopped', counter: plus(1) }),
  read('read stopped, counter cleared', { state: 'stopped', counter: cleared(0) }),
  read('read infusing, counter cleared', { state: 'infusing', counter: cleared(1) }),
  read('read stopped, asked before any stop', { state: 'stopped', counter: same, askedBefore: true }),
  read('read stopped, a second old', { state: 'stopped', counter: same, late: SECOND }),
  read('read stopped after 3 s of nothing', { state: 'stopped', counter: same, after: 3 * SECOND }),
];

/** Of SpO2; with it comes a good breath where breath is measured at all. */
function vitals(name: string, value: number | null, quality: Quality): Letter {
  return {
    name: `signs ${name}`,
    after: 0,
    make: ({ state }, at) => {
      const breath = { parameter: 'rr', value: 14, quality: 'good', at } as const;
      const others = state.vitals.rr.latestValue === null ? [] : [breath];
      return { kind: 'vitals', samples: [{ parameter: 'spo2', value, quality, at }, ...others] };
    },
  };
}

function breath(name: string, value: number | null, quality: Quality): Letter {
  return {
    name: `breath ${name}`,
    after: 0,
    make: (_node, at) => ({ kind: 'vitals', samples: [{ parameter: 'rr', value, quality, at }] }),
  };
}

const VITALS: readonly Letter[] = [
  vitals('good', 98, 'good'),
  // Inside the hysteresis of the limit below it.
  vitals('advisory', 91, 'good'),
  vitals('low', 88, 'good'),
  vitals('critical', 80, 'good'),
  vitals('poor', 98, 'poor'),
  vitals('invalid', null, 'invalid'),
  breath('good', 14, 'good'),
  breath('slow', 6, 'good'),
  breath('none', 0, 'good'),
  breath('invalid', null, 'invalid'),
];

const LINKS: readonly Letter[] = [
  fixed('pump line up', { kind: 'link', device: 'pump', state: 'up', detail: '' }),
  fixed('pump line down', { kind: 'link', device: 'pump', state: 'down', detail: '' }),
  fixed('pump line wrong', { kind: 'link', device: 'pump', state: 'wrong-device', detail: '' }),
  fixed('monitor line up', { kind: 'link', device: 'monitor', state: 'up', detail: '' }),
  fixed('monitor line down', { kind: 'link', device: 'monitor', state: 'down', detail: '' }),
  fixed('own pump', { kind: 'pump-identified', identity: IDENTITY }),
  fixed('other pump', { kind: 'pump-identified', identity: { ...IDENTITY, serial: 'other' } }),
];

function outcome(name: string, what: Outcome, stale = 0): Letter {
  return {
    name,
    after: 0,
    make: ({ state }) => ({ kind: 'outcome', commandId: state.nextCommandId - 1 - stale, outcome: what }),
  };
}

const OUTCOMES: readonly Letter[] = [
  { name: 'written', after: 0, make: ({ state }) => ({ kind: 'written', commandId: state.nextCommandId - 1 }) },
  outcome('confirmed', { kind: 'confirmed' }),
  outcome('refused', { kind: 'refused', code: 'x' }),
  outcome('unknown', { kind: 'unknown', detail: 'x' }),
  outcome('an older command confirmed', { kind: 'confirmed' }, 1),
];

const STATION: readonly Letter[] = [
  fixed('monitor says its battery is low', { kind: 'monitor-alarm', alarm: 'low-battery', active: true }),
  fixed('monitor says its battery is well', { kind: 'monitor-alarm', alarm: 'low-battery', active: false }),
  fixed('guard tripped', { kind: 'guard', reason: 'expired' }),
  fixed('record broken', { kind: 'record', healthy: false }),
  fixed('record well', { kind: 'record', healthy: true }),
  fixed('sound lost', { kind: 'sound', proved: false }),
  fixed('sound proved', { kind: 'sound', proved: true }),
  fixed('library expired', { kind: 'library', usable: false }),
  fixed('library usable', { kind: 'library', usable: true }),
  fixed('station held', { kind: 'hold', held: true }),
  fixed('station released', { kind: 'hold', held: false }),
  fixed('predicted above the ceiling', { kind: 'prediction', maxNgPerMl: 501 }),
  fixed('predicted below the ceiling', { kind: 'prediction', maxNgPerMl: 500 }),
];

const MOST_LEFT = (2 * PORTION) as Microlitre;

/** As at start-up, where no pump was heard yet; later no session is found open. */
const leftBehind = (name: string, left: LeftBehind): Letter => ({
  name,
  after: 0,
  make: ({ state: { pump } }) => ({
    kind: 'interrupted',
    binding: WHOLE_PLAN,
    delivered: PORTION,
    ...(pump.reading === null && { left }),
  }),
});

const PEOPLE: readonly Letter[] = [
  fixed('plan', { kind: 'plan', by, binding: WHOLE_PLAN }),
  fixed('plan with a low ceiling', { kind: 'plan', by, binding: LOW_CEILING }),
  fixed('check', { kind: 'check', by }),
  fixed('arm', { kind: 'arm', by }),
  fixed('start', { kind: 'start', by }),
  fixed('start with a second person', { kind: 'start', by, second: 'boris' }),
  fixed('pause', { kind: 'pause', by, reason: 'x' }),
  fixed('stop', { kind: 'stop', by: null, reason: 'x' }),
  fixed('resume', { kind: 'resume', by, reason: 'well', confirmedRate: PLAN_RATE }),
  fixed('resume with a second person', {
    kind: 'resume',
    by,
    reason: 'well',
    confirmedRate: PLAN_RATE,
    second: 'boris',
  }),
  fixed('resume with oneself as second', { kind: 'resume', by, reason: 'well', confirmedRate: PLAN_RATE, second: by }),
  fixed('resume at another rate', { kind: 'resume', by, reason: 'well', confirmedRate: 1 }),
  fixed('stopped by hand', { kind: 'stopped-by-hand', by, reason: 'x' }),
  fixed('end', { kind: 'end', by, reason: 'x' }),
  { name: 'acknowledge', after: 0, make: ({ state }) => ({ kind: 'acknowledge', by, alarms: drawnIn(state) }) },
  {
    name: 'audio pause',
    after: 0,
    make: ({ state }) => ({ kind: 'audio-pause', by: null, alarms: drawnIn(state), duration: SECOND as Millisecond }),
  },
  fixed('interrupted', { kind: 'interrupted', binding: WHOLE_PLAN, delivered: PORTION }),
  leftBehind('interrupted, its pump left behind', { identity: IDENTITY, counter: 0 as Microlitre, most: MOST_LEFT }),
  leftBehind('interrupted, its pump not recorded', { identity: null, counter: null, most: MOST_LEFT }),
];

/** Ticks of a second, of the longest allowed gap (2 s) and past it. */
const TIME: readonly Letter[] = [tick(SECOND), tick(2 * SECOND), tick(3 * SECOND)];

/** Ends what can happen: after it nothing runs until main is started anew, at START_UP. */
export const FAULT: Letter = fixed('fault', { kind: 'fault' });

/** Everything that can happen, but for a fault in main. */
export const ALPHABET: readonly Letter[] = [
  ...TIME,
  ...READINGS,
  ...VITALS,
  ...LINKS,
  ...OUTCOMES,
  ...PEOPLE,
  ...STATION,
];

/** Ticks at odd times, for histories that need not come back to a known state. */
export const ODD_TIMES: readonly Letter[] = [1, 250, 999, 1001].map(tick);

const BY_NAME = new Map([...ALPHABET, FAULT, ...ODD_TIMES].map((letter) => [letter.name, letter]));

/** Letters by their names; throws on a name that is none. */
export function spell(names: readonly string[]): readonly Letter[] {
  return names.map((name) => {
    const letter = BY_NAME.get(name);
    if (letter === undefined) throw new Error(`no letter is called "${name}"`);
    return letter;
  });
}
