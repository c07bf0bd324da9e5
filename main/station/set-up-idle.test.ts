import { describe, expect, test } from 'vitest';
import { settle } from './chair-bench.ts';
import { SECRET, seatBench } from './seat-bench.ts';

const CHAIR = { chairId: 'chair-1' };

/** An armed chair, steady, where nobody works any more; its person works elsewhere, so that the seat stays open. */
async function armed() {
  const seat = await seatBench('clinician');
  const { bench, time } = seat;
  const pass = async (seconds: number): Promise<void> => {
    bench.pass(seconds, 'stopped');
    time.now = bench.now;
    await seat.ask('seat.stillHere', {});
  };
  seat.call.seat.signedInAt = 0;
  bench.arm();
  await pass(1);
  return {
    ...seat,
    pass,
    start: () => seat.ask('session.start', CHAIR),
    signIn: () => seat.ask('access.signIn', { personId: 'ada', pin: SECRET }),
    isIdle: () => bench.chair.frame().setUpIdle,
    refused: () => bench.trail.rows.filter(({ act, outcome }) => act === 'session.start' && outcome === 'denied'),
  };
}

describe('a set-up at which nobody worked for 3 min (R-4.10)', { timeout: 60_000 }, () => {
  test('goes on only with somebody who signed in since, although work at another chair kept the seat open', async () => {
    const { pass, start, signIn, isIdle, refused } = await armed();
    await pass(140);
    expect(isIdle()).toBe(false);
    await pass(10);
    expect(isIdle()).toBe(true);
    expect(await start()).toMatchObject({ ok: false, code: 'SET_UP_IDLE' });
    await settle();
    expect(refused()).toMatchObject([{ actor: { id: 'ada' }, new: { refused: 'set-up-idle' } }]);
    await signIn();
    expect(await start()).toMatchObject({ ok: true });
    expect(isIdle()).toBe(false);
  });

  test('is not revived by other acts at the chair', async () => {
    const { pass, ask, start, isIdle } = await armed();
    await pass(150);
    await ask('alarm.acknowledge', { ...CHAIR, alarms: [] });
    expect(isIdle()).toBe(true);
    expect(await start()).toMatchObject({ ok: false, code: 'SET_UP_IDLE' });
  });

  test('asks again when the new sign-in is old by now', async () => {
    const { pass, start, signIn } = await armed();
    await pass(150);
    await signIn();
    await pass(100);
    await pass(80);
    expect(await start()).toMatchObject({ ok: false, code: 'SET_UP_IDLE' });
  });

  test('a named act puts the idle time off; a stop that nobody signed does not', async () => {
    const { pass, ask, isIdle, bench } = await armed();
    await pass(140);
    await ask('alarm.acknowledge', { ...CHAIR, alarms: [] });
    await pass(100);
    expect(isIdle()).toBe(false);
    bench.chair.operate({ kind: 'stop', by: null, reason: 'x' }, { act: 'chair.stop', by: null });
    await pass(80);
    expect(isIdle()).toBe(true);
  });

  test('stops and ends nothing by itself; STOP and ending work without a new sign-in', async () => {
    const { pass, ask, bench } = await armed();
    await pass(150);
    expect(bench.chair.state.phase).toBe('armed');
    expect(await ask('chair.stop', CHAIR)).toMatchObject({ ok: true });
    expect(await ask('session.end', { ...CHAIR, reason: 'nobody came back' })).toMatchObject({ ok: true });
  });

  test('an infusion is no set-up: a pause of it is resumed without a new sign-in', async () => {
    const { start, bench, isIdle } = await armed();
    await start();
    for (const id of [1, 2]) {
      await settle();
      bench.confirm(id);
    }
    bench.pass(2, 'infusing');
    expect(bench.chair.state.phase).toBe('infusing');
    bench.chair.operate({ kind: 'pause', by: 'x', reason: 'y' }, { act: 'session.pause', by: 'x' });
    bench.pass(200, 'stopped');
    expect(bench.chair.state.phase).toBe('paused');
    expect(isIdle()).toBe(false);
  });
});
