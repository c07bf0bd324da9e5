import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { monotonicClock } from '../kit/clock.ts';
import { memoryLine } from '../kit/transports/memory.ts';
import { newEra } from './driver.ts';
import { encodeSafe } from './frame.ts';
import { connect, finish, PROGRAM } from './test-bench.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A driver whose line answers as `device` does with the bytes it gets. */
function opposite(device: (bytes: Uint8Array) => Uint8Array | null) {
  const [near, far] = memoryLine();
  far.onData((bytes) => {
    const answer = device(bytes);
    if (answer) void far.write(answer);
  });
  const events = { discarded: () => {}, wrongDevice: () => {} };
  return newEra.create({ line: near, clock: monotonicClock, events }, { address: 0, mayRaise: () => true });
}

async function running() {
  const bench = connect();
  await finish(bench.driver.identify());
  await finish(bench.driver.status());
  expect(await finish(bench.driver.configure(PROGRAM))).toEqual({ kind: 'confirmed' });
  expect(await finish(bench.driver.start())).toEqual({ kind: 'confirmed' });
  return bench;
}

describe('identify', () => {
  test.each([
    ['NE1000', '3.928', 0],
    ['NE1000X2', '3.92', 0],
    ['NE4000X', '4.64', 12],
  ])('%s V%s at address %i, in either mode', async (model, firmware, address) => {
    for (const safe of [0, 30]) {
      const { driver } = connect({ model, firmware, address, safe });
      expect(await finish(driver.identify())).toEqual({ model, firmware, serial: null });
    }
  });

  test('sends the consumed command again, and never switches the watchdog off', async () => {
    const { driver, sent } = connect();
    await finish(driver.identify());
    expect(sent).toEqual(['SAF4', 'SAF4', 'VER']);
  });

  test('leaves a running pump running', async () => {
    const { pump, driver } = await running();
    await finish(driver.identify());
    expect(pump.truth()).toMatchObject({ delivering: true, rateMicrolitresPerHour: 36_000 });
  });

  test('says which socket the cable is in when its own bytes come back', async () => {
    const driver = opposite((bytes) => bytes);
    await expect(finish(driver.identify())).rejects.toMatchObject({ code: 'DEVICE_WRONG', message: /To Network/ });
  });

  test.each(['SAF4', 'VER'])('does not call a pump wrong whose replies to %s get lost', async (text) => {
    const { driver, losing } = connect();
    losing.add(text);
    await expect(finish(driver.identify())).rejects.toMatchObject({ code: 'LINE_NO_REPLY' });
  });

  test('that a stop overtook fails without calling the pump wrong', async () => {
    const { driver } = connect({ safe: 5 });
    const identity = driver.identify();
    const stopped = driver.stop();
    await expect(finish(identity)).rejects.toMatchObject({ code: 'LINE_NO_REPLY' });
    expect(await finish(stopped)).toEqual({ kind: 'confirmed' });
  });

  test.each([
    ['speaks something else', 'DEVICE_WRONG', () => Buffer.from('HELLO\r\n')],
    [
      'is not a New Era pump',
      'DEVICE_WRONG',
      (bytes: Uint8Array) => encodeSafe(Buffer.from(bytes).includes('VER') ? '00SPHD2000V1.0' : '00S'),
    ],
    ['stays in Basic mode', 'DEVICE_WRONG', () => Buffer.from('\x0200S\x03')],
    ['is at another address', 'DEVICE_WRONG', () => encodeSafe('07S')],
    ['refuses Safe mode', 'LINE_BAD_REPLY', () => encodeSafe('00S?NA')],
    ['never lets go of its alarm', 'LINE_BAD_REPLY', () => encodeSafe('00A?E')],
    ['is silent', 'LINE_NO_REPLY', () => null],
  ])('fails when the device %s', async (_, code, answer) => {
    await expect(finish(opposite(answer).identify())).rejects.toMatchObject({ code });
  });
});

describe('status', () => {
  test('shows an alarm once, although the pump forgot it with its first reply', async () => {
    const { driver } = connect();
    await finish(driver.identify());
    expect(await finish(driver.status())).toMatchObject({ state: 'alarm', alarm: 'power-interrupted', counter: 0 });
    expect(await finish(driver.status())).toMatchObject({ state: 'stopped', alarm: null });
  });

  test('shows an alarm that the pump sent unasked and a stop then acknowledged', async () => {
    const { pump, driver } = await running();
    pump.fault({ kind: 'stall' });
    expect(await finish(driver.stop())).toEqual({ kind: 'confirmed' });
    expect(await finish(driver.status())).toMatchObject({ state: 'alarm', alarm: 'stalled' });
  });

  test('does not hide behind an old alarm that the motor runs again', async () => {
    const { pump, driver } = await running();
    pump.fault({ kind: 'stall' });
    pump.fault({ kind: 'panel', action: 'start' });
    expect(await finish(driver.status())).toMatchObject({ state: 'infusing', alarm: 'stalled' });
  });

  test('reads rate and volume of the pump while it infuses', async () => {
    const { driver } = await running();
    await vi.advanceTimersByTimeAsync(3_000);
    const reading = await finish(driver.status());
    expect(reading).toMatchObject({ state: 'infusing', rate: 36_000 });
    // 36 mL/h is 10 uL per second.
    expect(reading?.counter).toBeGreaterThanOrEqual(30);
    expect(reading?.counter).toBeLessThan(40);
  });

  test('sees a stop at the panel as a pause', async () => {
    const { pump, driver } = await running();
    pump.fault({ kind: 'panel', action: 'stop' });
    expect(await finish(driver.status())).toMatchObject({ state: 'paused' });
  });

  test('does not take a late reply for a new one', async () => {
    const { pump, driver, discarded } = await running();
    pump.fault({ kind: 'delay', milliseconds: 600 });
    for (let poll = 0; poll < 5; poll += 1) expect(await finish(driver.status())).toBeNull();
    expect(discarded).toContain('late reply');
  });

  test('feeds the watchdog; without it the pump halts four seconds after the last packet', async () => {
    const { pump, driver } = await running();
    for (let second = 0; second < 10; second += 1) {
      await finish(driver.status());
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(pump.truth().delivering).toBe(true);
    const before = pump.truth().deliveredMicrolitres;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(pump.truth().delivering).toBe(false);
    expect(pump.truth().deliveredMicrolitres - before).toBeLessThanOrEqual(30);
    expect(await finish(driver.status())).toMatchObject({ state: 'alarm', alarm: 'host-timeout' });
  });
});

describe('release', () => {
  test('spares a quiet pump the alarm of its watchdog', async () => {
    const { pump, driver, sent } = connect();
    await finish(driver.identify());
    await finish(driver.release());
    expect(sent.at(-1)).toBe('SAF0');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(pump.truth().delivering).toBe(false);
  });

  test('leaves a delivering pump to its watchdog', async () => {
    const { pump, driver, sent } = await running();
    await finish(driver.release());
    expect(sent).not.toContain('SAF0');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(pump.truth().delivering).toBe(false);
  });
});
