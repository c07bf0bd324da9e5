import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { millisecond } from '../../core/units.ts';
import { ChairBench, settle } from './chair-bench.ts';

async function rowsOf(bench: ChairBench, act: string) {
  await settle();
  return bench.trail.rows.filter((row) => row.act === act);
}

describe('what devices tell, in the record', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('a device that stays away is one row, not one per attempt', async () => {
    const bench = new ChairBench();
    const away = { kind: 'link', device: 'pump', state: 'down', detail: 'no answer', at: millisecond(1) } as const;
    for (let attempt = 0; attempt < 50; attempt += 1) bench.say(away);
    bench.say({ ...away, detail: 'port is gone' });
    const rows = await rowsOf(bench, 'link.change');
    expect(rows.map(({ reason }) => reason)).toEqual(['no answer', 'port is gone']);
  });

  test('a pump is a row when it does something else, not at every poll', async () => {
    const bench = new ChairBench();
    for (let poll = 0; poll < 20; poll += 1) bench.read('stopped');
    bench.read('paused');
    const rows = await rowsOf(bench, 'pump.state');
    expect(rows.map((row) => row.new)).toMatchObject([{ state: 'stopped' }, { state: 'paused' }]);
    expect(rows[1]?.old).toMatchObject({ state: 'stopped' });
  });

  test('a flood of rejected bytes is counted, one row a minute', async () => {
    const bench = new ChairBench();
    const rejected = { kind: 'discarded', device: 'monitor', reason: 'checksum', bytes: 5 } as const;
    for (let second = 0; second <= 60; second += 1) bench.say({ ...rejected, at: millisecond(1000 * second) });
    const rows = await rowsOf(bench, 'device.discarded');
    expect(rows.map((row) => row.new)).toMatchObject([
      { frames: 1, bytes: 5 },
      { frames: 60, bytes: 300 },
    ]);
  });

  test("a device's own alarm is written when it comes and when it goes", async () => {
    const bench = new ChairBench();
    const alarm = { kind: 'device-alarm', code: 'low-battery', at: millisecond(1) } as const;
    for (const active of [false, true, true, false, false]) bench.say({ ...alarm, active });
    const rows = await rowsOf(bench, 'device.alarm');
    expect(rows.map((row) => row.new)).toMatchObject([{ active: true }, { active: false }]);
  });

  test("a device's own alarm is written anew when its line was lost in between", async () => {
    const bench = new ChairBench();
    const at = millisecond(1);
    const alarm = { kind: 'device-alarm', code: 'low-battery', active: true, at } as const;
    bench.say(alarm);
    bench.say({ kind: 'link', device: 'monitor', state: 'down', detail: 'silent', at });
    bench.say({ kind: 'link', device: 'monitor', state: 'up', detail: 'again', at });
    bench.say(alarm);
    const rows = await rowsOf(bench, 'device.alarm');
    expect(rows.map((row) => row.new)).toMatchObject([{ active: true }, { active: true }]);
  });

  test('what a monitor reports of itself is an alarm of the chair and in its frame', () => {
    const bench = new ChairBench();
    bench.arm();
    bench.say({ kind: 'device-alarm', code: 'low-battery', active: true, at: millisecond(bench.now) });
    expect(bench.chair.frame().alarms).toMatchObject([
      {
        key: 'monitor-alarm:low-battery',
        priority: 'medium',
        message: 'The monitor reports an alarm: its battery is low',
      },
    ]);
  });
});
