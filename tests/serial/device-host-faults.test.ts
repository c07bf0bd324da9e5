import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { noise } from '../../drivers/kit/conformance-bench.ts';
import { ChairBench } from './chair-bench.ts';
import { FaultyHost } from './faulty-host.ts';

let bench: ChairBench;
beforeEach(async () => {
  bench = await ChairBench.make();
});
afterEach(() => bench.dispose());

const delivering = () => bench.pump.device.truth().delivering;
const halts = (timeout: number) => vi.waitFor(() => expect(delivering()).toBe(false), { timeout, interval: 20 });
/** allows 2 s; the message needs a moment to arrive here. */
const SEEN = { timeout: 2_500 };

describe('a device host in trouble', () => {
  test('sees a pulled pump cable, stops the pump when it is back, and never lets it resume', async () => {
    const user = await bench.infusing();
    const down = user.next('link', ({ device, state }) => device === 'pump' && state === 'down', SEEN);
    const tripped = user.next('guard', ({ reason }) => reason === 'pump-line-lost');
    await bench.pump.unplug();
    await Promise.all([down, tripped]);
    user.stopRenewing();
    const up = user.next('link', ({ device, state }) => device === 'pump' && state === 'up');
    await bench.pump.plug();
    await up;
    await user.next('pump', ({ reading }) => reading.state === 'stopped' || reading.state === 'paused');
    user.permit(1);
    await user.next('pump');
    await user.next('pump');
    expect(delivering()).toBe(false);
  });

  test('sees a pump that fell silent on an open line', async () => {
    const user = await bench.infusing();
    const down = user.next('link', ({ device, state }) => device === 'pump' && state === 'down', SEEN);
    bench.pump.device.fault({ kind: 'silence', on: true });
    expect((await down).detail).toMatch(/does not answer/);
    user.stopRenewing();
    // Nothing reaches this pump; its own watchdog ends the infusion.
    await halts(8_000);
    bench.pump.device.fault({ kind: 'silence', on: false });
    await user.next('link', ({ device, state }) => device === 'pump' && state === 'up');
    await user.next('pump', ({ reading }) => reading.alarm === 'host-timeout', { from: 0 });
  });

  test('sees a pulled monitor cable, and takes up the vitals when it is back', async () => {
    const user = await bench.ready();
    const value = 97;
    await user.next('vitals', ({ samples }) => samples.some((sample) => sample.value === value), { from: 0 });
    const down = user.next('link', ({ device, state }) => device === 'monitor' && state === 'down', SEEN);
    await bench.monitor.unplug();
    expect((await down).detail).not.toBe('');
    const again = user.next('vitals', ({ samples }) => samples.some((sample) => sample.value === value));
    await bench.monitor.plug();
    await again;
  });

  test('sees a monitor that fell silent on an open line', async () => {
    const user = await bench.ready();
    await user.next('wave', () => true, { from: 0 });
    const down = user.next('link', ({ device, state }) => device === 'monitor' && state === 'down', SEEN);
    bench.monitor.device.fault({ kind: 'silence', on: true });
    expect((await down).detail).toMatch(/sends nothing/);
  });

  test('names a wrong device and sends it nothing but questions', async () => {
    const { pump, monitor, ...rest } = bench.devices;
    const swapped = { ...rest, pump: { ...pump, port: monitor.port }, monitor: { ...monitor, port: pump.port } };
    const user = bench.open(swapped);
    const told = await user.next('link', ({ device }) => device === 'pump', { from: 0 });
    expect(told.state).toBe('wrong-device');
    expect(told.detail).toMatch(/not a New Era pump/);
    const other = await user.next('link', ({ device }) => device === 'monitor', { from: 0 });
    expect(other.state).not.toBe('up');
    expect(bench.pump.device.truth()).toMatchObject({ delivering: false, deliveredMicrolitres: 0 });
  });

  test('counts garbage, at most once a second, and goes on reading', async () => {
    const user = await bench.ready();
    const started = performance.now();
    for (let burst = 0; burst < 30; burst += 1) {
      await bench.pump.line?.write(noise(512));
      await user.next('pump');
    }
    await user.next('discarded', ({ device, bytes }) => device === 'pump' && bytes > 0, { from: 0 });
    const told = user.messages.filter((message) => message.kind === 'discarded' && message.device === 'pump');
    expect(told.length).toBeLessThanOrEqual(Math.ceil((performance.now() - started) / 1_000) + 1);
  });

  test('halts the pump within 4 s when main is killed, then gives the ports back', async () => {
    const script = fileURLToPath(new URL('./parent.ts', import.meta.url));
    const execArgv = ['--disable-warning=ExperimentalWarning'];
    const parent = fork(script, [JSON.stringify(bench.devices)], { execArgv });
    await once(parent, 'message');
    expect(delivering()).toBe(true);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    // Sooner than asks, so that it cannot be the pump's own watchdog of 4 s that did it.
    await halts(3_000);
    await bench.ready();
  });

  test.each([
    ['an exception', 'throw new Error("planted")'],
    ['a rejection that nobody awaits', 'void Promise.reject(new Error("planted"))'],
  ])('stops the pump at %s that nobody caught, and ends, so that another can be opened', async (_what, fault) => {
    const host = new FaultyHost(fault);
    const user = await bench.infusing(host);
    const tripped = user.next('guard', ({ reason }) => reason === 'host-fault');
    host.goOff();
    await tripped;
    // Sooner than the pump's own watchdog of 4 s.
    await halts(3_000);
    await user.exit();
    expect(user.exited).toContain('code 0');
    await bench.ready();
  });

  test('a process in the place of one that was killed stops the pump before it asks it anything (R-2.4)', async () => {
    const killed = new FaultyHost('process.kill(process.pid,"SIGKILL")');
    const user = await bench.infusing(killed);
    killed.goOff();
    await user.exit();
    expect(delivering()).toBe(true);
    const heard = bench.pump.overhear();
    // As main does when a device process has died.
    bench.open().send({ kind: 'stop', reason: 'the device process ended', at: null });
    await halts(3_000);
    expect(heard().match(/[A-Z]{3}/)?.[0]).toBe('STP');
  });

  test('stops the pump when it is asked to end by the system', async () => {
    const user = await bench.infusing();
    user.host.kill();
    await user.exit();
    expect(delivering()).toBe(false);
    expect(user.messages).toContainEqual(expect.objectContaining({ kind: 'guard', reason: 'host-fault' }));
  });
});
