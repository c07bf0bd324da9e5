import { describe, expect, test } from 'vitest';
import { contract, type TopicName, topics } from '../../preload/contract/contract.ts';
import { ROLES, type Role } from '../../preload/contract/leaf.ts';
import { Emergencies } from '../access/emergencies.ts';
import { settle } from './chair-bench.ts';
import { seatBench } from './seat-bench.ts';
import { topicView } from './topic-view.ts';

type Allowed = 'anyone' | 'signed-in' | readonly Role[];
const LEAVES = Object.entries(contract).flatMap(([group, leaves]) =>
  Object.keys(leaves).map((name) => `${group}.${name}`),
);

/** Who may call what, written down a second time on purpose: the contract is what is judged. */
const RIGHTS: Readonly<Record<string, Allowed>> = {
  'station.info': 'anyone',
  'station.liftHold': ['administrator'],
  'access.people': 'anyone',
  'access.signIn': 'anyone',
  'access.signOut': 'signed-in',
  'access.me': 'anyone',
  'seat.state': 'anyone',
  'seat.lock': 'signed-in',
  'seat.stillHere': 'signed-in',
  'people.list': ['supervisor', 'administrator'],
  'people.byBadge': 'anyone',
  'people.add': ['administrator'],
  'people.change': ['administrator'],
  'people.unlock': ['supervisor'],
  'people.changeOwnSecret': 'signed-in',
  'enrolment.state': 'anyone',
  'enrolment.begin': 'anyone',
  'enrolment.newCode': ['supervisor', 'administrator'],
  'enrolment.recover': 'anyone',
  'emergency.begin': 'signed-in',
  'emergency.end': 'signed-in',
  'emergency.reason': 'signed-in',
  'emergency.list': ['supervisor'],
  'emergency.review': ['supervisor'],
  'library.entries': 'signed-in',
  'library.preview': 'signed-in',
  'session.open': ['clinician'],
  'session.check': ['clinician'],
  'session.arm': ['clinician'],
  'session.start': ['clinician'],
  'session.pause': ['clinician'],
  'session.resume': ['clinician'],
  'session.end': ['clinician'],
  'session.list': ['clinician', 'supervisor'],
  'session.events': ['clinician', 'supervisor'],
  'session.trend': ['clinician', 'supervisor'],
  'session.export': ['supervisor'],
  'drug.drawUp': ['clinician'],
  'drug.waste': ['clinician'],
  'drug.returnDrug': ['clinician'],
  'drug.residual': ['clinician'],
  'drug.byHand': ['clinician'],
  'drug.correct': ['clinician'],
  'drug.declareOpen': ['clinician'],
  'drug.closeDiscrepancy': ['supervisor'],
  'drug.balance': ['clinician', 'supervisor'],
  'review.log': ['supervisor'],
  'review.exportLog': ['supervisor'],
  'review.logExport': ['supervisor'],
  'review.cancelLogExport': ['supervisor'],
  'record.enrolKey': ['administrator'],
  'record.backup': ['supervisor', 'administrator'],
  'review.find': ['clinician', 'supervisor'],
  'review.open': ['clinician', 'supervisor'],
  'review.note': ['clinician', 'supervisor'],
  'review.sign': ['supervisor'],
  'review.signers': 'signed-in',
  'review.verify': ['supervisor'],
  'review.cancelVerify': ['supervisor'],
  'review.verification': ['supervisor'],
  'exports.start': ['supervisor'],
  'exports.progress': ['supervisor'],
  'exports.cancel': ['supervisor'],
  'chair.stop': 'anyone',
  'chair.stoppedByHand': ['clinician'],
  'vitals.enter': ['clinician'],
  'alarm.acknowledge': 'signed-in',
  'alarm.pauseAudio': 'anyone',
  'sound.report': 'anyone',
  'sound.heard': 'signed-in',
  'session.alarmLoad': ['clinician', 'supervisor'],
  'demonstration.scenario': 'signed-in',
};

/** Who is told of what; a part of a topic that only some are told of stands by itself. */
const TOPIC_RIGHTS: Readonly<Record<TopicName | 'whose session it is' | 'rows of the station', Allowed>> = {
  station: 'anyone',
  wave: 'anyone',
  trail: ['clinician', 'supervisor'],
  'whose session it is': ['clinician', 'supervisor'],
  'rows of the station': ['supervisor'],
};

type Bench = Awaited<ReturnType<typeof seatBench>>;

interface State {
  readonly state: string;
  /** Who sits at the seat, by their own role. */
  readonly role: Role | null;
  readonly prepare?: (bench: Bench) => void | Promise<void>;
  /** The role with which they act; null for nobody. */
  readonly acts: Role | null;
  /** The code of a refusal by right. */
  readonly code: string;
  /** Leaves that need somebody and are left to them all the same. */
  readonly left?: ReadonlySet<string>;
}

const WITHOUT_OWN_SECRET = new Set(['people.changeOwnSecret', 'access.signOut', 'seat.lock', 'seat.stillHere']);

const change = ({ book }: Bench, update: object): Promise<void> => {
  const ada = book.find('ada');
  return book.change(ada === null ? {} : { people: [{ ...ada, ...update }] }, async () => undefined);
};

