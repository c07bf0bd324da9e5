import { describe, expect, test } from 'vitest';
import { settle } from './chair-bench.ts';
import { SECRET, seatBench } from './seat-bench.ts';
import { LOCK_AFTER_MS } from './sitting.ts';

const accessRows = (bench: Awaited<ReturnType<typeof seatBench>>) =>
  bench.bench.trail.acts().filter((act) => act.startsWith('access.'));

describe('an idle seat', { timeout: 60_000 }, () => {
  test('is locked after three minutes, keeps its person, and shows nobody as acting', async () => {
    const bench = await seatBench('clinician');
    bench.time.now += LOCK_AFTER_MS - 1;
    expect(await bench.ask('access.me', {})).toMatchObject({ value: { id: 'ada' } });
    bench.time.now += 1;
    expect(await bench.ask('access.me', {})).toEqual({ ok: true, value: null });
    expect(await bench.ask('seat.state', {})).toMatchObject({ value: { lockedBy: { id: 'ada' } } });
  });

  test('a page that reports its sound by itself keeps nobody at the seat', async () => {
    const bench = await seatBench('clinician');
    bench.time.now += LOCK_AFTER_MS - 1;
    await bench.ask('sound.report', { proved: true, sounds: null, frameMs: null });
    bench.time.now += 1;
    expect(await bench.ask('seat.state', {})).toMatchObject({ value: { lockedBy: { id: 'ada' } } });
  });

  test('questions put off nothing, commands and "still here" do', async () => {
    const bench = await seatBench('clinician');
    bench.time.now += LOCK_AFTER_MS - 1;
    await bench.ask('library.entries', {});
    await bench.ask('seat.stillHere', {});
    bench.time.now += LOCK_AFTER_MS - 1;
    expect(await bench.ask('access.me', {})).toMatchObject({ value: { id: 'ada' } });
    await bench.ask('alarm.acknowledge', { chairId: 'chair-1' });
    bench.time.now += LOCK_AFTER_MS - 1;
    await bench.ask('library.entries', {});
    bench.time.now += 1;
    expect(await bench.ask('access.me', {})).toEqual({ ok: true, value: null });
  });

  test('is unlocked by its person and taken over by another; the rows tell the two apart', async () => {
    const bench = await seatBench('clinician');
    await bench.ask('seat.lock', {});
    expect(await bench.ask('session.pause', {})).toMatchObject({ ok: false, code: 'SEAT_LOCKED' });
    expect(await bench.ask('access.signIn', { personId: 'ada', pin: SECRET })).toMatchObject({ ok: true });
    await bench.ask('access.signIn', { personId: 'supervisor', pin: SECRET });
    expect(await bench.ask('access.me', {})).toMatchObject({ value: { id: 'supervisor' } });
    await settle();
    const expected = ['access.lock', 'access.denied', 'access.unlock', 'access.switch'];
    expect(accessRows(bench)).toEqual(expected);
  });

  test('a stop at a locked seat is named after nobody: who stands there is not known', async () => {
    const bench = await seatBench('clinician');
    await bench.ask('seat.lock', {});
    await bench.ask('chair.stop', { chairId: 'chair-1' });
    await settle();
    expect(bench.bench.trail.rows.find(({ act }) => act === 'chair.stop')?.actor).toBeNull();
  });
});
