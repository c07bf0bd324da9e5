import { justBefore } from '../../core/engine/testing.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SHIPPED_LIBRARY } from '../../core/shipped-library.ts';
import { microlitre, microlitrePerHour, millisecond } from '../../core/units.ts';
import type { JsonValue } from '../../db/trail.ts';
import { drugAccount } from '../../db/drug-account.ts';
import { readBody } from '../../db/drug-rows.ts';
import { BINDING, ChairBench, settle } from './chair-bench.ts';
import { earlierDose } from './earlier-dose.ts';
import { entryOf } from './handlers/order.ts';
import { findInterrupted, closedUnheard } from './interrupted.ts';
import { openRow } from './open-row.ts';
import { FakeTrail } from './test-kit.ts';

// Two runs of a station over one record: 5 mL of 2 mg/mL are ordered, the pump counts 1 uL with each reading of the bench.

const NE = { model: 'NE-1000', firmware: '3.9', serial: null };
const FOUR_HOURS = millisecond(14_400_000);
const now = () => ({ wall: new Date(), mono: millisecond(0), boot: 'later' });

/** The first run: its record when the station died, `seconds` into the infusion. */
async function killed(seconds: number, end: (bench: ChairBench) => void = () => undefined): Promise<FakeTrail> {
  const trail = new FakeTrail();
  const bench = new ChairBench(trail);
  const opening = openRow(BINDING, entryOf(SHIPPED_LIBRARY, 'KETAMINE-PAIN-CLINIC'), { digest: '', approvedBy: [] });
  const session = { id: 'S-1', chairId: 'chair-1', patientId: 'P-7', patientName: 'Test', clinician: 'Ada' };
  const row = { act: 'session.open', mono: 0, chair: 'chair-1', session: 'S-1', patient: 'P-7', actor: null };
  await trail.openSession(session, { ...row, outcome: 'ok', new: opening });
  bench.arm();
  if (seconds > 0) {
    bench.start();
    await settle();
    bench.confirm(1);
    await settle();
    bench.confirm(2);
    bench.pass(seconds, 'infusing');
  }
  end(bench);
  await settle();
  return trail;
}

/** The second run, up to where the pump has not been heard yet. */
async function restarted(trail: FakeTrail): Promise<ChairBench> {
  const bench = new ChairBench(trail);
  const [found] = await findInterrupted(trail);
  if (!found?.known) throw new Error('no session was found open');
  bench.chair.interrupt(found.known, found.delivered);
  await settle();
  return bench;
}

async function hear(bench: ChairBench, counter: number, identity = NE): Promise<void> {
  bench.advance(1000);
  bench.say({ kind: 'link', device: 'pump', state: 'up', detail: 'ok', at: bench.now });
  bench.say({ kind: 'identity', identity, at: bench.now });
  const reading = { state: 'stopped', rate: microlitrePerHour(0), counter: microlitre(counter), alarm: null } as const;
  bench.say({ kind: 'pump', reading: { ...reading, at: bench.now }, afterStop: justBefore(bench.now) });
  bench.chair.tick();
  await settle();
}

const figures = (trail: FakeTrail, act: string): readonly JsonValue[] =>
  trail.rows.filter((row) => row.act === act).map((row) => row.new ?? null);

const counts = async (trail: FakeTrail) => (await earlierDose(trail, 'P-7', now())).within(FOUR_HOURS);

const account = async (trail: FakeTrail) =>
  drugAccount((await trail.sessionRows('S-1')).flatMap(({ body }) => readBody(body) ?? []));

// The record that is faked closes its sessions in 1970.
beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

