import { HOUR, SECOND } from '../../../core/units.ts';
import { rightCheck } from '../../../main/station/testing-check.ts';
import type { GhostPump } from './ghost-pump.ts';
import {
  CHAIRS,
  type ChairId,
  OFF_FOR,
  ORDERS,
  type OrderName,
  orderInput,
  PATIENTS,
  type PatientId,
} from './small-clinic.ts';
import type { StationWorld } from './station-world.ts';

/** Something that can happen at a station. What the station refuses changes nothing, and is part of the history. */
export interface Letter {
  readonly name: string;
  readonly happen: (world: StationWorld) => Promise<unknown>;
}

/** Longer than it takes until signs are steady. */
const STEADY = 2 * SECOND;
/** A little more than the time in which a start is confirmed and read back. */
const STARTED = 2 * SECOND;
/** About a third of an order of seconds. */
const PORTION = 2 * SECOND;
/** The whole of it. */
const WHOLE = 6 * SECOND;

function open(world: StationWorld, chairId: ChairId, patientId: PatientId, order: OrderName) {
  // What an alarm of the session before asks for stands in the way of the next one.
  world.run.acknowledgeAll(chairId);
  const who = { chairId, patientId, patientName: patientId, drugLot: 'L1' };
  return world.run.ask('session.open', { ...who, order: orderInput(order), overrideReason: 'explored' });
}

async function begin(world: StationWorld, chairId: ChairId): Promise<void> {
  const { session } = world.run.chair(chairId).state;
  if (session !== null) {
    const { patientId, drugLot, plan } = session;
    const order = { concentrationUgPerMl: plan.order.concentration };
    await world.run.ask('session.check', { chairId, ...rightCheck({ patientId, drugLot, order }) });
  }
  await world.pass(SECOND);
  world.run.acknowledgeAll(chairId);
  world.run.arm(chairId);
  await world.pass(STEADY);
  world.run.acknowledgeAll(chairId);
  await world.run.ask('session.start', { chairId });
  await world.pass(STARTED);
}

async function resume(world: StationWorld, chairId: ChairId): Promise<void> {
  await world.pass(STEADY);
  world.run.acknowledgeAll(chairId);
  const { session } = world.run.chair(chairId).state;
  const input = { chairId, reason: 'explored', confirmedRateUlPerH: session?.plan.rate ?? 1 };
  await world.run.ask('session.resume', input);
  await world.pass(STARTED);
}

async function give(world: StationWorld, chairId: ChairId, patientId: PatientId, order: OrderName): Promise<void> {
  await open(world, chairId, patientId, order);
  await begin(world, chairId);
  await world.pass(WHOLE);
  await end(world, chairId);
}

async function end(world: StationWorld, chairId: ChairId): Promise<void> {
  await world.run.ask('session.end', { chairId, reason: 'explored' });
  await world.pass(SECOND);
}

async function lineIs(world: StationWorld, chairId: ChairId, line: GhostPump['line']): Promise<void> {
  world.pump(chairId).line = line;
  await world.pass(SECOND);
}

/** A person goes to the pump, stops it, and says so. */
async function stopByHand(world: StationWorld, chairId: ChairId): Promise<void> {
  world.pump(chairId).stop();
  await world.run.ask('chair.stoppedByHand', { chairId, reason: 'explored' });
  await world.pass(SECOND);
}

const at = (chairId: ChairId): readonly Letter[] => [
  { name: `begin at ${chairId}`, happen: (world) => begin(world, chairId) },
  { name: `resume at ${chairId}`, happen: (world) => resume(world, chairId) },
  {
    name: `pause at ${chairId}`,
    happen: (world) => world.run.ask('session.pause', { chairId, reason: 'explored' }),
  },
  { name: `STOP at ${chairId}`, happen: (world) => world.run.ask('chair.stop', { chairId }) },
  { name: `end at ${chairId}`, happen: (world) => end(world, chairId) },
  { name: `line of ${chairId} well`, happen: (world) => lineIs(world, chairId, 'well') },
  { name: `line of ${chairId} mute`, happen: (world) => lineIs(world, chairId, 'mute') },
  { name: `line of ${chairId} deaf`, happen: (world) => lineIs(world, chairId, 'deaf') },
  { name: `stopped by hand at ${chairId}`, happen: (world) => stopByHand(world, chairId) },
];

