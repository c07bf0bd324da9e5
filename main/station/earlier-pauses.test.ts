import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Millisecond, millisecond } from '../../core/units.ts';
import type { AuditInput } from '../../db/trail.ts';
import { BINDING, ChairBench, settle } from './chair-bench.ts';
import { earlierPauses, pausesOfPatient } from './earlier-pauses.ts';
import { MACHINE_BOOT } from './machine-boot.ts';
import { FakeTrail } from './test-kit.ts';

const MINUTE = 60_000;
const chair = 'chair-1';

function row(act: string, session: string, figures: AuditInput['new'] = {}, mono = 0): AuditInput {
  return { act, mono, chair, session, patient: 'P-7', actor: null, outcome: 'ok', new: figures };
}

/** A record with these sessions of a chair, oldest first, and what each of them knows of pauses. */
async function record(...known: readonly (AuditInput['new'] | null)[]): Promise<FakeTrail> {
  const trail = new FakeTrail();
  for (const [index, figures] of known.entries()) {
    const id = `S-${index}`;
    vi.setSystemTime(new Date(Date.UTC(2026, 0, 1, 9, index)));
    await trail.openSession(
      { id, chairId: chair, patientId: 'P-7', patientName: 'T', clinician: 'A' },
      row('session.open', id),
    );
    if (figures === null) continue;
    await trail.append(row('session.phase', id));
    if (figures !== undefined) await trail.append(row('chair.pauses', id, figures));
  }
  return trail;
}

/** The same rows, of this instant of the wall clock. */
function writtenNow(trail: FakeTrail): FakeTrail {
  const rows = trail.sessionRows.bind(trail);
  const ts = new Date().toISOString();
  trail.sessionRows = async (id) =>
    (await rows(id)).map((found) => ({ ...found, body: JSON.stringify({ ...JSON.parse(found.body), ts }) }));
  return trail;
}

const pauses = (lockedBy: string | null, machineBoot: string = MACHINE_BOOT, agoMs = 0) => ({
  machineBoot,
  lockedBy,
  counted: [{ cause: 'spo2', agoMs }],
});
const now = (mono: number, boot = MACHINE_BOOT) => ({ wall: new Date(), mono: millisecond(mono), boot });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('what counts at a chair after a restart (R-2.9)', () => {
  test('is what its newest session knew, by the clock of the machine', async () => {
    const known = await earlierPauses(await record(pauses(null), pauses('spo2')), chair, now(5 * MINUTE));
    expect(known).toMatchObject({ lockedBy: 'spo2', pauses: [{ cause: 'spo2', at: 5 * MINUTE }] });
    expect(await earlierPauses(await record(pauses('spo2')), 'chair-2', now(0))).toMatchObject({
      lockedBy: null,
      pauses: [],
    });
  });

  test('is nothing where the newest session that ran knew of none, whatever was before', async () => {
    expect(await earlierPauses(await record(pauses('spo2'), undefined), chair, now(0))).toMatchObject({
      lockedBy: null,
    });
    expect(await earlierPauses(await record(), chair, now(0))).toMatchObject({ lockedBy: null });
  });

  test('is not locked by a row that says nothing of figures, such as an alarm: it can be read', async () => {
    const trail = await record(pauses(null));
    const { new: _none, ...alarm } = row('alarm.raised', 'S-0');
    await trail.append(alarm);
    expect(await earlierPauses(trail, chair, now(0))).toMatchObject({ lockedBy: null, isUnread: false });
  });

  test('is not hidden by a session that was refused while it was opened', async () => {
    expect(await earlierPauses(await record(pauses('spo2'), null), chair, now(0))).toMatchObject({ lockedBy: 'spo2' });
  });

  test('over a start of the machine goes by the wall clock', async () => {
    const trail = writtenNow(await record(pauses(null, 'another boot', 2 * MINUTE)));
    vi.setSystemTime(Date.now() + 3 * MINUTE);
    const { pauses: found } = await earlierPauses(trail, chair, now(1000));
    expect(found).toEqual([{ cause: 'spo2', at: 1000 - 5 * MINUTE }]);
  });

  test('over a start of the machine is no older by a clock that the station saw being put forward', async () => {
    const trail = writtenNow(await record(pauses(null, 'another boot', 2 * MINUTE)));
    await trail.append({ ...row('clock.step', ''), session: null, patient: null, new: { stepMs: 30 * MINUTE } });
    vi.setSystemTime(Date.now() + 33 * MINUTE);
    const { pauses: found } = await earlierPauses(trail, chair, now(1000));
    expect(found).toEqual([{ cause: 'spo2', at: 1000 - 5 * MINUTE }]);
  });

  test('is a lock where the row cannot be read', async () => {
    const trail = await record({ lockedBy: 'no such cause' });
    expect(await earlierPauses(trail, chair, now(0))).toEqual({ pauses: [], lockedBy: 'supervision', isUnread: true });
  });

  test('is a lock where a row that cannot be read at all comes after the last that can, and only then', async () => {
    const trail = await record(pauses(null));
    const rows = trail.sessionRows.bind(trail);
    const broken = { seq: 99, hash: '', body: '{"act":"chair.pau' };
    trail.sessionRows = async (id) => [...(await rows(id)), broken];
    expect(await earlierPauses(trail, chair, now(0))).toMatchObject({ lockedBy: 'supervision', isUnread: true });
    trail.sessionRows = async (id) => [broken, ...(await rows(id))];
    expect(await earlierPauses(trail, chair, now(0))).toMatchObject({ lockedBy: null, isUnread: false });
  });
});