const STATES: readonly State[] = [
  { state: 'signed out', role: null, acts: null, code: 'NOT_SIGNED_IN' },
  ...ROLES.map((role): State => ({ state: role, role, acts: role, code: 'NOT_ALLOWED' })),
  ...ROLES.map(
    (role): State => ({
      state: `${role} at a locked seat`,
      role,
      prepare: ({ call }) => void (call.seat.locked = true),
      acts: null,
      code: 'SEAT_LOCKED',
    }),
  ),
  ...ROLES.map(
    (role): State => ({
      state: `${role} idle for three minutes`,
      role,
      prepare: ({ time }) => void (time.now += 3 * 60_000),
      acts: null,
      code: 'SEAT_LOCKED',
    }),
  ),
  ...ROLES.map(
    (role): State => ({
      state: `${role} locked out while signed in`,
      role,
      prepare: (bench) => change(bench, { locked: true }),
      acts: role,
      code: 'NOT_ALLOWED',
    }),
  ),
  ...ROLES.map(
    (role): State => ({
      state: `${role} deactivated while signed in`,
      role,
      prepare: (bench) => change(bench, { active: false }),
      acts: null,
      code: 'NOT_SIGNED_IN',
    }),
  ),
  ...ROLES.map(
    (role): State => ({
      state: `${role} without an own secret`,
      role,
      prepare: (bench) => change(bench, { chosenByOther: true }),
      acts: null,
      code: 'SECRET_MUST_CHANGE',
      left: WITHOUT_OWN_SECRET,
    }),
  ),
  ...ROLES.filter((role) => role !== 'clinician').map(
    (role): State => ({
      state: `${role} under break-glass`,
      role,
      prepare: ({ desk }) => desk.emergencies.begin(Emergencies.newRecord('ada')),
      acts: 'clinician',
      code: 'NOT_ALLOWED',
    }),
  ),
];

function mayCall(allowed: Allowed, acts: Role | null): boolean {
  if (allowed === 'anyone') return true;
  if (acts === null) return false;
  return allowed === 'signed-in' || allowed.includes(acts);
}

const BY_RIGHT = new Set(['NOT_SIGNED_IN', 'NOT_ALLOWED', 'SEAT_LOCKED', 'SECRET_MUST_CHANGE']);

describe('rights, for every leaf of the contract, role and state', { timeout: 60_000 }, () => {
  test('every leaf has its row, and no row is of a leaf that is gone', () => {
    expect(Object.keys(RIGHTS).toSorted()).toEqual(LEAVES.toSorted());
  });

  const table = LEAVES.flatMap((leaf) =>
    STATES.map((state) => {
      const allowed = mayCall(RIGHTS[leaf] ?? [], state.acts) || state.left?.has(leaf) === true;
      return { ...state, leaf, allowed };
    }),
  );

  test.each(table)('$leaf, $state: $allowed', async ({ leaf, role, prepare, allowed, code }) => {
    const bench = await seatBench(role);
    await prepare?.(bench);
    const result = await bench.ask(leaf, { nonsense: 1 });
    expect(!result.ok && BY_RIGHT.has(result.code)).toBe(!allowed);
    if (!allowed) expect(result).toMatchObject({ code });
  });

  test.each(LEAVES)('%s of a closing station is refused, but for a stop', async (leaf) => {
    const bench = await seatBench('clinician');
    bench.closing.now = true;
    const result = await bench.ask(leaf, { chairId: 'chair-1' });
    if (leaf === 'chair.stop') expect(result).toMatchObject({ ok: true });
    else expect(result).toMatchObject({ ok: false, code: 'STATION_CLOSING' });
  });

  test.each(STATES)('STOP reaches the pump: $state', async ({ role, prepare }) => {
    const bench = await seatBench(role);
    await prepare?.(bench);
    expect(await bench.ask('chair.stop', { chairId: 'chair-1' })).toMatchObject({ ok: true });
    await settle();
    expect(bench.bench.host.kinds()).toContain('stop');
  });
});

const ROW = { seq: 1, time: '', actor: 'Ada', act: 'session.note', outcome: 'ok', text: 'Wept', priority: null };

/** What the seat is told of a chair with an armed session, of its curve, of a row of it, and of one of the station. */
async function told({ role, prepare }: State): Promise<Readonly<Record<keyof typeof TOPIC_RIGHTS, unknown>>> {
  const { call, bench, ...rest } = await seatBench(role);
  bench.arm();
  const chair = bench.chair.frame();
  await prepare?.({ call, bench, ...rest });
  const frame = topicView(
    'station',
    call,
  )({
    now: '',
    monoMs: 0,
    demonstration: false,
    sound: { proved: true, heard: null, backup: null },
    record: {
      sealed: true,
      segment: 1,
      rootFingerprint: '',
      enrolled: true,
      concerns: [],
    },
    holds: [],
    access: { emergencies: [], awaitingReview: 0 },
    chairs: [chair],
  });
  const trail = topicView('trail', call);
  return {
    station: frame?.chairs[0]?.phase,
    wave: topicView('wave', call)({ chairId: 'chair-1', samples: [0.5], samplesPerSecond: 75, atMs: 0 }),
    trail: trail({ ...ROW, chairId: 'chair-1', sessionId: 'S-1' }),
    'whose session it is': frame?.chairs[0]?.session?.patientName,
    'rows of the station': trail({ ...ROW, chairId: null, sessionId: null }),
  };
}

describe('topics, for every topic, role and state', { timeout: 60_000 }, () => {
  test('every topic has its row, and its right is the one of the contract', () => {
    for (const [name, { right }] of Object.entries(topics)) expect(TOPIC_RIGHTS[name as TopicName]).toEqual(right);
  });

  test.each(STATES)('told what it may know: $state', async (state) => {
    const seen = Object.entries(await told(state)).map(([name, value]) => [name, (value ?? null) !== null]);
    const may = Object.entries(TOPIC_RIGHTS).map(([name, allowed]) => [name, mayCall(allowed, state.acts)]);
    expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(may));
  });
});