const openings: readonly Letter[] = CHAIRS.flatMap((chairId) =>
  PATIENTS.flatMap((patientId) =>
    (Object.keys(ORDERS) as OrderName[]).flatMap((order): Letter[] => [
      {
        name: `open ${order} for ${patientId} at ${chairId}`,
        happen: (world) => open(world, chairId, patientId, order),
      },
      {
        name: `give ${order} to ${patientId} at ${chairId}`,
        happen: (world) => give(world, chairId, patientId, order),
      },
      {
        name: `open ${order} for ${patientId} at ${chairId} and begin`,
        happen: async (world) => {
          await open(world, chairId, patientId, order);
          await begin(world, chairId);
        },
      },
    ]),
  ),
);

/** What matters most comes too seldom by chance: a dose near its limit, a pump that is not heard, a time that is in doubt. */
export const STRETCHES: readonly (readonly string[])[] = CHAIRS.flatMap((chairId) => [
  [`open long for P-1 at ${chairId} and begin`, `line of ${chairId} deaf`, `end at ${chairId}`, '1 h pass'],
  [`open long for P-1 at ${chairId} and begin`, `line of ${chairId} deaf`, `end at ${chairId}`, '24 h pass'],
  [`open long for p-1 at ${chairId} and begin`, `line of ${chairId} deaf`, 'station started anew', '3 h pass'],
  [`open large for P-1 at ${chairId} and begin`, 'machine started anew', `line of ${chairId} well`],
  [`open large for p-1 at ${chairId} and begin`, `pause at ${chairId}`, `resume at ${chairId}`, 'all of it flows'],
  [`give large to P-1 at ${chairId}`, '5 h pass'],
  [`give large to p-1 at ${chairId}`, 'wall clock put forward by a day', 'machine started anew'],
]);

/** Few letters, of which every word of some length is tried. */
export const SHORT_WORDS: readonly string[] = [
  'give large to P-1 at chair-1',
  'give small to p-1 at chair-2',
  'open long for p-1 at chair-2 and begin',
  'line of chair-2 deaf',
  'end at chair-2',
  '5 h pass',
  '19 h pass',
  'wall clock put forward by a day',
  'station started anew',
  'machine started anew',
  'open for P-1 and p-1 at two chairs at once',
];

/** Neither waits for the answer of the other. */
const AT_ONCE: readonly Letter[] = [
  {
    name: 'open for P-1 and p-1 at two chairs at once',
    happen: (world) => Promise.all([open(world, 'chair-1', 'P-1', 'small'), open(world, 'chair-2', 'p-1', 'large')]),
  },
  {
    name: 'open for P-1 and P-2 at one chair at once',
    happen: (world) => Promise.all([open(world, 'chair-1', 'P-1', 'small'), open(world, 'chair-1', 'P-2', 'large')]),
  },
  {
    name: 'open for P-1 twice at one chair at once',
    happen: (world) => Promise.all([open(world, 'chair-2', 'P-1', 'small'), open(world, 'chair-2', 'P-1', 'small')]),
  },
];

const TIME: readonly Letter[] = [
  { name: 'a portion flows', happen: (world) => world.pass(PORTION) },
  { name: 'all of it flows', happen: (world) => world.pass(WHOLE) },
  ...[1, 3, 5, 12, 19, 24].map((hours) => ({
    name: `${hours} h pass`,
    happen: (world: StationWorld) => world.hoursPass(hours * HOUR),
  })),
  { name: 'wall clock put forward by a day', happen: (world) => world.wallPutForward(25 * HOUR) },
  { name: 'wall clock put forward by 5 h', happen: (world) => world.wallPutForward(5 * HOUR) },
  { name: 'wall clock put back by 5 h', happen: (world) => world.wallPutForward(-5 * HOUR) },
  { name: 'station started anew', happen: (world) => world.stationRestarts() },
  { name: 'machine started anew', happen: (world) => world.machineRestarts(OFF_FOR) },
  { name: 'machine off for 12 h', happen: (world) => world.machineRestarts(12 * HOUR) },
];

export const AT_CHAIRS: readonly Letter[] = CHAIRS.flatMap(at);
export const OPENINGS: readonly Letter[] = [...openings, ...AT_ONCE];
export const TIMES: readonly Letter[] = TIME;

const ALL = new Map([...AT_CHAIRS, ...OPENINGS, ...TIMES].map((letter) => [letter.name, letter]));

export function spell(names: readonly string[]): readonly Letter[] {
  return names.map((name) => {
    const letter = ALL.get(name);
    if (letter === undefined) throw new RangeError(`no letter is named "${name}"`);
    return letter;
  });
}