describe('what counts for a patient at another chair (R-2.9)', () => {
  const none = { pauses: [], lockedBy: null, isUnread: false };
  const own = (at: number) => ({ cause: 'person', at: at as Millisecond }) as const;

  test('is what counted where they sat last, beside what counts here, in its order', async () => {
    const trail = await record(pauses(null));
    const here = { ...none, pauses: [own(1000), own(9 * MINUTE)] };
    expect(await pausesOfPatient(trail, 'P-7', here, now(5 * MINUTE))).toEqual({
      ...none,
      pauses: [own(1000), { cause: 'spo2', at: 5 * MINUTE }, own(9 * MINUTE)],
    });
    expect(await pausesOfPatient(trail, 'P-8', here, now(5 * MINUTE))).toBeNull();
  });

  test('is a lock that nobody lifted; a chair that is locked already stays so for its own cause', async () => {
    const trail = await record(pauses('spo2'));
    expect(await pausesOfPatient(trail, 'P-7', none, now(0))).toMatchObject({ lockedBy: 'spo2', isUnread: false });
    const locked = { ...none, lockedBy: 'person' } as const;
    const both = await pausesOfPatient(trail, 'P-7', locked, now(0));
    expect(both).toEqual({ ...locked, pauses: [{ cause: 'spo2', at: 0 }] });
  });

  test('is theirs however the letters of their id are written', async () => {
    expect(await pausesOfPatient(await record(pauses('spo2')), 'p-7', none, now(0))).toMatchObject({
      lockedBy: 'spo2',
    });
  });

  test('counts no pause twice that both chairs know', async () => {
    const here = { ...none, pauses: [{ cause: 'spo2', at: (5 * MINUTE - 2000) as Millisecond }] } as const;
    expect(await pausesOfPatient(await record(pauses(null)), 'P-7', here, now(5 * MINUTE))).toBeNull();
  });

  test('is a lock that says so where a row cannot be read', async () => {
    const trail = await record({ lockedBy: 'no such cause' });
    const unread = { lockedBy: 'supervision', isUnread: true };
    const found = await pausesOfPatient(trail, 'P-7', none, now(0));
    expect(found).toMatchObject(unread);
    const bench = new ChairBench();
    if (found !== null) bench.chair.recallPauses(found);
    expect(await pausesOfPatient(trail, 'P-7', bench.chair.pauses, now(0))).toBeNull();
    bench.arm();
    expect(bench.chair.frame().session?.lockedBecause).toContain('cannot be read. Have the record checked.');
  });
});

test('three pauses, two stations: the record carries the count over the restart and into the session that follows', async () => {
  const first = new ChairBench();
  await pausedTwice(first);
  const known = await earlierPauses(await opened(first.trail), chair, now(first.now));
  expect(known.pauses.map(({ cause }) => cause)).toEqual(['person', 'person']);
  const second = new ChairBench();
  second.chair.recallPauses({ ...known, pauses: known.pauses.map((pause) => ({ ...pause, at: 0 as Millisecond })) });
  second.arm();
  await settle();
  expect(second.trail.acts()).toContain('chair.pauses');
  await run(second, 1);
  pauseByHand(second);
  expect(second.chair.state.lockedBy).toBe('person');
  expect(second.chair.frame().session?.lockedBecause).toContain('Paused by hand again and again');
});

async function pausedTwice(bench: ChairBench): Promise<void> {
  bench.arm();
  await run(bench, 1);
  pauseByHand(bench);
  const resume = { kind: 'resume', by: 'ada', reason: 'well', confirmedRate: BINDING.plan.rate } as const;
  bench.chair.operate(resume, { act: 'session.resume', by: 'ada' });
  await confirmed(bench, 3);
  pauseByHand(bench);
  await settle();
}

async function run(bench: ChairBench, firstId: number): Promise<void> {
  bench.start();
  await confirmed(bench, firstId);
}

async function confirmed(bench: ChairBench, firstId: number): Promise<void> {
  await settle();
  bench.confirm(firstId);
  await settle();
  bench.confirm(firstId + 1);
  bench.pass(1, 'infusing');
  expect(bench.chair.state.phase).toBe('infusing');
}

function pauseByHand(bench: ChairBench): void {
  bench.chair.operate({ kind: 'pause', by: 'ada', reason: 'x' }, { act: 'session.pause', by: 'ada' });
  bench.pass(1, 'stopped');
}

/** The bench opens no session in its record; its rows name one. */
async function opened(trail: FakeTrail): Promise<FakeTrail> {
  trail.records.set(BINDING.sessionId, {
    id: BINDING.sessionId,
    chairId: chair,
    patientId: 'P-7',
    patientName: 'T',
    clinician: 'A',
    openedAt: '',
    closedAt: null,
    state: 'open',
  });
  return trail;
}
