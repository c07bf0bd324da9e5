import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { microlitre, microlitrePerHour } from '../../core/units.ts';
import { ChairBench } from './chair-bench.ts';

let bench: ChairBench;
beforeEach(async () => {
  bench = await ChairBench.make();
});
afterEach(() => bench.dispose());

const halts = (timeout: number) =>
  vi.waitFor(() => expect(bench.pump.device.truth().delivering).toBe(false), { timeout, interval: 20 });

describe('a device host over real ports', () => {
  test('says what is connected and forwards readings, vitals and waves', async () => {
    const user = bench.open();
    const from = { from: 0 };
    await user.next('link', ({ device, state }) => device === 'pump' && state === 'up', from);
    const { identity } = await user.next('identity', () => true, from);
    expect(identity).toMatchObject({ model: expect.stringContaining('NE'), serial: null });
    const { reading } = await user.next('pump', () => true, from);
    expect(reading).toMatchObject({ rate: 0, counter: 0 });
    await user.next('link', ({ device, state }) => device === 'monitor' && state === 'up', from);
    const isSpo2 =
      (value: number | null) =>
      ({ samples }: { samples: readonly { value: number | null }[] }) =>
        samples.some((sample) => sample.value === value);
    await user.next('vitals', isSpo2(97), from);
    await user.next('wave');
  });

  test('runs a permitted infusion, and a stop halts the pump and is read back', async () => {
    const user = await bench.infusing();
    expect(bench.pump.device.truth()).toMatchObject({ delivering: true, rateMicrolitresPerHour: 20_000 });
    user.stopRenewing();
    user.send({ kind: 'stop', reason: 'operator', at: null });
    await halts(1_000);
    await user.next('pump', ({ reading }) => reading.state === 'stopped' || reading.state === 'paused');
    expect(user.messages.filter(({ kind }) => kind === 'guard')).toEqual([]);
  });

  test('polls at least once a second, also while commands run', async () => {
    const user = await bench.infusing();
    const times: number[] = [];
    for (let count = 0; count < 8; count += 1) times.push((await user.next('pump')).reading.at);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(1_000);
  });

  test('refuses what no permit covers, and sends none of it to the pump', async () => {
    const user = await bench.ready();
    const rate = microlitrePerHour(20_000);
    const refusedBecause = async (id: number, code: string) => {
      const { outcome } = await user.next('outcome', (message) => message.id === id, { from: 0 });
      expect(outcome).toEqual({ kind: 'refused', code });
    };
    user.send({ kind: 'start', id: 1, epoch: 1 });
    await refusedBecause(1, 'guard-no-permit');
    user.permit(2);
    user.send({ kind: 'program', id: 2, epoch: 1, rate, volume: microlitre(1_000) });
    await refusedBecause(2, 'guard-other-epoch');
    user.send({ kind: 'program', id: 3, epoch: 2, rate: microlitrePerHour(20_100), volume: microlitre(1_000) });
    await refusedBecause(3, 'guard-rate');
    user.send({ kind: 'start', id: 4, epoch: 2 });
    await refusedBecause(4, 'guard-not-programmed');
    expect(bench.pump.device.truth()).toMatchObject({ delivering: false, deliveredMicrolitres: 0 });
  });

  test('stops the pump by itself when its permit is not renewed', async () => {
    const user = await bench.infusing();
    user.stopRenewing();
    await halts(5_000);
    const { reason } = await user.next('guard', () => true, { from: 0 });
    expect(reason).toBe('permit-expired');
  });

  test('stops a pump that somebody started at its panel', async () => {
    const user = await bench.infusing();
    user.stopRenewing();
    user.send({ kind: 'stop', reason: 'operator', at: null });
    await user.next('pump', ({ reading }) => reading.state === 'stopped' || reading.state === 'paused');
    bench.pump.device.fault({ kind: 'panel', action: 'start' });
    const { reason } = await user.next('guard');
    expect(reason).toBe('delivering-without-permit');
    await halts(2_000);
  });

  test('on close stops a running pump, lets go of both ports and ends', async () => {
    const user = await bench.infusing();
    user.stopRenewing();
    user.send({ kind: 'close' });
    await user.next('closed');
    expect(bench.pump.device.truth().delivering).toBe(false);
    await user.exit();
    expect(user.exited).toMatch(/code 0/);
    await bench.ready();
  });

  test('leaves a port alone that another host owns, and says so', async () => {
    await bench.ready();
    const second = bench.open();
    const told = await second.next('link', ({ device }) => device === 'pump', { from: 0 });
    expect(told).toMatchObject({ state: 'down', detail: expect.stringMatching(/in use by another program/) });
  });
});
