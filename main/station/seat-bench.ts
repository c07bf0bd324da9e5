import { PROPOSED_PROFILE } from '../../core/profile.ts';
import { millisecond } from '../../core/units.ts';
import { Emergencies } from '../access/emergencies.ts';
import { hashPin } from '../access/pin.ts';
import { SignIn } from '../access/sign-in.ts';
import { bookOf } from '../access/test-people.ts';
import type { Role } from '../../preload/contract/leaf.ts';
import type { PersonConfiguration } from '../configuration/configuration.ts';
import { actorOf } from './access-desk.ts';
import { ChairBench } from './chair-bench.ts';
import { dispatch } from './dispatch.ts';
import { ExportDesk } from './export-desk.ts';
import { StationHolds } from './holds.ts';
import { Journal } from './journal.ts';
import { newSeat } from './sitting.ts';
import { libraryOf } from './station-library.ts';
import { ProgramWatch } from './program-watch.ts';
import { SoundWatch } from './sound-watch.ts';
import type { Call } from './station-context.ts';
import type { StationOptions } from './station-types.ts';

/** Everybody's PIN or password here. */
export const SECRET = '204816';
const stored = hashPin(SECRET);
/** One person of each role; their ids are the names of the roles. Ada is a second clinician, for the seat. */
const ROLES: readonly Role[] = ['clinician', 'supervisor', 'technician', 'administrator'];

/** A seat at a station with one chair, its clock in the test's hands; the record and the device host are fakes. */
export async function seatBench(
  role: Role | null,
  { demonstration = true, people = true, holds = new StationHolds([], null) } = {},
) {
  const bench = new ChairBench();
  const time = { now: 5000 };
  const clock = { now: () => millisecond(time.now) };
  const { recorder } = bench;
  const pin = await stored;
  const ada: PersonConfiguration = { id: 'ada', name: 'Ada', role: role ?? 'clinician', pin, hint: SECRET };
  const others = ROLES.map((each) => ({ id: each, name: each, role: each, pin, hint: null }));
  const known = people ? [ada, ...others] : [];
  const book = await bookOf(known);
  const desk = { book, signIn: new SignIn(book), emergencies: new Emergencies(book, clock) };
  const scenarios: string[] = [];
  const closing = { now: false };
  const options: StationOptions = {
    configuration: { stationName: 'test', demonstration, chairs: [], people: known },
    trail: bench.trail,
    spawnDeviceHost: () => bench.host,
    clock,
    profile: PROPOSED_PROFILE,
    host: 'browser',
    version: '0',
    exportFolder: 'nowhere',
    backupSound: null,
    playScenario: demonstration ? (_chair, scenario) => scenarios.push(scenario) : null,
  };
  const journal = new Journal({ chairId: null, recorder, clock, actorOf: (id) => actorOf(desk, id) });
  const call: Omit<Call, 'person'> = {
    station: {
      options,
      isClosing: () => closing.now,
      chairs: new Map([['chair-1', bench.chair]]),
      recorder,
      journal,
      holds,
      program: new ProgramWatch({ paths: [] }),
      backups: null,
      exportDesk: new ExportDesk({ station: options, journal, people: () => desk.book.people }),
      soundWatch: new SoundWatch(),
      ...desk,
      library: libraryOf(options).library,
      profile: PROPOSED_PROFILE,
    },
    seat: {
      ...newSeat(),
      person: role === null ? null : { id: 'ada', name: 'Ada', role },
      signedInAt: time.now,
      usedAt: time.now,
    },
  };
  const ask = (leaf: string, input: object) => dispatch(leaf, input, call);
  return { call, ask, bench, book, desk, scenarios, closing, time };
}
