import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { drawnIn } from '../../core/engine/testing.ts';
import { AppError } from '../../drivers/kit/app-error.ts';
import { ChairBench, settle } from './chair-bench.ts';

async function infusing(): Promise<ChairBench> {
  const bench = new ChairBench();
  bench.arm();
  bench.start();
  await settle();
  bench.confirm(1);
  await settle();
  bench.confirm(2);
  bench.pass(1, 'infusing');
  await settle();
  expect(bench.chair.state.phase).toBe('infusing');
  return bench;
}

describe('chair supervisor', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('sends program and start only after their intents are durable, each under a fresh permit', async () => {
    const bench = await infusing();
    const commands = bench.host.kinds().filter((kind) => kind !== 'open');
    expect(commands.slice(0, 6)).toEqual(['permit', 'permit', 'program', 'permit', 'permit', 'start']);
    const acts = bench.trail.acts().filter((act) => /^(session\.start|pump\.(program|start))/.test(act));
    expect(acts).toEqual([
      'session.start',
      'pump.program.intent',
      'pump.program.outcome',
      'pump.start.intent',
      'pump.start.outcome',
    ]);
  });

  test('no frame shows a planned chair without its session', () => {
    const bench = new ChairBench();
    bench.arm();
    const planned = bench.urgent.filter(({ phase }) => phase === 'planned');
    expect(planned.length).toBeGreaterThan(0);
    expect(planned.map(({ session }) => session?.patientName)).not.toContain(undefined);
  });

  test('sends nothing while the intent is not durable yet', async () => {
    const bench = new ChairBench();
    bench.arm();
    await settle();
    bench.trail.hold = new Promise(() => undefined);
    expect(bench.start().accepted).toBe(true);
    await settle();
    expect(bench.host.kinds()).not.toContain('program');
  });

  test('a stop that comes while the intent is written wins: the command is never sent', async () => {
    const bench = new ChairBench();
    bench.arm();
    await settle();
    const { promise, resolve } = Promise.withResolvers<void>();
    bench.trail.hold = promise;
    bench.start();
    bench.chair.operate({ kind: 'stop', by: null, reason: 'STOP pressed' }, { act: 'chair.stop', by: null });
    resolve();
    await settle();
    expect(bench.host.kinds()).toContain('stop');
    expect(bench.host.kinds()).not.toContain('program');
    expect(bench.trail.acts()).toContain('pump.program.withdrawn');
  });

  test('a record that refuses the intent refuses the start; the engine knows why', async () => {
    const bench = new ChairBench();
    bench.arm();
    await settle();
    bench.trail.failure = new AppError('RECORD_FULL', 'full');
    bench.start();
    await settle();
    expect(bench.host.kinds()).not.toContain('program');
    expect(bench.chair.state.pending).toBeNull();
    expect(bench.chair.state.recordHealthy).toBe(false);
    expect(bench.start()).toMatchObject({ accepted: false });
  });

  test('a crossed limit puts the stop on the channel in the same turn, with the record stuck (R-2.4)', async () => {
    const bench = await infusing();
    bench.trail.hold = new Promise(() => undefined);
    bench.vitals(80);
    expect(bench.host.sent.at(-1)).toMatchObject({ kind: 'stop' });
    expect(bench.trail.acts()).not.toContain('pump.stop.intent');
  });

  test('a stop is written down after it was sent, and its confirmation refers to it', async () => {
    const bench = await infusing();
    bench.vitals(80);
    await settle();
    bench.pass(1, 'stopped', 80);
    await settle();
    const intent = bench.trail.acts().indexOf('pump.stop.intent') + 1;
    expect(bench.trail.rows.find(({ act }) => act === 'pump.stop.outcome')).toMatchObject({
      outcome: 'ok',
      ref: intent,
    });
    expect(bench.trail.rows.findLast(({ act }) => act === 'session.phase')?.new).toMatchObject({ phase: 'paused' });
  });

  test('an alarm and a phase change reach the screens at once', async () => {
    const bench = await infusing();
    const before = bench.urgent.length;
    bench.vitals(80);
    expect(bench.urgent).toHaveLength(before + 1);
  });

  test('a device host that dies while infusing: a new one stops before anything else, and it is written down', async () => {
    const bench = await infusing();
    bench.host.die('SIGKILL');
    vi.advanceTimersByTime(250);
    await settle();
    expect(bench.hosts).toHaveLength(2);
    expect(bench.host.kinds().slice(0, 2)).toEqual(['open', 'stop']);
    expect(bench.trail.acts()).toContain('device.host.exit');
    expect(bench.chair.frame().alarms.map(({ id }) => id)).toContain('guard-tripped');
  });

  test('a session that ends is closed once in the record, with what was given, after its trends', async () => {
    const bench = await infusing();
    bench.chair.operate({ kind: 'end', by: 'ada', reason: 'done' }, { act: 'session.end', by: 'ada', reason: 'done' });
    bench.pass(1, 'stopped');
    await settle();
    const closing = bench.trail.rows.filter(({ act }) => act === 'session.close');
    expect(closing).toHaveLength(1);
    expect(closing[0]).toMatchObject({ session: 'S-1', new: { state: 'ended', deliveredUl: 2 } });
    expect(bench.trail.trends.length).toBeGreaterThan(0);
    const alarms = drawnIn(bench.chair.state);
    bench.chair.operate({ kind: 'acknowledge', by: 'ada', alarms }, { act: 'alarm.acknowledge', by: 'ada' });
    await settle();
    expect(bench.trail.rows.at(-1)?.session).toBeNull();
  });

  test('a frame says what is predicted from the volume the pump reported, as soon as it reported any', async () => {
    const bench = new ChairBench();
    bench.arm();
    expect(bench.chair.frame().session?.prediction).toMatchObject({ minNgPerMl: 0, maxNgPerMl: 0 });
    const running = await infusing();
    running.pass(10, 'infusing');
    const { deliveredUl, prediction } = running.chair.frame().session ?? {};
    expect(deliveredUl).toBeGreaterThan(0);
    expect(prediction?.maxNgPerMl).toBeGreaterThan(0);
    running.advance(60_000);
    expect(running.chair.frame().session?.prediction).toBeNull();
  });

  test('a refused request is written down as denied with its reason', async () => {
    const bench = new ChairBench();
    expect(bench.start().accepted).toBe(false);
    await settle();
    expect(bench.trail.rows.at(-1)).toMatchObject({
      act: 'session.start',
      outcome: 'denied',
      new: { refused: 'wrong-phase' },
      actor: { id: 'ada' },
    });
  });
});