describe('a station that died while its pump ran (R-4.5, R-4.13)', () => {
  test('counts all that the pump may have given until it is heard, and keeps the session open for it', async () => {
    const trail = await killed(20);
    await restarted(trail);
    expect(figures(trail, 'session.gap')).toMatchObject([{ accounting: 'awaited', countedUg: 10_000 }]);
    expect(trail.records.get('S-1')?.state).toBe('open');
    expect(await counts(trail)).toBe(10_000);
  });

  test('gives the session what the counter of its pump went up by meanwhile, and closes it with that', async () => {
    const trail = await killed(20);
    const before = await findInterrupted(trail);
    const bench = await restarted(trail);
    const last = figures(trail, 'session.gap')[0] as { lastCounterUl: number };
    await hear(bench, last.lastCounterUl + 250);
    const deliveredUl = (before[0]?.delivered ?? Number.NaN) + 250;
    const whole = { accounting: 'counted', deliveredUl, deliveredUg: deliveredUl * 2, countedUg: deliveredUl * 2 };
    expect(figures(trail, 'session.gap').at(-1)).toMatchObject({ ...whole, unseenUl: 250 });
    expect(figures(trail, 'session.close')).toMatchObject([whole]);
    expect(await counts(trail)).toBe(deliveredUl * 2);
    expect(await account(trail)).toMatchObject({
      givenUl: deliveredUl,
      unseen: { accounting: 'counted', volumeUl: 250 },
    });
  });

  test.each([
    ['its counter was cleared', 3, NE],
    ['another pump answers', 5000, { ...NE, model: 'NE-1600' }],
  ])('has lost it where %s: the rest of the plan counts, and the record says why', async (_why, counter, identity) => {
    const trail = await killed(20);
    const bench = await restarted(trail);
    await hear(bench, counter, identity);
    expect(figures(trail, 'session.gap').at(-1)).toMatchObject({ accounting: 'lost' });
    expect(figures(trail, 'session.close')).toMatchObject([{ accounting: 'lost' }]);
    expect(await counts(trail)).toBeGreaterThanOrEqual(10_000);
    const { flags, state, unseen } = await account(trail);
    expect(unseen?.accounting).toBe('lost');
    expect(unseen?.volumeUl).toBeGreaterThan(4900);
    expect(flags).toContain('dose-unseen');
    expect(state).toBe('open');
  });

  test('awaits the pump again in a third run, from the same counter', async () => {
    const trail = await killed(20);
    await restarted(trail);
    const bench = await restarted(trail);
    const [first, second] = figures(trail, 'session.gap') as { lastCounterUl: number }[];
    expect(second).toMatchObject({ accounting: 'awaited', lastCounterUl: first?.lastCounterUl });
    await hear(bench, (second?.lastCounterUl ?? 0) + 40);
    expect(figures(trail, 'session.gap').at(-1)).toMatchObject({ accounting: 'counted', unseenUl: 40 });
  });

  test('goes on from the trend where that knows more than the newest row', async () => {
    const trail = await killed(20);
    const [row] = await findInterrupted(trail);
    const ahead = (row?.delivered ?? 0) + 5;
    const blank = { session: 'S-1', chair: 'chair-1', startedAt: '', mono: 0, spo2: [], pulse: [], rateUlPerH: [] };
    await trail.putTrend({ ...blank, deliveredUl: [ahead] });
    const bench = await restarted(trail);
    const { lastCounterUl } = figures(trail, 'session.gap')[0] as { lastCounterUl: number };
    await hear(bench, lastCounterUl + 10);
    expect(figures(trail, 'session.close')).toMatchObject([{ deliveredUl: ahead + 10 }]);
  });

  test('is closed with all of it lost where another session was open at the same chair, or its chair is gone', async () => {
    const trail = await killed(20);
    const [found] = await findInterrupted(trail);
    if (!found) throw new Error('no session was found open');
    expect(closedUnheard(found)).toMatchObject({
      accounting: 'lost',
      countedUg: 10_000,
      deliveredUg: found.delivered * 2,
    });
  });

  test('takes a pump at another address for another pump', async () => {
    const trail = await killed(20);
    const [found] = await findInterrupted(trail);
    const port = { driver: 'x', port: 'serial:x', baudRate: null, address: 0, format: null };
    expect(found?.known?.left(port)).toMatchObject({ identity: NE });
    expect(found?.known?.left({ ...port, address: 1 })).toMatchObject({ identity: null });
    expect(found?.known?.left({ ...port, driver: 'y' })).toMatchObject({ identity: null });
  });
});

describe('a station that died while its pump was at rest', () => {
  test('misses nothing by the program, whoever answers', async () => {
    const trail = await killed(20, (bench) => {
      bench.chair.operate({ kind: 'pause', by: 'ada', reason: 'x' }, { act: 'session.pause', by: 'ada' });
      bench.pass(2, 'stopped');
    });
    const bench = await restarted(trail);
    expect(figures(trail, 'session.gap')).toMatchObject([{ accounting: 'awaited', unseenUl: 0 }]);
    await hear(bench, 3);
    expect(figures(trail, 'session.gap').at(-1)).toMatchObject({ accounting: 'lost', unseenUl: 0 });
  });

  test('still counts what was given at the panel meanwhile', async () => {
    const trail = await killed(0);
    const bench = await restarted(trail);
    const { lastCounterUl } = figures(trail, 'session.gap')[0] as { lastCounterUl: number };
    await hear(bench, lastCounterUl + 700);
    expect(figures(trail, 'session.close')).toMatchObject([
      { accounting: 'counted', deliveredUl: 700, countedUg: 1400 },
    ]);
  });

  test('with a start that may have been sent counts the whole plan', async () => {
    const trail = await killed(0, (bench) => {
      bench.chair.operate({ kind: 'start', by: 'ada' }, { act: 'session.start', by: 'ada' });
    });
    const intent = { act: 'pump.start.intent', mono: 0, chair: 'chair-1', session: 'S-1', patient: 'P-7', actor: null };
    trail.rows.push({ ...intent, outcome: 'ok', new: { id: 2, epoch: 1 } });
    // A reading from before the pump obeyed says nothing of what came of the start.
    const state = {
      ...intent,
      act: 'pump.state',
      new: { state: 'stopped', rateUlPerH: 30_000, alarm: null, counterUl: 0 },
    };
    trail.rows.push({ ...state, outcome: 'ok' });
    const [found] = await findInterrupted(trail);
    expect(found?.known?.left(null)).toMatchObject({ most: 5000 });
  });
});
