import { spell } from './alphabet.ts';
import { follow, type Node, START_UP, type StepFunction, take } from './node.ts';

const CONNECT = [
  'pump line up',
  'own pump',
  'monitor line up',
  'sound proved',
  'tick 1000',
  'signs good',
  'read stopped',
];
const WAIT = ['tick 1000', 'signs good', 'read stopped', 'tick 1000', 'signs good', 'read stopped'];
const CHAIN = ['written', 'confirmed', 'written', 'confirmed', 'read infusing'];
const RUN = ['start', ...CHAIN];
const prepare = (plan: string) => [plan, 'check', 'arm', ...WAIT];
const READY = [...CONNECT, ...prepare('plan')];
const LOW = [...CONNECT, ...prepare('plan with a low ceiling')];
const A_SECOND = ['tick 1000', 'signs good', 'read infusing'];

/** The stop is read back; the signs stay steady. */
const A_REST = ['tick 1000', 'signs good', 'read stopped'];

/** Ways of normal work from which the search sets out besides start-up, so that it gets deep into a running infusion. */
export const BEGINNINGS: readonly (readonly string[])[] = [
  [],
  READY,
  [...READY, ...RUN],
  [...READY, 'breath good', ...RUN, ...A_SECOND],
  [...READY, ...RUN, ...A_SECOND, 'pause', ...WAIT],
  [...LOW, ...RUN, ...A_SECOND],
  [...READY, ...RUN, 'pause', ...A_REST, 'resume', ...CHAIN, 'pause', ...A_REST],
  ['interrupted, its pump left behind', 'pump line up', 'own pump'],
];

/** Stretches of normal work for random histories, in which single letters alone seldom get an infusion going. */
export const STRETCHES: readonly (readonly string[])[] = [
  WAIT,
  A_SECOND,
  ['breath good', ...A_SECOND],
  RUN,
  ['resume', ...CHAIN],
  ['start', 'written', 'an older command confirmed'],
  ['acknowledge', ...WAIT, 'resume', ...CHAIN],
  ['acknowledge', ...WAIT, 'resume'],
  ['pause', ...A_REST, 'resume', ...CHAIN],
  ['pause', ...A_REST, 'resume with a second person', ...CHAIN],
  ['stop', ...WAIT, 'acknowledge', 'end', ...prepare('plan'), ...RUN],
  ['pause', ...A_REST, 'end', ...prepare('plan'), 'start with a second person', ...CHAIN],
];

/**
 * The core of normal work. With these letters alone the search comes to its end: it has then seen every state that they can
 * lead to, however long the history.
 */
export const NORMAL_WORK: readonly string[] = [
  'tick 1000',
  'signs good',
  'read stopped',
  'read infusing',
  'written',
  'confirmed',
  'start',
  'resume',
  'pause',
  'acknowledge',
];

/** A part of the states of normal work, for the tests; `npm run explore` walks through all of them. */
export const NORMAL_STATES = 5_000;

/** Whatever calls for a stop at once, in any state. */
export const STOPPING: readonly string[] = [
  'signs critical',
  'breath none',
  'read alarm',
  'pump line down',
  'pump line wrong',
  'other pump',
  'guard tripped',
  'fault',
  'predicted above the ceiling',
  'tick 3000',
  'pause',
  'stop',
  'end',
];

/**
 * What people and repaired devices can do about any state: stop, put lines and record right, let the pump be read back at
 * rest, acknowledge, end, and then run a new plan.
 */
export const WAY_OUT: readonly string[] = [
  'stop',
  'pump line up',
  'own pump',
  'monitor line up',
  'record well',
  'sound proved',
  'library usable',
  'station released',
  'predicted below the ceiling',
  'tick 1000',
  'signs good',
  'read stopped',
  'tick 1000',
  'read stopped',
  // Where another pump was bound to the session, only a person can answer for it.
  'stopped by hand',
  'tick 1000',
  'signs good',
  'read stopped',
  'acknowledge',
  'end',
  ...prepare('plan'),
  // Of a locked chair nothing less is the way out.
  'start with a second person',
  ...CHAIN,
];

/** What matters most while a run is being started; random histories hold more of it. */
export const NEAR_A_START: readonly string[] = [
  'start',
  'written',
  'confirmed',
  'refused',
  'unknown',
  'an older command confirmed',
];

export function walk(step: StepFunction, names: readonly string[]): Node {
  return spell(names).reduce((node, letter) => follow(take(step, node, letter)), START_UP);
}
